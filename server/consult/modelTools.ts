import { z } from 'zod';
import { fold } from '../knowledge/analysis/fold.ts';
import type { ConsultWorld } from './answer/draft.ts';
import { citeOffer, citePassage, citeProduct, citeRule } from './answer/facts.ts';
import type { Citation } from './schema.ts';

/** What a model may look up: the same rows and passages that answers stand on, and nothing that changes anything. */
export interface ModelTools {
  /** What a call found, as citations; a call that makes no sense finds nothing. */
  run(name: string, given: string): Promise<Citation[]>;
}

/** As the protocol describes them. */
export const TOOLS = [
  tool('search_knowledge', 'Passages of the articles about a question', 'query'),
  tool('find_products', 'Products by name, with price and stock in each store', 'name'),
  tool(
    'read_rules',
    'Terms of trade: warranty, return, claimDeadline, delivery, payment, repairPrice or tradeIn',
    'kind',
  ),
];

const mostFound = 6;
const call = z.object({
  query: z.string().max(500).optional(),
  name: z.string().max(300).optional(),
  kind: z.string().max(50).optional(),
});

/** Over the world of one question: what is read here counts as evidence for it. */
export function toolsOf(world: ConsultWorld, language: string): ModelTools {
  return {
    async run(name, given) {
      const asked = call.safeParse(parsed(given)).data;
      if (asked === undefined) return [];
      if (name === 'search_knowledge' && asked.query)
        return (await world.passages(asked.query, language)).hits
          .slice(0, mostFound)
          .map(({ passage }) => citePassage(passage, passage.text));
      if (name === 'read_rules' && asked.kind)
        return world.rules
          .filter((rule) => fold(rule.kind) === fold(asked.kind ?? ''))
          .slice(0, mostFound)
          .map(citeRule);
      if (name !== 'find_products' || !asked.name) return [];
      const mention = world.matcher.find(asked.name);
      const products =
        mention.kind === 'one'
          ? [mention.product]
          : mention.kind === 'several'
            ? mention.products.slice(0, mostFound)
            : [];
      const offers = await world.offersOf(products.map((product) => product.id));
      return products.flatMap((product) => [
        citeProduct(product),
        ...offers
          .filter((offer) => offer.productId === product.id)
          .flatMap((offer) => {
            const store = world.stores.find((one) => one.id === offer.storeId);
            return store ? [citeOffer(offer, product, store)] : [];
          }),
      ]);
    },
  };
}

function tool(name: string, description: string, field: string) {
  return {
    type: 'function' as const,
    function: {
      name,
      description,
      parameters: {
        type: 'object',
        additionalProperties: false,
        required: [field],
        properties: { [field]: { type: 'string' } },
      },
    },
  };
}

/** Arguments are the model's own words: anything may stand there. */
function parsed(given: string): unknown {
  try {
    return JSON.parse(given);
  } catch {
    return null;
  }
}
