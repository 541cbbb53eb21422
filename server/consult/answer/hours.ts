import { DateTime } from 'luxon';
import { openState, type StoreDay, storeDay } from '../../catalogue/hours.ts';
import type { StoreRow } from '../../catalogue/rows.ts';
import { say } from '../phrases/table.ts';
import { type Asking, abstain, type Draft, type Outcome } from './draft.ts';
import { citeStore, dayFigures, weekdayText } from './facts.ts';

/** "Open today? Until when?" for the named store, else the asker's, else each of a few. */
export function answerHours(asking: Asking): Outcome {
  // Hours of today would be taken for those of the feast.
  if (asking.asked.unknownDay) return abstain(asking.t.notUnderstood);
  const stores = storesAsked(asking);
  const known = stores.filter((store) => store.hours);
  if (known.length === 0)
    return abstain(stores[0] ? say(asking.t.hoursUnknown, { store: stores[0].name }) : asking.t.nothingFound);
  const draft: Draft = { text: '', citations: [], confidence: 0.93, products: [] };
  const sentences = known.flatMap((store) => {
    draft.citations.push(citeStore(store, store.hours));
    return hoursSentences(asking, store, draft);
  });
  draft.text = sentences.join(' ');
  return { kind: 'answer', draft };
}

/** "Where are you?": address and telephone of the named store, else the asker's, else each of a few. */
export function answerAddress(asking: Asking): Outcome {
  const stores = storesAsked(asking).filter((store) => store.address || store.city);
  if (stores.length === 0) return abstain(asking.t.nothingFound);
  const draft: Draft = { text: '', citations: [], confidence: 0.93, products: [] };
  const sentences = stores.map((store) => {
    const address = [store.address, store.city].filter(Boolean).join(', ');
    draft.citations.push(citeStore(store, address));
    if (store.phone) draft.citations.push(citeStore(store, store.phone));
    return [
      say(asking.t.addressOf, { store: store.name, address }),
      store.phone ? say(asking.t.phoneOf, { phone: store.phone }) : '',
    ]
      .filter(Boolean)
      .join(' ');
  });
  draft.text = sentences.join(' ');
  return { kind: 'answer', draft };
}

const MOST_STORES = 5;

function storesAsked(asking: Asking): StoreRow[] {
  if (asking.asked.stores.length > 0) return asking.asked.stores.slice(0, MOST_STORES);
  if (asking.store) return [asking.store];
  return asking.world.stores.slice(0, MOST_STORES);
}

function hoursSentences(asking: Asking, store: StoreRow, draft: Draft): string[] {
  const ahead = asking.asked.ahead ?? 0;
  const day = storeDay(store, asking.now, ahead);
  if (!day) return [];
  const local = DateTime.fromISO(day.date, { zone: 'utc' });
  const when = ahead === 0 ? asking.t.today : ahead === 1 ? asking.t.tomorrow : weekdayText(local, asking.language);
  if (ahead > 1) draft.echoed = [...(draft.echoed ?? []), ...dayFigures(local)];
  const sentences: string[] = [];
  if (day.open.length > 0) {
    const hours = day.open.map((stretch) => `${stretch.from}-${stretch.to}`).join(', ');
    sentences.push(say(asking.t.openOn, { store: store.name, day: when, hours }));
  } else sentences.push(say(asking.t.closedOn, { store: store.name, day: when }));
  if (ahead !== 0) return sentences;
  const state = openState(store, asking.now);
  if (state?.open && state.until)
    return [...sentences, say(asking.t.openUntil, { store: store.name, time: state.until })];
  if (day.open.length > 0) sentences.push(say(asking.t.closedNow, { store: store.name }));
  if (state?.next) {
    const next = nextOpening(asking, store, state.next);
    draft.echoed = [...(draft.echoed ?? []), ...next.figures];
    sentences.push(next.text);
  }
  return sentences;
}

/** "Riverside opens Monday 23 November at 10:00", and the figures of the day, which follow from the calendar. */
export function nextOpening(
  asking: Asking,
  store: StoreRow,
  next: { day: StoreDay; at: string; daysAhead: number },
): { text: string; figures: string[] } {
  if (next.daysAhead === 0) return { text: say(asking.t.opens, { store: store.name, time: next.at }), figures: [] };
  const day = DateTime.fromISO(next.day.date, { zone: 'utc' });
  const name = next.daysAhead === 1 ? asking.t.tomorrow : weekdayText(day, asking.language);
  return { text: say(asking.t.opensOn, { store: store.name, day: name, time: next.at }), figures: dayFigures(day) };
}
