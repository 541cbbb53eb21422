import { DateTime } from 'luxon';
import type { Mention } from '../catalogue/productMatcher.ts';
import type { ProductRow, StoreRow } from '../catalogue/rows.ts';
import { isTariff } from '../catalogue/tariffCost.ts';
import { analyse } from '../knowledge/analysis/analyse.ts';
import { fold } from '../knowledge/analysis/fold.ts';
import { detectLanguage } from '../knowledge/analysis/language.ts';
import type { Turn } from '../knowledge/index/askedTerms.ts';
import { textOf } from '../knowledge/index/passageTerms.ts';
import type { Found } from '../knowledge/passageIndex.ts';
import { answerAnalogue } from './answer/analogue.ts';
import { answerAttributes, answerCompare, modelOf } from './answer/attributes.ts';
import {
  type Asking,
  absent,
  abstain,
  type ConsultWorld,
  clarify,
  type Draft,
  type Outcome,
  PHRASES,
} from './answer/draft.ts';
import { dayFigures, dayText } from './answer/facts.ts';
import { compatibility, goesWith } from './answer/goesWith.ts';
import { answerAddress, answerHours } from './answer/hours.ts';
import { answerLookup } from './answer/lookups.ts';
import { answerPrice, answerStock } from './answer/offers.ts';
import { answerFromPassages, isNamedAlike, LEAST_CONFIDENCE, preferPassage } from './answer/passages.ts';
import { answerSearch } from './answer/search.ts';
import { answerVersions, merged } from './answer/several.ts';
import { answerRoaming, answerTariff } from './answer/tariffs.ts';
import { answerTerms } from './answer/terms.ts';
import type { Intent } from './intents.ts';
import { say } from './phrases/table.ts';
import { clausesOf } from './understand/clauses.ts';
import { answerLanguage, isOfTheTrade } from './understand/lexicon.ts';
import { tokenise } from './understand/quantities.ts';
import { referenceIn } from './understand/references.ts';
import { sentencesOf } from './understand/sentences.ts';
import { type UnderstandingContext, type Understood, understand } from './understand/understand.ts';

export interface ConsultRequest {
  question: string;
  locale?: string | undefined;
  store: StoreRow | null;
  product: ProductRow | null;
  /** What was said before, the last turn last. */
  history?: readonly Turn[] | undefined;
  now: Date;
  staleMs: number;
}

/** What was understood and answered, with the ranking of passages; not yet verified. */
export interface Consulted {
  asked: Understood;
  outcome: Outcome;
  found: Found;
}

/** Passages that come with each answer. */
const RANKED_PASSAGES = 12;

/** Answers a question from rows, rules and passages alone, without a model. */
export async function answer(request: ConsultRequest, world: ConsultWorld): Promise<Consulted> {
  const timezone = request.store?.timezone ?? world.stores[0]?.timezone ?? 'UTC';
  const context = { ...request, matcher: world.matcher, stores: world.stores, columns: world.columns, timezone };
  const asked = replied(continued(understand(inOurWords(request, world), context), request, context), request);
  const found = await world.passages(request.question, asked.detected, request.history);
  const named = asked.stores.length === 1 ? (asked.stores[0] ?? null) : null;
  const asking: Asking = {
    world,
    asked,
    store: named ?? (asked.stores.length > 1 ? null : request.store),
    now: request.now,
    staleMs: request.staleMs,
    t: PHRASES[asked.language],
    language: asked.language,
  };
  return {
    asked,
    found: { ...found, hits: found.hits.slice(0, RANKED_PASSAGES) },
    outcome: await together(asking, found, await decide(asking, found), context),
  };
}

/** Two questions in one message are both answered, where each of them has an answer. */
async function together(asking: Asking, found: Found, whole: Outcome, context: UnderstandingContext): Promise<Outcome> {
  const sentences = sentencesOf(asking.asked, context);
  if (sentences.length > 0) return eachByItself(asking, sentences);
  const clauses = clausesOf(asking.asked, context);
  if (clauses.length === 0) return whole;
  const drafts: Draft[] = [];
  for (const asked of clauses) {
    const outcome = await decide({ ...asking, asked }, { ...found, hits: [], confidence: 0 });
    if (outcome.kind !== 'answer') return whole;
    drafts.push(outcome.draft);
  }
  return { kind: 'answer', draft: merged(drafts) };
}

