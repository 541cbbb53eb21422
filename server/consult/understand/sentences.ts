import type { Mention } from '../../catalogue/productMatcher.ts';
import type { Intent } from '../intents.ts';
import type { Act } from './act.ts';
import { ACCESSORIES } from './intentOf.ts';
import { type UnderstandingContext, type Understood, understand } from './understand.ts';

/** Where a sentence ends: a question mark of any script, a line, or a full stop behind a word. */
const ENDS = /[?？؟!！]+|\n+|(?<=[\p{L}\d)]{2})[.。]+(?=\s|$)/u;
/** A letter of more questions is a person's to answer. */
const MOST = 4;

/** What may be asked of a second thing by its name alone. */
const ELLIPTIC: ReadonlySet<Intent> = new Set(['price', 'stock']);
/** A kind of thing is asked about for what was spoken of before: "Have you cases for it?" */
const FITS: ReadonlySet<Intent> = new Set(['search', 'compatibility']);
/** Messages in which questions are answered from what we know. */
const OPEN: ReadonlySet<Act> = new Set(['question', 'statement', 'greeting']);

/**
 * The questions of a message that asks of different things in sentences of their own: "How long is the warranty on headphones? And
 * have you the A55 in blue?" Each is read with the thing that was spoken of before it. Empty when there are not two such
 * questions; those of one thing are clauses (clausesOf).
 */
export function sentencesOf(whole: Understood, context: UnderstandingContext): Understood[] {
  if (!OPEN.has(whole.act)) return [];
  const parts = whole.question
    .split(ENDS)
    .map((part) => part.trim())
    .filter((part) => /\p{L}{2}/u.test(part));
  if (parts.length < 2) return [];
  /** What was spoken of last: one thing, or the versions of a model. */
  let last: Mention = { kind: 'none' };
  let before: Understood | null = null;
  const questions: Understood[] = [];
  const subjects = new Set<string>();
  for (const part of parts) {
    const alone = understand(part, { ...context, locale: whole.language, product: null });
    const { mention } = alone;
    if (mention.kind === 'one' || mention.kind === 'several') last = mention;
    // "Do you sell washing machines?" is about nothing that was spoken of.
    const unknown = mention.kind === 'none' && alone.categories.length === 0 && alone.strange > 0;
    const goesWith = FITS.has(alone.intent) && alone.categories.every((kind) => ACCESSORIES.has(kind));
    const ofItself = mention.kind !== 'none' || unknown || (alone.categories.length > 0 && !goesWith);
    const read = ofItself ? alone : readWith(last, part, { ...context, locale: whole.language });
    if (read.pair) return [];
    if (read.act !== 'question') continue;
    const bare = read.scores.size === 0 && read.attributes.length === 0;
    if (bare && mention.kind === 'none') continue;
    // "How much is the A55? And the A35?"
    const asBefore = bare && before !== null && ELLIPTIC.has(before.intent) && read.stores.length === 0;
    const question: Understood = asBefore && before !== null ? { ...read, intent: before.intent } : read;
    questions.push({
      ...question,
      stores: question.stores.length > 0 ? question.stores : whole.stores,
      bought: question.bought ?? whole.bought,
    });
    subjects.add(unknown ? alone.unexplained : subjectOf(alone, last));
    before = question;
  }
  return subjects.size < 2 || questions.length > MOST ? [] : questions;
}

/** What a question is about; one that names nothing is about what was spoken of before. */
function subjectOf({ mention, categories, brands }: Understood, last: Mention): string {
  const named = namedBy(mention);
  if (named !== null) return named;
  if (categories.length > 0 || brands.length > 0) return [...categories, ...brands].join();
  return namedBy(last) ?? '';
}

/** A question that names nothing, about what was spoken of before it. */
function readWith(last: Mention, part: string, context: UnderstandingContext): Understood {
  const read = understand(part, { ...context, product: last.kind === 'one' ? last.product : context.product });
  return read.mention.kind !== 'absent' && last.kind === 'several' ? { ...read, mention: last } : read;
}

function namedBy(mention: Mention): string | null {
  switch (mention.kind) {
    case 'one':
      return mention.product.id;
    case 'several':
      return mention.products.map(({ id }) => id).join();
    case 'absent':
      return mention.said;
    case 'none':
      return null;
  }
}
