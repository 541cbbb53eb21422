import type { LookupAnswer, LookupKind } from '../lookup.ts';
import { say } from '../phrases/table.ts';
import { referenceIn } from '../understand/references.ts';
import { type Asking, abstain, type Draft, type Outcome } from './draft.ts';
import { moment } from './facts.ts';

/** "Where is order 10482?": what the store's own system says, with its age; without proof nothing, not even existence. */
export async function answerLookup(asking: Asking, kind: LookupKind): Promise<Outcome> {
  const reference = referenceIn(asking.asked);
  if (!reference) return { kind: 'clarify', question: asking.t.needsReference, options: [], products: [] };
  const told = await asking.world.lookUp(kind, reference);
  if (told.state === 'failed') return abstain(asking.t.lookupFailed);
  if (told.state === 'unknown') return abstain(asking.t.needsProof);
  return { kind: 'answer', draft: lookupDraft(asking, kind, reference, told.answer) };
}

/** What the store's system said, word for word, with its age. */
export function lookupDraft(asking: Asking, kind: LookupKind, reference: string, told: LookupAnswer): Draft {
  const zone = asking.store?.timezone ?? asking.world.stores[0]?.timezone ?? 'UTC';
  const time = moment(told.asOf, asking.now, zone, asking.language);
  const said = [told.text || told.status, told.eta]
    .filter(Boolean)
    .join(', ')
    .replace(/[.\s]+$/, '');
  return {
    text: `${reference}: ${said} ${say(asking.t.asOf, { time })}.`,
    citations: [
      {
        kind: 'lookup',
        id: told.id,
        title: `${kind} ${reference}`,
        quote: told.text || told.status || (told.purchasedOn ?? ''),
        asOf: told.asOf.toISOString(),
      },
    ],
    confidence: 0.95,
    // The client's own number, and the age, which the look-up gives as a time of the world.
    echoed: [...(reference.match(/\d+/g) ?? []), ...(time.match(/\d+(?::\d+)?/g) ?? [])],
    products: [],
  };
}

/** A look-up's reply as text, for checking an answer against. */
export function lookupText(answer: LookupAnswer): string {
  return [answer.status, answer.text, answer.eta, answer.purchasedOn, answer.sku].filter(Boolean).join('\n');
}