/** How sure an answer is that leaves a question of the message open: a person looks at it. */
const OPEN_CONFIDENCE = 0.5;

/** Questions of different things, answered one after another; what has no answer is passed on, and the answer says so. */
async function eachByItself(asking: Asking, sentences: readonly Understood[]): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const asked of sentences) {
    const store = asked.stores.length === 1 ? (asked.stores[0] ?? null) : asking.store;
    const found = await asking.world.passages(asked.question, asked.detected);
    outcomes.push(await decide({ ...asking, asked, store }, found));
  }
  const drafts = outcomes.flatMap((outcome) => (outcome.kind === 'answer' ? [outcome.draft] : []));
  const [open] = outcomes.filter((outcome) => outcome.kind !== 'answer');
  if (drafts.length === 0) return open ?? abstain(asking.t.nothingFound);
  if (open === undefined) return { kind: 'answer', draft: merged(drafts) };
  const reason = open.kind === 'clarify' ? open.question : (open.handover ?? open.reason);
  const draft = merged(drafts);
  return {
    kind: 'answer',
    draft: { ...draft, confidence: Math.min(draft.confidence, OPEN_CONFIDENCE), handover: reason },
  };
}

/** The question with the store's synonyms in words that the catalogue or we know. */
function inOurWords({ question, locale }: ConsultRequest, world: ConsultWorld): string {
  if (!world.synonyms) return question;
  const language = detectLanguage(question, locale ? answerLanguage(locale) : 'en');
  const knows = (words: string) => world.matcher.knows(words) || isOfTheTrade(words, answerLanguage(language));
  return world.synonyms.reword(question, language, knows);
}

/** What is told right after we asked is the answer to it, and belongs to the question before. */
function replied(asked: Understood, { history }: ConsultRequest): Understood {
  const last = history?.at(-1);
  const asksBack = last?.role === 'us' && /[?？؟]/u.test(last.text);
  return asked.act === 'statement' && asksBack ? { ...asked, act: 'question' } : asked;
}

/** "Receipt 10482", "last March": what we asked for, said to the question before, is that question with it. */
function continued(asked: Understood, { history }: ConsultRequest, context: UnderstandingContext): Understood {
  const before = history?.findLast((turn) => turn.role === 'client')?.text;
  const tells = asked.bought !== null || referenceIn(asked) !== null;
  if (!before || !tells || OF_RECORD.has(asked.intent) || asked.question.length > SHORT_REPLY) return asked;
  const whole = understand(`${before}\n${asked.question}`, { ...context, locale: asked.language });
  return OF_RECORD.has(whole.intent) ? whole : asked;
}

const SHORT_REPLY = 120;
/** What is answered from a reference or a day. */
const OF_RECORD: ReadonlySet<Intent> = new Set(['warranty', 'return', 'orderStatus', 'repairStatus']);

