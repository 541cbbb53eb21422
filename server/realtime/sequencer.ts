import pg from 'pg';
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
 * statement's snapshot holds all that was committed before it. On a connection of its own: screens do not wait for a pool.
 * @param onNumbered runs after each batch, with its highest number
 */
export function startSequencer(url: string, log: Log, onNumbered: () => void): Sequencer {
  const pool = new pg.Pool({ connectionString: url, max: 1, application_name: 'parley-sequencer', keepAlive: true });
  // A connection that breaks while idle is replaced by the next query.
  pool.on('error', (error) => log.debug({ error: String(error) }, 'the sequencer lost its connection'));
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
        const count = await numberBatch(pool);
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
      await pool.end();
    },
  };
}

/** One round trip: several statements in one message are one transaction, each with a snapshot of its own. */
const numbering = `
  SELECT pg_advisory_xact_lock(${sequencerLock});
  WITH fresh AS (
    SELECT id FROM event WHERE seq IS NULL ORDER BY id LIMIT ${batchSize}
  ), numbered AS (
    UPDATE event SET seq = next.seq
    FROM (SELECT id, (SELECT coalesce(max(seq), 0) FROM event) + row_number() OVER (ORDER BY id) AS seq FROM fresh) AS next
    WHERE event.id = next.id RETURNING event.seq
  ), told AS (
    SELECT pg_notify('parley_feed', '') FROM (SELECT 1 FROM numbered LIMIT 1) AS first
  )
  SELECT (SELECT count(*)::int FROM numbered) AS count, (SELECT count(*) FROM told) AS told`;

async function numberBatch(pool: pg.Pool): Promise<number> {
  const answers = (await pool.query<{ count: number }>(numbering)) as unknown as pg.QueryResult<{ count: number }>[];
  return answers[1]?.rows[0]?.count ?? 0;
}
