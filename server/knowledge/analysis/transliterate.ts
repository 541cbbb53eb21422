import { SPOKEN_NAMES } from './spokenNames.ts';

/**
 * The Latin name behind a folded word of another script, when it is one the trade uses ("айфона" -> iphone, "갤럭시를"
 * -> galaxy); null otherwise. Endings and particles of the language may follow the name.
 */
export function spokenForm(word: string): string | null {
  if (!/[\u0250-\uffff]/.test(word)) return null;
  const exact = SPOKEN_NAMES.get(word);
  if (exact) return exact;
  for (let length = Math.min(word.length - 1, LONGEST_NAME); length >= 2; length--) {
    const name = SPOKEN_NAMES.get(word.slice(0, length));
    if (name && isEnding(word.slice(length), length)) return name;
  }
  return null;
}

/**
 * Writes a folded word of Cyrillic, Arabic script, Greek or Hangul in Latin letters, roughly as it sounds. Vowels that
 * the script leaves out stay out; compare by {@link soundKey}.
 */
export function romanise(word: string): string {
  let latin = '';
  for (const character of word) latin += LATIN[character] ?? hangul(character) ?? character;
  return latin;
}

/** A key under which spellings of one sound meet: "xperia" and "эксперия", "zenfone" and "زنفون". Consonants only. */
export function soundKey(word: string): string {
  return romanise(word)
    .replace(/x/g, 'ks')
    .replace(/ph/g, 'f')
    .replace(/[td]h/g, 't')
    .replace(/(sh|ch|zh|ts|dz|[zcsj])(?=[eiy])/g, 's')
    .replace(/sh|ch|zh|ts|[zj]/g, 's')
    .replace(/[cqg]k?|kh?/g, 'k')
    .replace(/[wv]/g, 'v')
    .replace(/[aeiouyh]/g, '')
    .replace(/(.)\1+/g, '$1');
}

/**
 * The same for a name as Hangul writes it, which has no r but before a vowel, and one letter each for f and p, v and b,
 * l and r, and final d and b as t and p: "벨킨" meets "belkin", "옵시디언" meets "obsidian".
 */
export function hangulKey(word: string): string {
  return soundKey(romanise(word).replace(/r(?![aeiouyw])/g, ''))
    .replace(/[fvb]/g, 'p')
    .replace(/d/g, 't')
    .replace(/r/g, 'l')
    .replace(/(.)\1+/g, '$1');
}

const LONGEST_NAME = Math.max(...[...SPOKEN_NAMES.keys()].map((name) => name.length));

function isEnding(rest: string, nameLength: number): boolean {
  if (/^\d/.test(rest)) return true;
  if (/^\p{Script=Hangul}+$/u.test(rest)) return rest.length <= 3;
  if (/^\p{Script=Arabic}+$/u.test(rest)) return nameLength >= 3 && /^(ها|های|ی|و|را|م|ت|ش)$/.test(rest);
  if (/^\p{Script=Cyrillic}+$/u.test(rest))
    return nameLength >= 3 && /^(а|у|ы|и|е|ом|ем|ов|ев|ам|ами|ах|ой|я|ю|й|чик|чика|ик)$/.test(rest);
  return false;
}

/** Revised romanisation of one Hangul syllable, simplified to what a foreign name needs. */
function hangul(syllable: string): string | undefined {
  const code = syllable.charCodeAt(0) - 0xac00;
  if (code < 0 || code > 11171) return undefined;
  const initial = HANGUL_INITIAL[Math.floor(code / 588)] ?? '';
  const vowel = HANGUL_VOWEL[Math.floor((code % 588) / 28)] ?? '';
  const final = HANGUL_FINAL[code % 28] ?? '';
  return initial + vowel + final;
}

const HANGUL_INITIAL = 'k kk n t tt r m p pp s ss  j jj ch k t p h'.split(' ');
const HANGUL_VOWEL = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ');
const HANGUL_FINAL = ['', ...'k k k n n n t l l l l l l l l m p p t t ng t t k t p t'.split(' ')];

const LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'а:a б:b в:v г:g д:d е:e ж:zh з:z и:i й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:h ц:ts ч:ch ш:sh щ:sh ъ: ы:y ь: э:e ю:yu я:ya і:i є:e ґ:g',
    'ا:a ب:b پ:p ت:t ث:s ج:j چ:ch ح:h خ:kh د:d ذ:z ر:r ز:z ژ:zh س:s ش:sh ص:s ض:z ط:t ظ:z ع:a غ:g ف:f ق:k ک:k گ:g ل:l م:m ن:n و:o ه:h ی:i',
    'α:a β:v γ:g δ:d ε:e ζ:z η:i θ:t ι:i κ:k λ:l μ:m ν:n ξ:ks ο:o π:p ρ:r σ:s ς:s τ:t υ:i φ:f χ:h ψ:ps ω:o',
  ]
    .join(' ')
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);
