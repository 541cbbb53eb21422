import { eld } from 'eld/small';
import { fold } from './fold.ts';
import { STOP_WORDS } from './stopWords.ts';

/**
 * Names the language of a text as an ISO 639-1 code. Script decides where it can; function words of the languages we
 * speak outvote n-grams on short texts, where n-grams are guesses.
 *
 * @param fallback answered when nothing can be told ("A55 256?"): the client's or the store's language.
 */
export function detectLanguage(text: string, fallback = 'en'): string {
  const byScript = languageOfScript(text);
  if (byScript) return byScript;
  const words = fold(text).match(/\p{L}+/gu) ?? [];
  const plain = words.filter((word) => !NEUTRAL.has(word) && word.length > 1);
  if (plain.length === 0) return fallback;
  const guess = eld.detect(plain.join(' '));
  const scores = guess.getScores();
  let best = { language: guess.language || fallback, score: Number.NEGATIVE_INFINITY, told: false };
  for (const language of new Set([...Object.keys(scores), ...SPOKEN_LATIN])) {
    const votes = functionWordShare(plain, language);
    const letters = letterVote(text, language);
    const score =
      (scores[language] ?? 0) +
      votes * FUNCTION_WORD_WEIGHT +
      letters +
      (language === fallback ? (plain.length <= FEW_WORDS ? FEW_WORDS_BONUS : FALLBACK_BONUS) : 0) +
      (SPOKEN_LATIN.includes(language) ? SPOKEN_BONUS : 0);
    if (score > best.score) best = { language, score, told: votes > 0 || letters > 0 };
  }
  // "hello undo ui" has neither a small word nor a letter that tells: n-grams alone would call it Swedish.
  const guessed = !best.told && !guess.isReliable() && plain.join('').length < SHORT_LETTERS;
  return guessed ? fallback : best.language;
}

/** Letters that few languages have tell more of a short question than its n-grams. */
function letterVote(text: string, language: string): number {
  return LETTER_VOTES.reduce((sum, [letters, votes]) => sum + (letters.test(text) ? (votes[language] ?? 0) : 0), 0);
}

const LETTER_VOTES: readonly [RegExp, Readonly<Record<string, number>>][] = [
  [/å/i, { sv: 0.4, no: 0.35, da: 0.35 }],
  [/[äö]/i, { sv: 0.25, de: 0.25, fi: 0.15, ro: -0.3, es: -0.3 }],
  [/ü/i, { de: 0.2, tr: 0.2, es: 0.05 }],
  [/ß/i, { de: 0.5 }],
  [/[ăâîșțşţ]/i, { ro: 0.35, sv: -0.2 }],
  [/[ñ¿¡]/i, { es: 0.5 }],
];
const FUNCTION_WORD_WEIGHT = 0.8;
/** Two words that may be Italian or Romanian are Romanian where Romanian is spoken. */
const SPOKEN_BONUS = 0.1;
const FALLBACK_BONUS = 0.08;
/** Texts of fewer letters are not named by n-grams that are unsure themselves. */
const SHORT_LETTERS = 25;
/** One or two words say less than what the client is known to speak. */
const FEW_WORDS = 2;
const FEW_WORDS_BONUS = 0.3;
const SPOKEN_LATIN = ['en', 'de', 'es', 'ro', 'sv'];

/** Words of the trade that are the same in every language and so say nothing about it. */
const NEUTRAL = new Set(
  'iphone ipad ipod apple watch airpods samsung galaxy xiaomi redmi huawei honor google pixel oneplus motorola nokia sony xperia lg htc asus zenfone realme oppo vivo nothing fairphone lenovo beats pro max plus mini ultra lite note air se fe tab usb lightning wifi bluetooth nfc esim lte gb mb tb ram sim gps hdmi imei puk pin gsm'.split(
    ' ',
  ),
);

function languageOfScript(text: string): string | null {
  const count = (script: RegExp) => text.match(script)?.length ?? 0;
  const kana = count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  const letters: [string, number][] = [
    ['ko', count(/\p{Script=Hangul}/gu)],
    ['ja', kana],
    ['zh', kana > 0 ? 0 : count(/\p{Script=Han}/gu)],
    ['th', count(/\p{Script=Thai}/gu)],
    ['el', count(/\p{Script=Greek}/gu)],
    ['he', count(/\p{Script=Hebrew}/gu)],
    ['hi', count(/\p{Script=Devanagari}/gu)],
    ['cyrillic', count(/\p{Script=Cyrillic}/gu)],
    ['arabic', count(/\p{Script=Arabic}/gu)],
  ];
  const [script, most] = letters.reduce((a, b) => (b[1] > a[1] ? b : a));
  if (most < 2) return null;
  if (script === 'arabic') return arabicScriptLanguage(text);
  if (script === 'cyrillic') return /[іїєґ]/i.test(text) ? 'uk' : /[ўј]/i.test(text) ? null : 'ru';
  return script;
}

function arabicScriptLanguage(text: string): string {
  if (/[ٹڈڑےں]/.test(text)) return 'ur';
  if (/[پچژگ\u200c۰-۹یک]/.test(text)) return 'fa';
  if (/[ةىيك]|(^|\s)ال/.test(text)) return 'ar';
  return 'fa';
}

function functionWordShare(words: string[], language: string): number {
  const stops = STOP_WORDS[language];
  if (!stops) return 0;
  return words.reduce((found, word) => found + (stops.has(word) ? 1 : 0), 0) / words.length;
}
