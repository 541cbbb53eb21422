import { pause } from '../lib/lines.ts';
import type { EmbeddedPostgres } from './embedded.ts';

const lookEveryMs = 500;
/** What the dead server's children still hold is free within a moment. */
const tries = 20;

/**
 * Brings Parley's own PostgreSQL back when it dies (killed for memory, or by hand): its clients wait for a database that is
 * away for a moment, and find it where it was.
 * @param back runs when it takes connections again
 * @param lost gets the sentence when it cannot be brought back
 * @returns stops looking; to be called before the server is stopped
 */
export function keepEmbedded(
  embedded: EmbeddedPostgres,
  back: () => Promise<void>,
  lost: (sentence: string) => void,
): () => void {
  const ending = new AbortController();
  const look = async () => {
    while (!ending.signal.aborted) {
      await pause(lookEveryMs, ending.signal);
      if (ending.signal.aborted || embedded.isAlive()) continue;
      console.error('The database ended by itself; starting it again.');
      await bringBack(embedded, ending.signal);
      if (ending.signal.aborted) return;
      await back();
      console.error('The database is back.');
    }
  };
  look().catch((error: unknown) =>
    lost(`The database ended and did not start again: ${error instanceof Error ? error.message : String(error)}`),
  );
  return () => ending.abort();
}

async function bringBack(embedded: EmbeddedPostgres, ending: AbortSignal): Promise<void> {
  for (let attempt = 1; !ending.aborted; attempt++) {
    try {
      return await embedded.restart();
    } catch (error) {
      if (attempt >= tries) throw error;
      await pause(lookEveryMs, ending);
    }
  }
}
