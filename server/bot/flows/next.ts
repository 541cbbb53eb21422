import type { ClaimFacts, Flow } from './flow.ts';
import { contactIn, imeiIn, phoneIn, remedyIn, sentencesOf, yesOrNo } from './hear.ts';

/** What a client's message does to what the bot was in the middle of. */
export type Next =
  /** It has nothing to do with it: the message is answered as any other. */
  | { do: 'drop' }
  /** They would rather not. */
  | { do: 'end' }
  | { do: 'hold'; productId: string; storeId: string }
  | { do: 'tell'; productId: string; storeId: string | null }
  | { do: 'call'; phone: string }
  | { do: 'contact'; contact: { kind: 'email' | 'phone'; value: string } }
  /** `missing` is asked for once; then the claim goes on with what there is. */
  | { do: 'claim'; facts: ClaimFacts; missing: readonly ClaimPart[]; complete: boolean };

export type ClaimPart = 'device' | 'imei' | 'defect' | 'photos' | 'remedy';

/** What the client wrote, with what was recognised in it. */
export interface Said {
  text: string;
  /** Pictures that came with it. */
  photos: number;
  /** The device it names, when the catalogue knows one. */
  device: string | null;
  /** Stores it names. */
  storeIds: readonly string[];
  /** It says little more than a store's name, and asks nothing: it chooses the store. */
  chooses: boolean;
}

/** Takes a flow one message further. Pure. */
export function nextOf(flow: Flow, said: Said): Next {
  const { slots } = flow;
  switch (flow.step) {
    case 'yes': {
      const answer = yesOrNo(said.text);
      if (answer === 'no') return { do: 'end' };
      const [elsewhere] = said.storeIds.filter((id) => slots.storeIds?.includes(id));
      if (
        flow.kind === 'hold' &&
        elsewhere !== undefined &&
        slots.productId !== undefined &&
        (answer === 'yes' || said.chooses)
      )
        return { do: 'hold', productId: slots.productId, storeId: elsewhere };
      if (answer === null || slots.productId === undefined) return { do: 'drop' };
      if (flow.kind === 'tellWhenBack')
        return { do: 'tell', productId: slots.productId, storeId: slots.storeId ?? null };
      return slots.storeId === undefined
        ? { do: 'drop' }
        : { do: 'hold', productId: slots.productId, storeId: slots.storeId };
    }
    case 'store': {
      if (yesOrNo(said.text) === 'no') return { do: 'end' };
      const [storeId] = said.storeIds.filter((id) => slots.storeIds?.includes(id) ?? true);
      if (storeId !== undefined && slots.productId !== undefined)
        return { do: 'hold', productId: slots.productId, storeId };
      return { do: 'drop' };
    }
    case 'contact': {
      if (flow.kind === 'callBack') {
        const phone = phoneIn(said.text);
        return phone === null ? dropped(said) : { do: 'call', phone };
      }
      const contact = contactIn(said.text);
      return contact === null ? dropped(said) : { do: 'contact', contact };
    }
    case 'facts': {
      const facts = withSaid(slots.claim ?? { photos: 0, asked: 1 }, said);
      const missing = missingOf(facts);
      const complete = missing.length === 0 || facts.asked >= MOST_ASKED;
      return { do: 'claim', facts: { ...facts, asked: facts.asked + 1 }, missing, complete };
    }
  }
}

/** A client who does not have the rest is not asked a third time. */
const MOST_ASKED = 2;

function dropped(said: Said): Next {
  return yesOrNo(said.text) === 'no' ? { do: 'end' } : { do: 'drop' };
}

/** What a message adds to a claim: it collects and never judges. */
export function withSaid(facts: ClaimFacts, said: Said): ClaimFacts {
  const imei = imeiIn(said.text);
  const remedy = remedyIn(said.text);
  const rest = sentencesOf(said.text).filter(
    (sentence) => sentence !== remedy && !(imei !== null && imeiIn(sentence) === imei && sentence.length < 40),
  );
  return {
    ...facts,
    ...(said.device !== null && facts.device === undefined && { device: said.device }),
    ...(imei !== null && { imei }),
    ...(remedy !== null && facts.remedy === undefined && { remedy }),
    ...(rest.length > 0 && { defect: [facts.defect, ...rest].filter(Boolean).join(' ').slice(0, 1000) }),
    photos: facts.photos + said.photos,
  };
}

export function missingOf(facts: ClaimFacts): ClaimPart[] {
  const parts: ClaimPart[] = [];
  if (facts.device === undefined) parts.push('device');
  if (facts.imei === undefined) parts.push('imei');
  if (facts.defect === undefined) parts.push('defect');
  if (facts.photos === 0) parts.push('photos');
  if (facts.remedy === undefined) parts.push('remedy');
  return parts;
}
