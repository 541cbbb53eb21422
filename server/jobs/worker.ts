import { EventEmitter } from 'node:events';
import { Logger, type Runner, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import pg from 'pg';
import type { Log } from '../lib/log.ts';
import type { JobName } from './names.ts';

/** What a job does; it may run any number of times. */
export type Handlers = Record<
  JobName,
  (payload: Record<string, unknown>, attempt: { number: number; last: boolean }) => Promise<void>
>;

export interface JobWorker {
  /** Names of the workers, for the process's lease. */
  workerIds(): string[];
  /** Takes nothing more from now on, and finishes what is under way, however long that takes. */
  stop(): Promise<void>;
  /** Leaves what does not end. */
  leave(): void;
}

const concurrency = 8;
/** Jobs are announced by NOTIFY; this is the net below. */
const pollMs = 1000;

export async function startWorker(url: string, handlers: Handlers, log: Log): Promise<JobWorker> {
  const ids = new Set<string>();
  const events = new EventEmitter() as WorkerEvents;
  events.on('worker:create', ({ worker }) => ids.add(worker.workerId));
  // Not when it is told to stop: until its job has ended the lease must name it, or another process takes the job.
  events.on('worker:stop', ({ worker }) => ids.delete(worker.workerId));
  const taskList: TaskList = Object.fromEntries(
    Object.entries(handlers).map(([name, handle]) => [
      name,
      (payload: unknown, helpers: { job: { attempts: number; max_attempts: number } }) =>
        handle(payload as Record<string, unknown>, {
          number: helpers.job.attempts,
          last: helpers.job.attempts >= helpers.job.max_attempts,
        }),
    ]),
  );
  const pool = new pg.Pool({
    connectionString: url,
    max: concurrency + 3,
    application_name: 'parley-jobs',
    keepAlive: true,
  });
  // A connection that breaks while idle, also while it is being closed, is no fault of a job.
  pool.on('error', (error) => log.debug({ error: String(error) }, 'the job worker lost a connection'));
  const runner: Runner = await run({
    pgPool: pool,
    concurrency,
    noHandleSignals: true,
    pollInterval: pollMs,
    taskList,
    events,
    logger: new Logger(() => (level, message) => {
      if (level === 'error') log.error({}, message);
      else if (level === 'warning') log.warn({}, message);
    }),
  });
  return {
    workerIds: () => [...ids],
    async stop() {
      await runner.stop().catch(() => undefined);
      await runner.promise.catch(() => undefined);
      if (!pool.ending) await pool.end();
    },
    leave() {
      if (!pool.ending) void pool.end().catch(() => undefined);
    },
  };
}
