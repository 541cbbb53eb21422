/** Runs `work` over `items`, at most `width` at a time; the first error rejects after those under way have ended. */
export async function inParallel<T>(
  items: Iterable<T>,
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  const lane = async () => {
    for (let next = queue.next(); next.done !== true; next = queue.next()) await work(next.value);
  };
  const lanes = await Promise.allSettled(Array.from({ length: width }, lane));
  const failed = lanes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Resolves after `ms`, or at once when `signal` aborts. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
  });
}

/** Whether `work` has ended within `ms`, in success or failure; if not, it goes on unwatched. */
export async function endsWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  const waiting = new AbortController();
  const ended = work.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([ended, pause(ms, waiting.signal).then(() => false)]);
  } finally {
    waiting.abort();
  }
}

/** Runs work as it comes, `most` at once; the others wait their turn. */
export function fewAtOnce(most: number): (work: () => Promise<void>) => Promise<void> {
  let underWay = 0;
  const queue: (() => void)[] = [];
  return async (work) => {
    if (underWay < most) underWay++;
    else await new Promise<void>((go) => queue.push(go));
    try {
      await work();
    } finally {
      const next = queue.shift();
      if (next === undefined) underWay--;
      else next();
    }
  };
}
