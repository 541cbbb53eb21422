import { nextOpening } from '../catalogue/hours.ts';
import type { Deps } from '../deps.ts';
import type { VisitorState } from '../visitors/schema.ts';
import { measureWait, readState } from '../visitors/state.ts';
import type { Here } from './here.ts';
import type { LineData } from './visitorLine.ts';

/** A measured wait is good for so long, in ms. */
const waitKnownMs = 60_000;

/** Answers who answers a visitor, from who is here, the thread and the measured wait of the chat. */
export type StateOf = (data: LineData) => Promise<VisitorState>;

export function stateReader({ db, clock }: Pick<Deps, 'db' | 'clock'>, here: Here): StateOf {
  const waits = new Map<string, { at: number; waitMs: Promise<number | null> }>();
  const waitOf = (channelId: string) => {
    const now = clock.now();
    const known = waits.get(channelId);
    if (known !== undefined && Math.abs(now.getTime() - known.at) < waitKnownMs) return known.waitMs;
    const waitMs = measureWait(db, channelId, now);
    waits.set(channelId, { at: now.getTime(), waitMs });
    waitMs.catch(() => waits.delete(channelId));
    return waitMs;
  };
  return async ({ chat, threads, scope }) => {
    const place = { assigneeId: null, teamId: chat.teamId, storeId: chat.storeId };
    const [colleagues, waitMs] = await Promise.all([here.whoAnswers(place), waitOf(chat.id)]);
    const opensAt = colleagues.length > 0 ? null : await opening(db, chat.storeId, clock.now());
    return readState(db, {
      channel: chat,
      thread: threads[0] ?? null,
      here: colleagues,
      visitorId: scope.visitorId,
      waitMs,
      opensAt,
    });
  };
}

async function opening(db: Deps['db'], storeId: string | null, now: Date): Promise<Date | null> {
  const store = storeId === null ? null : await db.store.findUnique({ where: { id: storeId } });
  return store === null ? null : nextOpening(store, now);
}