async function decide(asking: Asking, found: Found): Promise<Outcome> {
  const { asked } = asking;
  const { mention } = asked;
  if (asked.act === 'statement' && !TOLD.has(asked.intent)) return answerStatement(asking, found);
  if (isNoProduct(asked, found)) return answerFromPassages(asking, found);
  if (speaksOfArticle(asking, found)) return answerFromPassages(asking, found);
  if (mention.kind === 'absent' && goesWith(asking)) return compatibility(asking, found);
  switch (asked.intent) {
    case 'price':
      return mention.kind === 'several'
        ? answerVersions(asking, mention.products)
        : aboutOne(asking, found, (product) => answerPrice(asking, product));
    case 'stock':
      return mention.kind === 'several'
        ? answerVersions(asking, mention.products)
        : aboutOne(asking, found, (product) => answerStock(asking, product));
    case 'hold':
      return aboutOne(asking, found, (product) => answerStock(asking, product));
    case 'attribute':
      // "How long is a gift card valid?": a memory card has one of the words, an article all.
      if (asked.attributes.length === 0 && !isComplete(mention) && holdsStrange(asked, found))
        return answerFromPassages(asking, found);
      return aboutAll(asking, found, (products) => answerAttributes(asking, products));
    case 'backWhen':
      return aboutOne(asking, found, (product) => answerBack(asking, product));
    case 'analogue': {
      // What stands in for one variant of a model does for another.
      const [variant] = mention.kind === 'several' && modelOf(mention.products) ? mention.products : [];
      return variant
        ? answerAnalogue(asking, variant)
        : aboutOne(asking, found, (product) => answerAnalogue(asking, product));
    }
    case 'compare':
      return compare(asking, found);
    case 'compatibility':
      return compatibility(asking, found);
    case 'search':
      return asked.categories.length === 0 && !asked.budget
        ? preferPassage(found, await answerSearch(asking), asking)
        : answerSearch(asking);
    case 'hours':
      return preferPassage(found, answerHours(asking), asking);
    case 'address':
      return preferPassage(found, answerAddress(asking), asking);
    case 'tariff':
      return mention.kind === 'one' &&
        isTariff(mention.product) &&
        asked.attributes.length === 0 &&
        asked.numbers.length === 0
        ? answerPrice(asking, mention.product)
        : preferPassage(found, await answerTariff(asking), asking);
    case 'roaming':
      return preferPassage(
        found,
        await answerRoaming(asking, mention.kind === 'one' && isTariff(mention.product) ? mention.product : null),
        asking,
      );
    case 'warranty':
    case 'return':
    case 'defective':
    case 'delivery':
    case 'payment':
    case 'repairPrice':
      return answerTerms(asking, found);
    case 'tradeIn':
      // Of two devices it is not known which one is given and which one taken.
      return asked.pair ? abstain(asking.t.needsPerson) : answerTerms(asking, found);
    case 'lostSim': {
      const told = answerFromPassages(asking, found);
      // To block or replace it one must be known: that is for a person, whatever an article tells.
      if (told.kind === 'answer') told.draft.handover = asking.t.needsPerson;
      return told;
    }
    case 'orderStatus':
    case 'repairStatus':
      return answerLookup(asking, asked.intent === 'orderStatus' ? 'order' : 'repair');
    case 'human':
      return asked.act === 'question' && asked.namesPeople && found.confidence >= SURE_OF_ARTICLE
        ? answerFromPassages(asking, found)
        : abstain(asking.t.needsPerson);
    case 'complaint':
      return abstain(asking.t.needsPerson);
    case 'greeting':
    case 'smallTalk':
      return { kind: 'abstain', reason: asking.t.asksNothing, products: [] };
    default:
      return mention.kind === 'absent' && found.confidence < LEAST_CONFIDENCE
        ? absent(asking, mention)
        : answerFromPassages(asking, found);
  }
}

/** "What does a gift card cost?": nothing that is sold is named, and an article bears the name of what is asked for. */
function speaksOfArticle(asking: Asking, { hits }: Found): boolean {
  const { mention, intent, act } = asking.asked;
  const [best] = hits;
  if (!best || act !== 'question' || !MAY_BE_OF_ARTICLE.has(intent)) return false;
  return (mention.kind === 'none' || mention.kind === 'absent') && isNamedAlike(asking, best);
}

const MAY_BE_OF_ARTICLE: ReadonlySet<Intent> = new Set([
  'price',
  'stock',
  'attribute',
  'howTo',
  'other',
  'search',
  'tradeIn',
]);

/** What is answered, or begins something, though it is only told. */
const TOLD: ReadonlySet<Intent> = new Set([
  'defective',
  'lostSim',
  'orderStatus',
  'repairStatus',
  'human',
  'complaint',
  'greeting',
  'smallTalk',
]);

/** Who tells of a trouble is helped where an article surely speaks of it by more than one word; else nothing was asked. */
function answerStatement(asking: Asking, found: Found): Outcome {
  const told = answerFromPassages(asking, found);
  const best = found.hits[0]?.passage;
  if (told.kind !== 'answer' || !best || !namesThing(asking.asked) || found.confidence < SURE_OF_ARTICLE)
    return abstain(asking.t.asksNothing);
  const held = new Set(analyse(`${best.title} ${best.path.join(' ')} ${textOf(best)}`, best.language).words);
  const shared = new Set(analyse(asking.asked.question, asking.asked.detected).words.filter((word) => held.has(word)));
  return shared.size >= LEAST_SHARED ? told : abstain(asking.t.asksNothing);
}

const LEAST_SHARED = 2;

/** "I leave soon" speaks of nothing that we have to do with. */
function namesThing({ categories, attributes, mention, scores }: Understood): boolean {
  return (
    categories.length + attributes.length + scores.size > 0 || mention.kind === 'one' || mention.kind === 'several'
  );
}

