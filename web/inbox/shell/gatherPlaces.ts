/** After the first screen, so that nothing it needs waits. */
const AFTER_MS = 3000;

/**
 * Fetches the files of all places into the browser's cache, one at a time when nothing else is to be done: a line that
 * breaks later costs no place. The files are only kept, not run. Answers how to stop.
 */
export function gatherPlaces(): () => void {
  const stop = new AbortController();
  const sparing = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
  // The development server has no such list: it makes its files when they are asked for.
  if (sparing || import.meta.env.DEV) return () => undefined;
  const begin = () => void gather(stop.signal).catch(() => window.addEventListener('online', begin, { once: true }));
  const timer = setTimeout(begin, AFTER_MS);
  return () => {
    clearTimeout(timer);
    stop.abort();
    window.removeEventListener('online', begin);
  };
}

async function gather(signal: AbortSignal): Promise<void> {
  const files = (await (await fetch('/places.json', { signal, priority: 'low' })).json()) as string[];
  for (const file of files) {
    await idle();
    if (signal.aborted) return;
    await (await fetch(file, { signal, priority: 'low' })).arrayBuffer();
  }
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) window.requestIdleCallback(() => resolve(), { timeout: 1000 });
    else setTimeout(resolve, 50);
  });
}
