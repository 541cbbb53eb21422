import type { Receiver } from '../channel.ts';

/** A receiver that does one thing until it is asked to stop, and has stopped when that has ended. */
export function untilStopped(run: (stop: AbortSignal) => Promise<void>): Receiver {
  const stop = new AbortController();
  const running = run(stop.signal);
  return {
    stop: async () => {
      stop.abort();
      await running;
    },
  };
}