/** An article that may answer has the words that nothing else explains. */
function holdsStrange({ unexplained }: Understood, { hits, confidence }: Found): boolean {
  const best = hits[0]?.passage;
  const words = tokenise(unexplained).map((token) => token.text);
  if (!best || confidence < LEAST_CONFIDENCE || words.length === 0) return false;
  const text = fold(`${best.title} ${best.path.join(' ')} ${textOf(best)}`);
  return words.every((word) => text.includes(word));
}

function isComplete(mention: Mention): boolean {
  return (mention.kind === 'one' || mention.kind === 'several') && mention.complete;
}

/** To have or to buy it is asked: then only the catalogue knows. */
const OF_TRADE: readonly Intent[] = ['stock', 'price', 'hold', 'backWhen', 'analogue', 'tradeIn', 'compatibility'];

/**
 * "Covid-19", "Windows-11": written like a model's name and near to none that is sold, while an article that surely speaks
 * of what is asked names it.
 */
function isNoProduct({ mention, scores }: Understood, { hits, confidence }: Found): boolean {
  const best = hits[0]?.passage;
  if (mention.kind !== 'absent' || mention.near.length > 0 || !best || confidence < LEAST_CONFIDENCE) return false;
  return !OF_TRADE.some((intent) => scores.has(intent)) && fold(textOf(best)).includes(mention.said);
}

/** A question about one product: asks back when several fit, says so when it is not in the catalogue. */
async function aboutOne(
  asking: Asking,
  found: Found,
  answerFor: (product: ProductRow) => Promise<Outcome> | Outcome,
): Promise<Outcome> {
  const { mention } = asking.asked;
  if (mention.kind === 'one') return answerFor(mention.product);
  if (mention.kind === 'several') return clarify(asking, mention.products);
  if (mention.kind === 'absent') return absent(asking, mention);
  const said = asking.asked.unexplained;
  return said && found.confidence < SURE_OF_ARTICLE
    ? abstain(say(asking.t.absent, { said }))
    : answerFromPassages(asking, found);
}

/** Where the words alone point elsewhere, only an article that surely speaks of what is asked may answer. */
const SURE_OF_ARTICLE = 0.6;

async function aboutAll(
  asking: Asking,
  found: Found,
  answerFor: (products: readonly ProductRow[]) => Outcome,
): Promise<Outcome> {
  const { mention } = asking.asked;
  if (mention.kind === 'one') return answerFor([mention.product]);
  if (mention.kind === 'several') return answerFor(mention.products);
  if (mention.kind === 'absent') return absent(asking, mention);
  return answerFromPassages(asking, found);
}

function answerBack(asking: Asking, product: ProductRow): Outcome | Promise<Outcome> {
  const eta = product.attributes.restock_eta;
  const day = typeof eta === 'string' ? DateTime.fromISO(eta, { zone: 'utc' }) : null;
  if (!day?.isValid || day.endOf('day').toJSDate() < asking.now) return backFromStock(asking, product);
  const text = say(asking.t.backOn, { product: product.name, date: dayText(day, asking.language) });
  const quote = `restock_eta: ${String(eta)}`;
  const echoed = dayFigures(day);
  return {
    kind: 'answer',
    draft: {
      text,
      citations: [{ kind: 'product', id: product.id, title: product.name, quote, asOf: null }],
      echoed,
      confidence: 0.9,
      products: [product],
    },
  };
}

async function backFromStock(asking: Asking, product: ProductRow): Promise<Outcome> {
  const offers = await asking.world.offersOf([product.id]);
  if (offers.some((offer) => (offer.stock ?? 0) > 0)) return answerStock(asking, product);
  return abstain(say(asking.t.backUnknown, { product: product.name }), [product]);
}

async function compare(asking: Asking, found: Found): Promise<Outcome> {
  const { pair, mention } = asking.asked;
  if (!pair)
    return mention.kind === 'none'
      ? answerFromPassages(asking, found)
      : aboutAll(asking, found, (products) => answerAttributes(asking, products));
  const sides: ProductRow[] = [];
  for (const side of pair) {
    if (side.kind === 'absent') return absent(asking, side);
    if (side.kind === 'several') {
      const model = modelOf(side.products);
      if (!model) return clarify(asking, side.products);
      sides.push(model);
    } else if (side.kind === 'one') sides.push(side.product);
  }
  const [left, right] = sides;
  return left && right ? answerCompare(asking, left, right) : answerFromPassages(asking, found);
}
