import { Worker } from 'node:worker_threads';
import { maxLetterBytes, parseTimeoutMs, workerHeapMb } from './limits.ts';
import { isPlainLetter } from './prescan.ts';
import { type ReadLetter, readLetter } from './read.ts';

/** A letter as read, or why it could not be: a stable word, with the parser's own after it when it has one. */
export type ReadOutcome = { read: ReadLetter } | { quarantine: string };

export interface Isolation {
  timeoutMs?: number;
  heapMb?: number;
}

/**
 * Reads any bytes: small plain letters here, all others in a worker thread that is killed when it takes too long or too
 * much memory. Never throws and never hangs: a letter that cannot be read comes back as its reason.
 */
export async function readAnyLetter(bytes: Uint8Array, isolation: Isolation = {}): Promise<ReadOutcome> {
  if (bytes.length > maxLetterBytes) return { quarantine: 'too-large' };
  if (!isPlainLetter(bytes)) return readIsolated(bytes, isolation);
  try {
    return { read: await readLetter(bytes) };
  } catch (error) {
    return { quarantine: reasonOf(error instanceof Error ? error.message : String(error)) };
  }
}

/** Reads in a worker whatever the size; see {@link readAnyLetter}. */
export async function readIsolated(bytes: Uint8Array, isolation: Isolation = {}): Promise<ReadOutcome> {
  const turn = nextTurn;
  let done = () => {};
  nextTurn = new Promise((resolve) => {
    done = resolve;
  });
  await turn;
  try {
    return await readInWorker(bytes, isolation);
  } finally {
    done();
  }
}

/** One dear letter at a time: two of 60 MB side by side would starve the machine for everyone. */
let nextTurn: Promise<void> = Promise.resolve();
let idle: Worker | null = null;
/** A worker that has read this many letters is replaced, so that nothing piles up in it. */
const lettersAWorker = 500;
let served = 0;

function readInWorker(
  bytes: Uint8Array,
  { timeoutMs = parseTimeoutMs, heapMb = workerHeapMb }: Isolation,
): Promise<ReadOutcome> {
  const worker = heapMb === workerHeapMb ? (idle ?? startWorker(heapMb)) : startWorker(heapMb);
  idle = null;
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | null = null;
    const finish = (outcome: ReadOutcome, reusable: boolean) => {
      if (timer) clearTimeout(timer);
      timer = null;
      // By name: without names the thread's own wiring would go with ours, and it would never answer again.
      for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
      worker.unref();
      if (reusable && heapMb === workerHeapMb && ++served % lettersAWorker !== 0) idle = worker;
      else void worker.terminate();
      resolve(outcome);
    };
    timer = setTimeout(() => finish({ quarantine: 'timed-out' }, false), timeoutMs);
    worker.once('message', (answer: { read: ReadLetter } | { failure: string }) =>
      finish('read' in answer ? answer : { quarantine: reasonOf(answer.failure) }, true),
    );
    worker.once('error', (error: Error & { code?: string }) =>
      finish(
        { quarantine: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out-of-memory' : reasonOf(error.message) },
        false,
      ),
    );
    worker.once('exit', () => finish({ quarantine: 'parser-stopped' }, false));
    worker.ref();
    worker.postMessage(bytes);
  });
}

/** From TypeScript (tests, `npm run dev`) the worker needs tsx; the built server has JavaScript beside this file. */
function startWorker(heapMb: number): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: heapMb, stackSizeMb: 8 };
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('./parseWorker.js', import.meta.url), { resourceLimits });
  const file = new URL('./parseWorker.ts', import.meta.url).href;
  const code = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(file)}); });`;
  return new Worker(code, { eval: true, resourceLimits });
}

function reasonOf(message: string): string {
  if (/^too-[a-z-]+$/.test(message)) return message;
  if (/nesting depth/i.test(message)) return 'too-deep';
  if (/header size/i.test(message)) return 'headers-too-large';
  return `unreadable: ${message.slice(0, 200)}`;
}
