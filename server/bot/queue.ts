import { DateTime } from 'luxon';
import { openState } from '../catalogue/hours.ts';
import type { StoreRow } from '../catalogue/rows.ts';
import { PHRASES } from '../consult/answer/draft.ts';
import { weekdayText } from '../consult/answer/facts.ts';
import { say } from '../consult/phrases/table.ts';
import type { SpokenLanguage } from '../consult/understand/lexicon.ts';
import type { Reader } from '../db/tx.ts';
import { measureWait } from '../visitors/state.ts';
import { BOT_WORDS } from './words/spoken.ts';

/** What really happens when a client is handed over, as far as the data says. */
export interface Queue {
  /** Clients of this channel who have waited longer. */
  before: number;
  /** Usual wait for a person, ms; null when too few were answered to say. */
  waitMs: number | null;
}

export async function readQueue(reader: Reader, channelId: string, threadId: string, now: Date): Promise<Queue> {
  const [waiting, waitMs] = await Promise.all([
    reader.thread.count({
      where: { channelId, status: 'open', waitingSince: { not: null }, id: { not: threadId }, mergedIntoId: null },
    }),
    measureWait(reader, channelId, now),
  ]);
  return { before: waiting, waitMs };
}

/** The queue in words: who is before, and how long it usually takes; never more than is known. Pure. */
export function queueText({ before, waitMs }: Queue, language: SpokenLanguage): string {
  const w = BOT_WORDS[language];
  const place = before > 0 ? say(w.waitingBefore, { n: before }) : w.youAreNext;
  if (waitMs === null) return place;
  return `${place} ${say(w.usualWait, { time: spanText(waitMs, language) })}`;
}

/** "5 minutes", "2 hours", in a language. Pure. */
function spanText(ms: number, language: SpokenLanguage): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  const [value, unit] = minutes < 90 ? ([minutes, 'minute'] as const) : ([Math.round(minutes / 60), 'hour'] as const);
  return new Intl.NumberFormat(`${language}-u-nu-latn`, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/** "Riverside opens Monday at 10:00"; null while it is open or its hours are not known. Pure. */
export function openingText(store: StoreRow | undefined, now: Date, language: SpokenLanguage): string | null {
  const state = store && openState(store, now);
  if (!store || !state?.next || state.open) return null;
  const t = PHRASES[language];
  if (state.next.daysAhead === 0) return say(t.opens, { store: store.name, time: state.next.at });
  const day =
    state.next.daysAhead === 1
      ? t.tomorrow
      : weekdayText(DateTime.fromISO(state.next.day.date, { zone: 'utc' }), language);
  return say(t.opensOn, { store: store.name, day, time: state.next.at });
}
