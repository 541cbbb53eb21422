import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Deps } from '../deps.ts';

export type Readiness = () => Promise<{
  ready: boolean;
  database: boolean;
  migrations: boolean;
  workers: boolean;
  stopping: boolean;
}>;

const registry = new Registry();
const requests = new Histogram({
  name: 'parley_http_request_seconds',
  help: 'Time of API requests',
  labelNames: ['method', 'route', 'status'] as const,
  buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.3, 1, 3],
  registers: [registry],
});
const waiting = new Gauge({
  name: 'parley_threads_waiting',
  help: 'Clients who wait for a person',
  registers: [registry],
});
const outbox = new Gauge({
  name: 'parley_deliveries',
  help: 'Deliveries that are not done, by state',
  labelNames: ['state'] as const,
  registers: [registry],
});
const jobs = new Gauge({ name: 'parley_jobs', help: 'Jobs that are not done', registers: [registry] });
const position = new Gauge({
  name: 'parley_feed_position',
  help: 'The last event this process has told',
  registers: [registry],
});
let collecting = false;

/** Times every request of the API by its route. */
export function countsRequests(): RequestHandler {
  return (req, res, next) => {
    const stop = requests.startTimer({ method: req.method });
    res.on('finish', () =>
      stop({ route: req.route?.path === undefined ? 'none' : String(req.route.path), status: String(res.statusCode) }),
    );
    next();
  };
}

/** Figures of the database are this old at most, in ms: anybody may ask, and asking often costs nothing more. */
const keptMs = 5_000;

/** Prometheus text, for anyone who reaches the port; the figures of the database are counted once in a while. */
export function answersMetrics({ db, feed }: Pick<Deps, 'db' | 'feed'>): RequestHandler {
  if (!collecting) collectDefaultMetrics({ register: registry, prefix: 'parley_' });
  collecting = true;
  let counted: Promise<void> = Promise.resolve();
  let countedAt = Number.NEGATIVE_INFINITY;
  return async (_req, res) => {
    if (performance.now() - countedAt > keptMs) {
      countedAt = performance.now();
      counted = count();
    }
    await counted;
    position.set(Number(feed.position));
    res.type(registry.contentType).send(await registry.metrics());
  };

  async function count(): Promise<void> {
    const [row] = await db.$queryRaw<
      { waiting: number; pending: number; sending: number; retry: number; jobs: number }[]
    >`
      SELECT (SELECT count(*)::int FROM thread WHERE "waitingSince" IS NOT NULL AND "mergedIntoId" IS NULL) AS waiting,
        (SELECT count(*)::int FROM delivery WHERE state = 'pending') AS pending, (SELECT count(*)::int FROM delivery WHERE state = 'sending') AS sending,
        (SELECT count(*)::int FROM delivery WHERE state = 'retry') AS retry, (SELECT count(*)::int FROM graphile_worker.jobs) AS jobs`;
    waiting.set(row?.waiting ?? 0);
    for (const state of ['pending', 'sending', 'retry'] as const) outbox.set({ state }, row?.[state] ?? 0);
    jobs.set(row?.jobs ?? 0);
  }
}
