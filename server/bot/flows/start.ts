import type { OfferRow, StoreRow } from '../../catalogue/rows.ts';
import { say } from '../../consult/phrases/table.ts';
import type { ConsultAnswer } from '../../consult/schema.ts';
import type { SpokenLanguage } from '../../consult/understand/lexicon.ts';
import { BOT_WORDS } from '../words/spoken.ts';
import type { Flow } from './flow.ts';
import { asksForCall, asksToBeTold, phoneIn } from './hear.ts';

/** What a question leads to besides, or instead of, its answer. */
export type Start =
  | { do: 'nothing' }
  /** The answer stands, and the bot proposes something. */
  | { do: 'propose'; words: string; flow: Flow }
  /** The client asked for it: it is arranged at once. */
  | { do: 'hold'; productId: string; storeId: string }
  | { do: 'tell'; productId: string; storeId: string | null }
  | { do: 'call'; phone: string }
  /** Something must be known first. */
  | { do: 'ask'; words: string; flow: Flow };

export interface StartFacts {
  question: string;
  answer: ConsultAnswer;
  /** Offers of the one product that was asked for. */
  offers: readonly OfferRow[];
  stores: readonly StoreRow[];
  /** The store that is meant when none is named. */
  storeId: string | null;
  /** A phone number of the client's. */
  phone: string | null;
  language: SpokenLanguage;
}

/** Which flow a question begins. Pure. */
export function startOf(facts: StartFacts): Start {
  const { question, answer, offers, language } = facts;
  const w = BOT_WORDS[language];
  const asked = answer.asked;
  if (asksForCall(question)) {
    const phone = phoneIn(question) ?? facts.phone;
    if (phone !== null) return { do: 'call', phone };
    return { do: 'ask', words: w.askPhone, flow: { kind: 'callBack', step: 'contact', slots: {} } };
  }
  const [productId] = asked?.productIds ?? [];
  if (asked === undefined || productId === undefined || asked.productIds.length > 1) return { do: 'nothing' };
  const named = asked.storeIds.length === 1 ? (asked.storeIds[0] ?? null) : null;
  const place = named ?? facts.storeId;
  const stocked = offers.filter((offer) => (offer.stock ?? 0) > 0);
  const there =
    stocked.find((offer) => offer.storeId === place) ??
    (stocked.length === 1 && named === null ? stocked[0] : undefined);
  const storeName = (id: string) => facts.stores.find((store) => store.id === id)?.name ?? '';
  if (stocked.length === 0 && offers.length > 0 && TELLABLE.has(asked.intent)) {
    if (asksToBeTold(question)) return { do: 'tell', productId, storeId: named };
    const slots = { productId, ...(named !== null && { storeId: named }) };
    return { do: 'propose', words: w.offerTell, flow: { kind: 'tellWhenBack', step: 'yes', slots } };
  }
  if (asked.intent === 'hold') {
    if (there !== undefined) return { do: 'hold', productId, storeId: there.storeId };
    if (stocked.length > 1 && named === null) {
      const list = stocked.map((offer) => storeName(offer.storeId)).join(', ');
      const storeIds = stocked.map((offer) => offer.storeId);
      return {
        do: 'ask',
        words: say(w.whichStore, { list }),
        flow: { kind: 'hold', step: 'store', slots: { productId, storeIds } },
      };
    }
    return { do: 'nothing' };
  }
  // Out of stock where they asked: the store that has most of it, or another that they name.
  const best = there ?? [...stocked].sort((a, b) => (b.stock ?? 0) - (a.stock ?? 0))[0];
  if (answer.answer !== null && best !== undefined && (asked.intent === 'stock' || asked.intent === 'price')) {
    const words = say(w.offerHold, { store: storeName(best.storeId) });
    const slots = { productId, storeId: best.storeId, storeIds: stocked.map(({ storeId }) => storeId) };
    return { do: 'propose', words, flow: { kind: 'hold', step: 'yes', slots } };
  }
  return { do: 'nothing' };
}

const TELLABLE: ReadonlySet<string> = new Set(['stock', 'price', 'hold', 'backWhen']);
