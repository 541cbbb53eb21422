import type { Db } from '../db/client.ts';
import { loadHours } from '../targets/rules.ts';
import type { Span } from './histogram.ts';
import type { Volume } from './schema.ts';

/** How much was written and answered a local day, when clients write, and how many waited as each day ended. */
export async function readVolume(db: Db, span: Span): Promise<Volume> {
  const { timezone } = await loadHours(db);
  const [days, heat] = await Promise.all([
    db.$queryRaw<Volume['days']>`
      WITH day AS (
        SELECT d::date AS day, d AT TIME ZONE ${timezone} AS begins, (d + interval '1 day') AT TIME ZONE ${timezone} AS ends
        FROM generate_series(date_trunc('day', ${span.from}::timestamptz AT TIME ZONE ${timezone}), (${span.to}::timestamptz AT TIME ZONE ${timezone}) - interval '1 microsecond', interval '1 day') AS d
      ), said AS (
        SELECT (m."receivedAt" AT TIME ZONE ${timezone})::date AS day,
          count(*) FILTER (WHERE direction = 'inbound' AND classification = 'person')::int AS received,
          count(*) FILTER (WHERE direction = 'outbound' AND "authorKind" = 'user')::int AS answered,
          count(*) FILTER (WHERE direction = 'outbound' AND "authorKind" = 'bot')::int AS bot
        FROM message m JOIN thread t ON t.id = m."threadId" AND NOT t.historical
        WHERE m."receivedAt" >= ${span.from}::timestamptz AND m."receivedAt" < ${span.to}::timestamptz GROUP BY 1
      ), opened AS (
        SELECT ("createdAt" AT TIME ZONE ${timezone})::date AS day, count(*)::int AS n FROM thread
        WHERE NOT historical AND "createdAt" >= ${span.from}::timestamptz AND "createdAt" < ${span.to}::timestamptz GROUP BY 1
      ), closed AS (
        SELECT ("closedAt" AT TIME ZONE ${timezone})::date AS day, count(*)::int AS n FROM thread
        WHERE NOT historical AND "mergedIntoId" IS NULL AND "closedAt" >= ${span.from}::timestamptz AND "closedAt" < ${span.to}::timestamptz GROUP BY 1
      )
      SELECT to_char(day.day, 'YYYY-MM-DD') AS day, coalesce(said.received, 0) AS received, coalesce(said.answered, 0) AS answered, coalesce(said.bot, 0) AS "byBot",
        coalesce(opened.n, 0) AS opened, coalesce(closed.n, 0) AS closed,
        ((SELECT count(*) FROM response r WHERE r."askedAt" < day.ends AND r."answeredAt" >= day.ends)
          + (SELECT count(*) FROM thread t WHERE t."waitingSince" < day.ends AND t."mergedIntoId" IS NULL))::int AS "waitingAtEnd"
      FROM day LEFT JOIN said ON said.day = day.day LEFT JOIN opened ON opened.day = day.day LEFT JOIN closed ON closed.day = day.day ORDER BY day.day`,
    db.$queryRaw<Volume['heat']>`
      SELECT extract(isodow FROM m."receivedAt" AT TIME ZONE ${timezone})::int AS weekday, extract(hour FROM m."receivedAt" AT TIME ZONE ${timezone})::int AS hour, count(*)::int AS n
      FROM message m JOIN thread t ON t.id = m."threadId" AND NOT t.historical
      WHERE m.direction = 'inbound' AND m.classification = 'person' AND m."receivedAt" >= ${span.from}::timestamptz AND m."receivedAt" < ${span.to}::timestamptz
      GROUP BY 1, 2 ORDER BY 1, 2`,
  ]);
  return { from: span.from.toISOString(), to: span.to.toISOString(), timezone, days, heat };
}
