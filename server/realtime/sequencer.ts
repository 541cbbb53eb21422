import type { Db } from '../db/client.ts';
import type { Log } from '../lib/log.ts';

/** One sequencer at a time in the whole installation. */
const sequencerLock = 7_210_451_002n;
const batchSize = 2000;
/** Looks by itself this often, for events of a process that died between commit and numbering. */
const pollMs = 1000;

export interface Sequencer {
  /** Events may have been committed: number them soon. */
  wake(): void;
  stop(): Promise<void>;
}

/**
 * Gives committed events their `seq`. A serial id is not commit order, and waiting for old transactions stalls every
 * screen; so events get their number after commit, under one lock taken in a statement of its own, so that the numbering
 * statement's snapshot holds all that was committed before it.
 * @param onNumbered runs after each batch, with its highest number
 */
export function startSequencer(db: Db, log: Log, onNumbered: () => void): Sequencer {
  let wanted = true;
  let stopped = false;
  let wakeUp: () => void = () => undefined;
  const run = async () => {
    while (!stopped) {
      if (!wanted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, pollMs);
          wakeUp = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      wanted = false;
      try {
        const count = await numberBatch(db);
        if (count > 0) onNumbered();
        if (count === batchSize) wanted = true;
      } catch (error) {
        if (!stopped) log.warn({ error: String(error) }, 'events could not be numbered; trying again');
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  };
  const running = run();
  return {
    wake() {
      wanted = true;
      wakeUp();
    },
    async stop() {
      stopped = true;
      wakeUp();
      await running;
    },
  };
}

async function numberBatch(db: Db): Promise<number> {
  const [pending] = await db.$queryRaw<
    { some: boolean }[]
  >`SELECT EXISTS (SELECT 1 FROM event WHERE seq IS NULL) AS some`;
  if (pending?.some !== true) return 0;
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${sequencerLock})`;
    const count = await tx.$executeRaw`
      UPDATE event SET seq = numbered.seq
      FROM (
        SELECT id, (SELECT coalesce(max(seq), 0) FROM event) + row_number() OVER (ORDER BY id) AS seq
        FROM (SELECT id FROM event WHERE seq IS NULL ORDER BY id LIMIT ${batchSize}) AS fresh
      ) AS numbered
      WHERE event.id = numbered.id`;
    if (count > 0) await tx.$executeRaw`SELECT pg_notify('parley_feed', '')`;
    return count;
  });
}
