import type { PromiseKind } from './schema.ts';

const minuteMs = 60_000;

/** How long before its due time the owner is reminded. */
const leadMs: Record<PromiseKind, number> = {
  callBack: 15 * minuteMs,
  quote: 30 * minuteMs,
  visit: 60 * minuteMs,
  hold: 30 * minuteMs,
  findOut: 30 * minuteMs,
  tellWhenBack: 0,
};

/** When the owner of a promise is reminded: ahead by its kind, but never earlier than half of the time there is. */
export function remindAt(kind: PromiseKind, dueAt: Date | null, now: Date): Date | null {
  if (dueAt === null) return null;
  const left = dueAt.getTime() - now.getTime();
  return new Date(dueAt.getTime() - Math.max(0, Math.min(leadMs[kind], left / 2)));
}
