import type { OfferRow, ProductRow, RuleRow, StoreRow } from '../catalogue/rows.ts';
import type { IndexedPassage } from '../knowledge/index/passageTerms.ts';
import type { SynonymTable } from '../knowledge/synonymTable.ts';
import { type ConsultWorld, type Draft, PHRASES } from './answer/draft.ts';
import { whyOf } from './answer/why.ts';
import { answer, type Consulted, type ConsultRequest } from './answer.ts';
import { evidenceReader } from './evidence.ts';
import type { Rewording } from './model.ts';
import { toolsOf } from './modelTools.ts';
import type { ConsultAnswer } from './schema.ts';
import { verify } from './verify.ts';
import { wordingProblems } from './wording.ts';
import { type CatalogueView, worldOf } from './world.ts';

/** Where a consultation reads from; offers are read when asked, the rest is in memory. */
export interface ConsultSources {
  catalogue: CatalogueView;
  stores: readonly StoreRow[];
  rules: readonly RuleRow[];
  offersOf(productIds: readonly string[]): Promise<OfferRow[]>;
  search: ConsultWorld['passages'];
  passage(id: string): IndexedPassage | undefined;
  /** The store's own words that mean the same. */
  synonyms?: SynonymTable | undefined;
  /** Left out where nobody has proved who they are. */
  lookUp?: ConsultWorld['lookUp'] | undefined;
}

/**
 * Answers one question and checks the answer against the rows it cites. What fails the check is never given: a model's
 * answer falls back to the extractive one, and that to "I do not know".
 */
export async function consult(
  request: ConsultRequest,
  sources: ConsultSources,
  reword?: Rewording | null,
): Promise<ConsultAnswer> {
  const { world, seen, told } = worldOf(sources.catalogue, { ...sources, passages: sources.search });
  const consulted = await answer(request, world);
  const evidence = evidenceReader(
    {
      products: sources.catalogue.byId,
      offers: seen,
      stores: new Map(sources.stores.map((store) => [store.id, store])),
      rules: new Map(sources.rules.map((rule) => [rule.id, rule])),
      passage: (id) => sources.passage(id),
      lookups: told,
    },
    request.now,
    consulted.asked.language,
  );
  const extractive = consulted.outcome.kind === 'answer' ? consulted.outcome.draft : null;
  const checked = extractive && verify(extractive, evidence).ok ? extractive : null;
  if (reword && consulted.outcome.kind !== 'clarify' && asksUs(consulted.asked)) {
    const sentences = (await reword(consulted, checked, evidence, toolsOf(world, consulted.asked.detected))) ?? [];
    const sound = sentences.filter(
      (sentence) =>
        verify(sentence, evidence).ok &&
        wordingProblems(sentence.text, sentence.citations.map((one) => evidence(one) ?? '').join('\n')).length === 0,
    );
    // With facts of our own at hand, one false sentence is reason enough to give those instead.
    if (sound.length > 0 && (sound.length === sentences.length || !checked))
      return present(consulted, joined(sound), 'model', request.store, seen);
  }
  return present(consulted, checked, 'extractive', request.store, seen);
}

/** Where nothing is asked of what we know, there is nothing for a model to tell either. */
function asksUs({ act, intent }: Consulted['asked']): boolean {
  return act === 'question' || (act === 'statement' && intent !== 'other') || intent === 'defective';
}

/** One answer of the sentences that stood the check. */
function joined(sentences: readonly Draft[]): Draft {
  const text = sentences.map((sentence) => sentence.text).join(' ');
  return { ...(sentences[0] as Draft), text, citations: sentences.flatMap((sentence) => sentence.citations) };
}

function present(
  { asked, outcome, found }: Consulted,
  draft: Draft | null,
  source: 'extractive' | 'model',
  store: StoreRow | null,
  seen: ReadonlyMap<string, OfferRow>,
): ConsultAnswer {
  const products = draft?.products ?? (outcome.kind === 'answer' ? outcome.draft.products : outcome.products);
  const t = PHRASES[asked.language];
  const reason = draft
    ? undefined
    : outcome.kind === 'abstain'
      ? outcome.reason
      : outcome.kind === 'clarify'
        ? outcome.question
        : t.nothingFound;
  const handover = draft
    ? draft.handover
    : outcome.kind === 'abstain'
      ? outcome.handover
      : outcome.kind === 'clarify'
        ? undefined
        : t.nothingFound;
  const told = handover ?? (outcome.kind === 'clarify' ? undefined : reason);
  const why = told === undefined ? null : whyOf(told, asked.language);
  return {
    answer: draft && { text: draft.text, citations: unique(draft.citations), confidence: draft.confidence, source },
    abstained: !draft,
    asked: demandOf(asked, products, store, seen),
    ...(reason !== undefined && { reason }),
    ...(why !== null && { why }),
    ...(handover !== undefined && { handover: { reason: handover } }),
    ...(draft?.clarify && { clarify: draft.clarify }),
    ...(outcome.kind === 'clarify' && !draft && { clarify: { question: outcome.question, options: outcome.options } }),
    passages: found.hits.map(({ passage, score }) => ({
      id: passage.id,
      articleId: passage.articleId,
      // Comparable between questions: how sure the best is, and how near the others come.
      score: (found.confidence * score) / (found.hits[0]?.score || 1),
      title: [passage.title, ...passage.path].join(' › '),
      text: passage.text,
    })),
    products: [...new Map(products.map((product) => [product.id, product])).values()].map((product) => ({
      ...product,
    })),
  };
}

/** What was asked for, whether it is to be had, and what was named instead. */
function demandOf(
  asked: Consulted['asked'],
  products: readonly ProductRow[],
  store: StoreRow | null,
  seen: ReadonlyMap<string, OfferRow>,
): NonNullable<ConsultAnswer['asked']> {
  const { mention } = asked;
  const wanted = mention.kind === 'one' ? [mention.product] : mention.kind === 'several' ? mention.products : [];
  const ids = new Set(wanted.map((product) => product.id));
  const place = asked.stores.length > 0 ? asked.stores.map((one) => one.id) : store ? [store.id] : null;
  const offers = [...seen.values()].filter((offer) => ids.has(offer.productId));
  const inStock = offers.some((offer) => (offer.stock ?? 0) > 0 && (place === null || place.includes(offer.storeId)));
  return {
    intent: asked.intent,
    language: asked.language,
    storeIds: asked.stores.map((one) => one.id),
    productIds: [...ids],
    offeredIds: products.map((product) => product.id).filter((id) => !ids.has(id)),
    outOfStock: offers.length > 0 && !inStock,
  };
}

/** One citation a row and quote; a bare name is dropped where the same row is quoted for more. */
function unique(citations: Draft['citations']): Draft['citations'] {
  const kept = [
    ...new Map(citations.map((citation) => [`${citation.kind} ${citation.id} ${citation.quote}`, citation])).values(),
  ];
  return kept.filter(
    (citation) =>
      citation.kind !== 'product' ||
      citation.quote !== citation.title ||
      !kept.some((other) => other !== citation && other.kind === 'product' && other.id === citation.id),
  );
}
