import i18next, { type BackendModule, type FormatterModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import common from './locales/en/common.json';
import inbox from './locales/en/inbox.json';

/** Languages of the screens; a language is its folder of JSON files in locales/, one file a place. */
export const locales = [
  { code: 'en', name: 'English', dir: 'ltr' },
  { code: 'fa', name: 'فارسی', dir: 'rtl' },
  { code: 'ko', name: '한국어', dir: 'ltr' },
  { code: 'ro', name: 'Română', dir: 'ltr' },
  { code: 'ru', name: 'Русский', dir: 'ltr' },
  { code: 'sv', name: 'Svenska', dir: 'ltr' },
] as const;
export type LocaleCode = (typeof locales)[number]['code'];

/** English is everybody's fallback and comes with the app; the rest is fetched when it is spoken. */
const atHand: Record<string, Record<string, unknown>> = { common, inbox };

const files = import.meta.glob<Record<string, unknown>>('./locales/*/*.json', { import: 'default' });

/** A place's words come with the place: `useTranslation('settings')` loads locales/<lng>/settings.json. */
const lazyFiles: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read(language, namespace, done) {
    const here = language === 'en' ? atHand[namespace] : undefined;
    if (here !== undefined) return done(null, here as Parameters<typeof done>[1]);
    const load = files[`./locales/${language}/${namespace}.json`];
    if (load === undefined) return done(new Error(`no words for ${language}/${namespace}`), null);
    load().then(
      (words) => done(null, words as Parameters<typeof done>[1]),
      (error: Error) => done(error, null),
    );
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

/** Loads the language of this device; resolves when the shell's and the inbox's words are there. */
export async function startI18n(): Promise<void> {
  await i18next
    .use(lazyFiles)
    .use(numbers)
    .use(initReactI18next)
    .init({
      lng: rememberedLocale(),
      fallbackLng: 'en',
      supportedLngs: locales.map((locale) => locale.code),
      ns: ['common', 'inbox'],
      defaultNS: 'common',
      fallbackNS: 'common',
      interpolation: { escapeValue: false, alwaysFormat: true },
      react: { useSuspense: true },
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
