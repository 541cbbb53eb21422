import i18next, { type BackendModule, type FormatterModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { bringCode } from '../ui/bringCode.ts';
import { words as english } from './languages/en.ts';

/** Languages of the screens; a language is its folder of JSON files in locales/, one file a place, gathered in languages/. */
export const locales = [
  { code: 'en', name: 'English', dir: 'ltr' },
  { code: 'fa', name: 'فارسی', dir: 'rtl' },
  { code: 'ko', name: '한국어', dir: 'ltr' },
  { code: 'ro', name: 'Română', dir: 'ltr' },
  { code: 'ru', name: 'Русский', dir: 'ltr' },
  { code: 'sv', name: 'Svenska', dir: 'ltr' },
] as const;
export type LocaleCode = (typeof locales)[number]['code'];

/** English is everybody's fallback and comes with the app; another language is fetched whole when it is spoken. */
const spoken = import.meta.glob<Record<string, Record<string, unknown>>>(['./languages/*.ts', '!./languages/en.ts'], {
  import: 'words',
});
const places = Object.keys(english).map((path) => path.slice('../locales/en/'.length, -'.json'.length));

const files: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read(language, place, done) {
    const take = (words: Record<string, Record<string, unknown>>) => {
      const here = words[`../locales/${language}/${place}.json`];
      if (here === undefined) done(new Error(`no words for ${language}/${place}`), null);
      else done(null, here as Parameters<typeof done>[1]);
    };
    if (language === 'en') return take(english);
    const load = spoken[`./languages/${language}.ts`];
    if (load === undefined) return done(new Error(`no words for ${language}`), null);
    bringCode(load).then(take, (error: Error) => done(error, null));
  },
};

/** Numbers in words are written as the language writes them: ۱۲, 1,204. */
const numbers: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, _, language) =>
    typeof value === 'number' ? value.toLocaleString(language) : (value as string),
};

/** Loads the language of this device whole: words that came with their place would take the screen away while they come. */
export async function startI18n(): Promise<void> {
  await i18next
    .use(files)
    .use(numbers)
    .use(initReactI18next)
    .init({
      lng: rememberedLocale(),
      fallbackLng: 'en',
      supportedLngs: locales.map((locale) => locale.code),
      ns: places,
      defaultNS: 'common',
      fallbackNS: 'common',
      interpolation: { escapeValue: false, alwaysFormat: true },
      react: { useSuspense: false },
    });
  apply(currentLocale());
}

/** The language shown now. */
export function currentLocale(): LocaleCode {
  return toLocale(i18next.resolvedLanguage ?? i18next.language);
}

export function directionOf(locale: string): 'ltr' | 'rtl' {
  return locales.find((known) => known.code === locale)?.dir ?? 'ltr';
}

/** Shows another language at once, and remembers it on this device. */
export async function changeLocale(locale: LocaleCode): Promise<void> {
  localStorage.setItem('parley.locale', locale);
  await i18next.changeLanguage(locale);
  apply(locale);
}

/** The language this device was last used in; null on a device that never chose. */
export function rememberedChoice(): LocaleCode | null {
  const stored = localStorage.getItem('parley.locale');
  return stored === null ? null : toLocale(stored);
}

function rememberedLocale(): LocaleCode {
  return rememberedChoice() ?? toLocale(navigator.language);
}

export function toLocale(tag: string): LocaleCode {
  const base = tag.toLowerCase().split('-')[0];
  return locales.find((locale) => locale.code === base)?.code ?? 'en';
}

function apply(locale: LocaleCode): void {
  document.documentElement.lang = locale;
  document.documentElement.dir = directionOf(locale);
}
