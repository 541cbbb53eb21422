import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = join(import.meta.dirname, '../../web/shared/i18n/locales');
const filesOf = (locale: string) => readdirSync(join(folder, locale));

type Words = { [key: string]: string | Words };

const read = (locale: string, file: string) => JSON.parse(readFileSync(join(folder, locale, file), 'utf8')) as Words;

/** `a.b` for every word; the forms of a plural (`_one`, `_other`, …) are one. */
function keys(words: Words, above = ''): string[] {
  const found = Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [above + key.replace(/_(zero|one|two|few|many|other)$/, '')]
      : keys(value, `${above}${key}.`),
  );
  return [...new Set(found)].sort();
}

/** What is filled in, by key: `{{name}}`, `<k>`; the forms of a plural together. */
function holes(words: Words, above = '', found = new Map<string, Set<string>>()): Map<string, Set<string>> {
  for (const [key, value] of Object.entries(words)) {
    if (typeof value !== 'string') {
      holes(value, `${above}${key}.`, found);
      continue;
    }
    const name = above + key.replace(/_(zero|one|two|few|many|other)$/, '');
    const held = found.get(name) ?? new Set<string>();
    for (const match of value.matchAll(/\{\{\s*(\w+)|<(\w+)>/g)) held.add(match[1] ?? match[2] ?? '');
    found.set(name, held);
  }
  return found;
}

/** The forms that a language's plurals need (CLDR, as Intl has it). */
const forms = (locale: string) => new Intl.PluralRules(locale).resolvedOptions().pluralCategories;

/** Words with plural forms, and the forms they have. */
function plurals(words: Words, above = '', found = new Map<string, string[]>()): Map<string, string[]> {
  for (const [key, value] of Object.entries(words)) {
    const [, name, form] = /^(.*)_(zero|one|two|few|many|other)$/.exec(key) ?? [];
    if (typeof value !== 'string') plurals(value, `${above}${key}.`, found);
    else if (name !== undefined && form !== undefined)
      found.set(above + name, [...(found.get(above + name) ?? []), form]);
  }
  return found;
}

describe('the words of the screens', () => {
  const locales = readdirSync(folder).filter((locale) => locale !== 'en');
  it('are there in six languages', () => {
    expect(locales).toEqual(['fa', 'ko', 'ro', 'ru', 'sv']);
  });

  it.each(locales)('are all there in %s, with the same gaps to fill and its own plurals', (locale) => {
    expect(filesOf(locale)).toEqual(filesOf('en'));
    const missing: string[] = [];
    for (const file of filesOf('en')) {
      const [english, words] = [read('en', file), read(locale, file)];
      const known = keys(english);
      const held = new Set(keys(words));
      missing.push(...known.filter((key) => !held.has(key)).map((key) => `${file} ${key}`));
      expect(
        [...held].filter((key) => !known.includes(key)),
        file,
      ).toEqual([]);
      const gaps = holes(english);
      for (const [key, names] of holes(words))
        expect([...names].sort(), `${file} ${key}`).toEqual([...(gaps.get(key) ?? [])].sort());
      const plural = plurals(english);
      for (const [key, has] of plurals(words))
        if (plural.has(key)) expect(has.sort(), `${file} ${key}`).toEqual([...forms(locale)].sort());
    }
    expect(missing).toEqual([]);
  });
});
