import type { Log } from '../lib/log.ts';

/** Everything timed. Each is repeatable and may run in several processes at once. */
export interface Timed {
  name: string;
  everyMs: number;
  work(): Promise<unknown>;
}

export interface Schedule {
  /** All of it once, now: the test clock has moved. */
  runAll(): Promise<void>;
  stop(): Promise<void>;
}

export function startSchedule(timed: Timed[], log: Log): Schedule {
  let stopped = false;
  const under = new Set<Promise<void>>();
  const once = async (item: Timed) => {
    try {
      await item.work();
    } catch (error) {
      if (!stopped)
        log.error({ timed: item.name, error: String(error) }, 'something timed failed; it runs again at its next time');
    }
  };
  const busy = new Set<string>();
  const timers = timed.map((item) =>
    setInterval(() => {
      if (busy.has(item.name)) return;
      busy.add(item.name);
      const running = once(item).finally(() => {
        busy.delete(item.name);
        under.delete(running);
      });
      under.add(running);
    }, item.everyMs),
  );
  return {
    async runAll() {
      for (const item of timed) await once(item);
    },
    async stop() {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
      await Promise.all(under);
    },
  };
}
