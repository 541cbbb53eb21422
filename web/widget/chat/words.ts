import type en from '../locales/en.json';

export type Word = keyof typeof en;

/** Texts of one language, loaded when it is chosen. */
export interface Words {
  locale: string;
  dir: 'ltr' | 'rtl';
  /** The text with `{name}` replaced; of a word with plurals, the form for `n`, or for `plural` where `n` is a text. */
  say(word: Word, values?: Record<string, string | number>): string;
}

const files = import.meta.glob<Record<string, string>>('../locales/*.json', { import: 'default' });
const rightToLeft = new Set(['fa']);

/** The best language there is for a BCP 47 tag; English when there is none. */
export async function loadWords(tag: string): Promise<Words> {
  const language = tag.toLowerCase().split('-')[0] ?? 'en';
  const locale = files[`../locales/${language}.json`] ? language : 'en';
  const texts = (await files[`../locales/${locale}.json`]?.()) ?? {};
  return { locale: locale === language ? tag : locale, dir: rightToLeft.has(locale) ? 'rtl' : 'ltr', say };

  function say(word: Word, values: Record<string, string | number> = {}): string {
    const text = texts[word] ?? word;
    return choose(text, values).replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      return typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : (value ?? '');
    });
  }

  // "one:{n} message|other:{n} messages": the CLDR plural categories of the language.
  function choose(text: string, values: Record<string, string | number>): string {
    const n = values.plural ?? values.n;
    if (!text.includes('|') || typeof n !== 'number') return text;
    const forms = new Map(text.split('|').map((form) => form.split(/:(.*)/s).slice(0, 2) as [string, string]));
    return forms.get(new Intl.PluralRules(locale).select(n)) ?? forms.get('other') ?? text;
  }
}
