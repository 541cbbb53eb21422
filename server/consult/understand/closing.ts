import { fold } from '../../knowledge/analysis/fold.ts';
import { type SpokenLanguage, spokenLanguages } from '../languages.ts';
import { ACKNOWLEDGEMENTS, FAREWELLS, GREETINGS, THANKS } from '../words/acts.ts';
import { CLOSING_FILLERS, OFFERS } from '../words/closings.ts';
import { type SmallTalk, wordsHeard } from './act.ts';
import { tokenise } from './quantities.ts';

/** What a client's words close a talk with. */
export type Closing = Exclude<SmallTalk, 'greeting'>;

/** So long at most: more words are not merely thanks. */
const mostWords = 12;
/** A thumb, a heart, a smile; any other picture may say anything. */
const KIND_PICTURES = /[👍👌🙏🤝💪👏🎉🥳❤💙💚💛🧡💜🤍♥💐🌹😊🙂😀😃😄😁😉😍🥰😘☺🤗😎✅✔]/gu;
const JOINERS = /[\u200D\uFE0F\u{1F3FB}-\u{1F3FF}]/gu;

/**
 * Says that a message is mere thanks, an "ok" or a farewell, which nobody must answer; null for whatever holds, or may hold, more than
 * that: each word of it must be known as nothing else, in one of the languages we speak. Pure.
 *
 * @param said what we said last; null: nothing
 * @param names of who writes: thanks are signed
 */
export function closingOf(message: string, said: string | null, names: readonly string[] = []): Closing | null {
  // After a question or an offer of ours it is an answer to it.
  if (said === null || /[?？؟]/u.test(said) || OFFERS.test(fold(said))) return null;
  const pictures = message.replace(JOINERS, '').replace(KIND_PICTURES, '');
  if (/\p{Extended_Pictographic}/u.test(pictures) || /[?？؟\d@]|https?:/u.test(pictures)) return null;
  const texts = tokenise(pictures).map((token) => token.text);
  if (texts.length === 0)
    return pictures.replace(JOINERS, '') !== message.replace(JOINERS, '') ? 'acknowledgement' : null;
  if (texts.length > mostWords) return null;
  const own = new Set(names.flatMap((name) => tokenise(name).map((token) => token.text)));
  for (const language of spokenLanguages) {
    const kind = closingIn(texts, language, own);
    if (kind !== null) return kind;
  }
  return null;
}

function closingIn(texts: readonly string[], language: SpokenLanguage, own: ReadonlySet<string>): Closing | null {
  const kinds = [
    ['thanks', wordsHeard(THANKS, texts, language)],
    ['farewell', wordsHeard(FAREWELLS, texts, language)],
    ['acknowledgement', wordsHeard(ACKNOWLEDGEMENTS, texts, language)],
  ] as const;
  const [kind] = kinds.find(([, places]) => places.length > 0) ?? [];
  if (kind === undefined) return null;
  const known = new Set([
    ...kinds.flatMap(([, places]) => places),
    ...wordsHeard(GREETINGS, texts, language),
    ...wordsHeard(CLOSING_FILLERS, texts, language),
  ]);
  return texts.every((text, at) => known.has(at) || own.has(text)) ? kind : null;
}
