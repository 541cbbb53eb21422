import type { Manager } from 'socket.io-client';

/** The server says something at least every 4 s (pingInterval in realtime/socket.ts); so long without a word the line is dead, ms. */
const SILENT_MS = 9_000;

/** The browser's page; none where the line is tried without one. */
const page = 'addEventListener' in globalThis ? (globalThis as unknown as EventTarget) : null;

/**
 * Calls `lost` as soon as the browser says that it is offline, and when nothing has come over an open line for too long: a
 * dead line keeps its socket open for a minute. The line is then made anew; `back` runs when the browser is online again,
 * which is sooner than the next try. Answers how to stop.
 */
export function watchLine(line: Pick<Manager, 'on' | 'engine'>, lost: () => void, back: () => unknown): () => void {
  let silence: ReturnType<typeof setTimeout> | undefined;
  const giveUp = () => {
    clearTimeout(silence);
    lost();
    line.engine?.close();
  };
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(giveUp, SILENT_MS);
  };
  line.on('open', heard);
  line.on('ping', heard);
  line.on('close', () => clearTimeout(silence));
  page?.addEventListener('offline', giveUp);
  page?.addEventListener('online', back);
  return () => {
    clearTimeout(silence);
    page?.removeEventListener('offline', giveUp);
    page?.removeEventListener('online', back);
  };
}
