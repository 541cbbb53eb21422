import type { Intent } from '../intents.ts';
import { MATTER_TOPICS } from '../words/matters.ts';
import { answerLanguage, lexiconOf, type SpokenLanguage } from './lexicon.ts';
import { compilePhrases, type Phrase } from './phrases.ts';
import { tokenise } from './quantities.ts';

/**
 * The topics of the trade that a text speaks of ("intent warranty", "attribute battery"), whatever its words for them and
 * whatever its language; each once. Empty in a language that we have no words of. Spelling counts: a text of any length
 * is read in microseconds a word, because an index reads all of them.
 */
export function topicsOf(text: string, language: string): string[] {
  const spoken = answerLanguage(language);
  if (spoken !== language) return [];
  const openings = openingsOf(spoken);
  const tokens = tokenise(text).map((token) => token.text);
  const found = new Set<string>();
  tokens.forEach((token, at) => {
    for (const { topic, parts } of startingWith(token, openings))
      if (!found.has(topic) && stands(tokens, at, parts)) found.add(topic);
  });
  return [...found];
}

interface Opening {
  topic: string;
  parts: Phrase['parts'];
}

/** Phrases by their first word. */
interface Openings {
  exact: Map<string, Opening[]>;
  beginnings: Map<string, Opening[]>;
  /** Letters of the longest beginning. */
  longest: number;
  /** What a word was found to begin. */
  remembered: Map<string, Opening[]>;
}

function startingWith(token: string, { exact, beginnings, longest, remembered }: Openings): Opening[] {
  const known = remembered.get(token);
  if (known) return known;
  const found = [...(exact.get(token) ?? [])];
  for (let length = 1; length <= Math.min(longest, token.length); length++)
    found.push(...(beginnings.get(token.slice(0, length)) ?? []));
  if (remembered.size >= REMEMBERED_WORDS) remembered.clear();
  remembered.set(token, found);
  return found;
}

const REMEMBERED_WORDS = 20_000;

const known = new Map<SpokenLanguage, Openings>();

function openingsOf(language: SpokenLanguage): Openings {
  const held = known.get(language);
  if (held) return held;
  const made: Openings = { exact: new Map(), beginnings: new Map(), longest: 0, remembered: new Map() };
  const lexicon = lexiconOf(language);
  for (const [kind, topics] of [
    ['intent', lexicon.intents],
    ['attribute', lexicon.attributes],
    ['category', lexicon.categories],
  ] as const)
    for (const [name, phrases] of topics)
      if (!OF_TALK.has(name)) for (const phrase of phrases) add(made, kind, name, phrase);
  for (const [name, words] of Object.entries(MATTER_TOPICS))
    for (const phrase of compilePhrases(words[language])) add(made, 'matter', name, phrase);
  known.set(language, made);
  return made;
}

/** What is said about the talk itself, and not about its matter. */
const OF_TALK: ReadonlySet<string> = new Set<Intent>(['greeting', 'human', 'other']);

function add(made: Openings, kind: string, name: string, { parts, weak }: Phrase): void {
  const [first] = parts;
  if (!first || weak || first.suffix) return;
  const into = first.prefix ? made.beginnings : made.exact;
  const opening = { topic: `${kind} ${name}`, parts };
  const held = into.get(first.word);
  if (held) held.push(opening);
  else into.set(first.word, [opening]);
  if (first.prefix) made.longest = Math.max(made.longest, first.word.length);
}

/** Whether the words of a phrase stand from a place on, with up to {@link LONGEST_GAP} others in each of its gaps. */
function stands(tokens: readonly string[], from: number, parts: Phrase['parts']): boolean {
  let at = from;
  for (const { word, prefix, gap } of parts) {
    const last = gap ? at + LONGEST_GAP : at;
    while (at <= last && !(prefix ? tokens[at]?.startsWith(word) : tokens[at] === word)) at++;
    if (at > last) return false;
    at++;
  }
  return true;
}

const LONGEST_GAP = 3;
