import { endsWithin, pause } from './lib/lines.ts';

/** A signal during the start waits this long for the start. */
const openWithinMs = 15_000;

/** Everything is closed by then, or left as it is: whoever asked for the stop sees an end. */
const closeWithinMs = 35_000;

/** What a program opens and must close again. */
export interface Lifetime {
  /** Aborts at the first signal. */
  ending: AbortSignal;
  /** Closed at the end, the last first; whatever of it fails is said and the rest is closed. */
  atEnd(close: () => Promise<unknown>): void;
  /** Ends it with 1, and says this first. */
  fail(sentence: string): void;
}

/**
 * A program's life: `open`, then work until a signal, a failed start or a fault that nobody caught, then everything is
 * closed, so that no database of ours is left running. Exits with 0 after a signal and with 1 otherwise.
 * @param say the sentence for a start that failed
 */
export async function live(open: (life: Lifetime) => Promise<void>, say: (error: unknown) => string): Promise<void> {
  const ending = new AbortController();
  const closing: (() => Promise<unknown>)[] = [];
  let opening: Promise<unknown> = Promise.resolve();
  let stopping: Promise<void> | undefined;
  const stop = (code: number) => {
    ending.abort();
    // What is half open at a signal is opened first, so that it can be closed; a start that hangs is not waited for.
    stopping ??= Promise.race([opening.catch(() => undefined), pause(openWithinMs)])
      .then(() => endsWithin(closeAll(closing), closeWithinMs))
      .then((closed) => process.exit(closed ? code : 1));
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
  for (const fault of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(fault, (error: unknown) => {
      console.error(`Parley stops at a fault: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
      // What the fault left half open may hang; whoever started us should see an end.
      setTimeout(() => process.exit(1), openWithinMs).unref();
      void stop(1);
    });
  }
  try {
    const opened = open({
      ending: ending.signal,
      atEnd: (close) => void closing.push(close),
      fail(sentence) {
        if (stopping === undefined) console.error(sentence);
        void stop(1);
      },
    });
    opening = opened;
    await opened;
  } catch (error) {
    if (stopping === undefined) console.error(say(error));
    await stop(1);
  }
}

async function closeAll(closing: (() => Promise<unknown>)[]): Promise<void> {
  for (const close of closing.splice(0).reverse())
    await close().catch((error: unknown) =>
      console.error(`Parley did not stop cleanly: ${error instanceof Error ? error.message : String(error)}`),
    );
}
