import type { Reader } from '../db/tx.ts';
import { type JobName, urgency } from './names.ts';

/**
 * Adds a job in the caller's transaction.
 * @param options.inMs not before so many milliseconds from now
 * @param options.key replaces an earlier job of the same key that has not started
 * @param options.queue jobs of one queue run one after the other; none for jobs that call a network
 */
export async function addJob(
  tx: Reader,
  name: JobName,
  payload: Record<string, unknown>,
  options: { inMs?: number; key?: string; queue?: string; maxAttempts?: number } = {},
): Promise<void> {
  const runAt = new Date(Date.now() + Math.max(0, options.inMs ?? 0));
  await tx.$executeRaw`
    SELECT graphile_worker.add_job(${name}, ${JSON.stringify(payload)}::json, queue_name => ${options.queue ?? null},
      run_at => ${runAt}::timestamptz, max_attempts => ${options.maxAttempts ?? 25}::int, job_key => ${options.key ?? null},
      priority => ${urgency[name]}::int)`;
}
