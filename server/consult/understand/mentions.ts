import { isAccessory } from '../../catalogue/compatibility.ts';
import type { Mention, MentionOptions, ProductMatcher } from '../../catalogue/productMatcher.ts';
import { isOfCategory } from './kinds.ts';
import { type Lexicon, lexiconOf } from './lexicon.ts';
import { findPhrases } from './phrases.ts';
import { type Token, tokenise } from './quantities.ts';
import type { UnderstandingContext } from './understand.ts';

/**
 * The product meant. Words that mean something else (an attribute, an intent) do not make a name, unless the whole name
 * stands there: "Lightning to USB Cable" is a product, though "lightning" is a port.
 */
export function mentionOf(
  question: string,
  context: UnderstandingContext,
  spent: ReadonlySet<string>,
  small: ReadonlySet<string>,
  bare?: MentionOptions['bare'],
  kinds: readonly string[] = [],
): { mention: Mention; whole: boolean } {
  const careful = context.matcher.find(question, { spent, ...(bare && { bare }) });
  const generous = context.matcher.find(question, { spent: small, ...(bare && { bare }) });
  const complete = (generous.kind === 'one' || generous.kind === 'several') && generous.complete;
  if (!complete && kinds.length > 0) {
    const translated = context.matcher.find(`${question} ${kinds.join(' ')}`, { spent: small, accept: isAccessory });
    // A kind and a figure ("Powerbank 20000") name it too, where nothing else does.
    const figured = careful.kind === 'none' || careful.kind === 'absent';
    if (
      translated.kind === 'one' &&
      (translated.complete || (figured && translated.words.some((word) => /\d/.test(word))))
    )
      return { mention: translated, whole: true };
  }
  const better =
    careful.kind === 'none' ||
    careful.kind === 'absent' ||
    !careful.complete ||
    (complete && generous.score > careful.score + 1);
  // "The Qi charger": what is asked of other things is in the name of one of these.
  const oneOf =
    careful.kind === 'several' &&
    !careful.complete &&
    generous.kind === 'one' &&
    isAccessory(generous.product) &&
    generous.score > careful.score + 1 &&
    careful.products.every((product) => isAccessory(product));
  if ((complete && better) || oneOf) return { mention: generous, whole: true };
  if (careful.kind === 'none' && context.product)
    return { mention: { kind: 'one', product: context.product, score: 1, words: [], complete: true }, whole: false };
  return { mention: careful, whole: true };
}

/**
 * "The Roborock robot vacuum", "the Sonos": the one thing of its kind by a maker that is named, or all there is of the
 * maker; all variants where it is one model. Null when there are several models, or when something else is said of it that its name does not have.
 */
export function byMakerAndKind(
  matcher: ProductMatcher,
  categories: readonly string[],
  left: readonly string[],
): Mention | null {
  const kinds = categories.filter((category) => category !== 'kids');
  if (left.length === 0 || (kinds.length === 0 && !matcher.isMaker(left.join(' ')))) return null;
  const named = matcher.named(left, kinds.length === 0);
  const devices = named.filter((product) => !isAccessory(product));
  // "The Fairphone" is the phone and not its case.
  const made =
    kinds.length > 0
      ? named.filter((product) => kinds.some((kind) => isOfCategory(product, kind)))
      : devices.length > 0
        ? devices
        : named;
  const [product] = made;
  if (!product) return null;
  const heard = { score: 1, words: [...left], complete: true };
  if (made.length === 1) return { kind: 'one', product, ...heard };
  // Variants of its one model.
  const one = product.groupSku !== null && made.every((other) => other.groupSku === product.groupSku);
  return one ? { kind: 'several', products: made, ...heard } : null;
}

/** Both sides of "A or B", where both name a thing and not the same one. */
export function pairOf(
  question: string,
  tokens: readonly Token[],
  lexicon: Lexicon,
  context: UnderstandingContext,
  spent: ReadonlySet<string>,
  small: ReadonlySet<string>,
  kinds: readonly string[] = [],
): [Mention, Mention] | null {
  const texts = tokens.map((token) => token.text);
  const isThing = (mention: Mention) =>
    mention.kind === 'one' || mention.kind === 'several' || mention.kind === 'absent';
  const cuts = findPhrases(texts, lexicon.or).map((hit) => hit.at);
  if (lexicon === lexiconOf('ko'))
    for (const [at, text] of texts.entries()) if (/(랑|이랑|하고|와|과|아니면)$/.test(text)) cuts.push(at);
  for (const comma of question.matchAll(/[,/?]/g)) cuts.push(tokens.findIndex((token) => token.start >= comma.index));
  for (const cut of cuts) {
    const at = tokens[cut];
    if (!at || cut === 0) continue;
    const sideOf = (part: string) => {
      const side = mentionOf(part, { ...context, product: null }, spent, small).mention;
      if (isThing(side)) return side;
      const left = tokenise(part).flatMap(({ text }) =>
        spent.has(text) || !context.matcher.knows(text) ? [] : [text],
      );
      return byMakerAndKind(context.matcher, kinds, left) ?? side;
    };
    const left = sideOf(question.slice(0, at.start));
    const right = sideOf(question.slice(at.start));
    if (isThing(left) && isThing(right) && !sameThing(left, right)) return [left, right];
  }
  return null;
}

function sameThing(a: Mention, b: Mention): boolean {
  const ids = (mention: Mention) =>
    mention.kind === 'one'
      ? [mention.product.id]
      : mention.kind === 'several'
        ? mention.products.map((product) => product.id)
        : [];
  return ids(a).some((id) => ids(b).includes(id));
}
