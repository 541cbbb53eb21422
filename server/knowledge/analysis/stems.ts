import snowball from 'snowball-stemmers';

/** True where a Snowball stemmer exists for the ISO 639-1 language. */
export function hasStemmer(language: string): boolean {
  return ALGORITHMS[language] !== undefined;
}

/** The stem of a folded word in a language; the word itself where there is no stemmer, or where it holds a digit. */
export function stem(word: string, language: string): string {
  const algorithm = ALGORITHMS[language];
  if (!algorithm || word.length < 3) return word;
  let memory = memories.get(algorithm);
  if (!memory) {
    memory = { stemmer: snowball.newStemmer(algorithm), known: new Map() };
    memories.set(algorithm, memory);
  }
  const known = memory.known.get(word);
  if (known !== undefined) return known;
  const stemmed = /\d/.test(word) ? word : memory.stemmer.stem(language === 'ar' ? arabicSpelling(word) : word);
  if (memory.known.size >= REMEMBERED_WORDS) memory.known.clear();
  memory.known.set(word, stemmed);
  return stemmed;
}

/** Folding writes Persian letters; the Arabic stemmer knows its own. */
function arabicSpelling(word: string): string {
  return word.replaceAll('ی', 'ي').replaceAll('ک', 'ك');
}

const REMEMBERED_WORDS = 50_000;
const memories = new Map<string, { stemmer: snowball.Stemmer; known: Map<string, string> }>();

const ALGORITHMS: Readonly<Record<string, string>> = {
  ar: 'arabic',
  hy: 'armenian',
  eu: 'basque',
  ca: 'catalan',
  cs: 'czech',
  da: 'danish',
  nl: 'dutch',
  en: 'english',
  fi: 'finnish',
  fr: 'french',
  de: 'german',
  hu: 'hungarian',
  it: 'italian',
  ga: 'irish',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  es: 'spanish',
  sl: 'slovene',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
};
