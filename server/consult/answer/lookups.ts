import { type LookupAnswer, type LookupKind, referenceIn } from '../lookup.ts';
import { say } from '../phrases/table.ts';
import { type Asking, abstain, type Outcome } from './draft.ts';
import { moment } from './facts.ts';

/** "Where is order 10482?": what the store's own system says, with its age; without proof nothing, not even existence. */
export async function answerLookup(asking: Asking, kind: LookupKind): Promise<Outcome> {
  const reference = referenceIn(asking.asked.question);
  const found = reference ? await asking.world.lookUp(kind, reference) : null;
  if (!found || !reference) return abstain(asking.t.needsProof);
  const zone = asking.store?.timezone ?? asking.world.stores[0]?.timezone ?? 'UTC';
  const time = moment(found.asOf, asking.now, zone, asking.language);
  const said = [found.text || found.status, found.eta]
    .filter(Boolean)
    .join(', ')
    .replace(/[.\s]+$/, '');
  return {
    kind: 'answer',
    draft: {
      text: `${reference}: ${said} ${say(asking.t.asOf, { time })}.`,
      citations: [
        {
          kind: 'lookup',
          id: found.id,
          title: `${kind} ${reference}`,
          quote: found.text || found.status,
          asOf: found.asOf.toISOString(),
        },
      ],
      confidence: 0.95,
      // The client's own number, and the age, which the look-up gives as a time of the world.
      echoed: [...(reference.match(/\d+/g) ?? []), ...(time.match(/\d+(?::\d+)?/g) ?? [])],
      products: [],
    },
  };
}

/** A look-up's reply as text, for checking an answer against. */
export function lookupText(answer: LookupAnswer): string {
  return [answer.status, answer.text, answer.eta ?? ''].filter(Boolean).join('\n');
}
