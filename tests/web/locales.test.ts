import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = join(import.meta.dirname, '../../web/shared/i18n/locales');
/** A place's words may be translated later; those that are must be whole. English stands in for the rest. */
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

/** What is filled in: `{{name}}`, `<k>`. */
function holes(words: Words): string[] {
  return Object.entries(words).flatMap(([key, value]) => {
    if (typeof value !== 'string') return holes(value);
    const names = [...value.matchAll(/\{\{\s*(\w+)|<(\w+)>/g)].map((match) => match[1] ?? match[2] ?? '');
    return [`${key.replace(/_(zero|one|two|few|many|other)$/, '')}: ${[...new Set(names)].sort().join()}`];
  });
}

describe('the words of the screens', () => {
  it.each(readdirSync(folder).filter((locale) => locale !== 'en'))(
    'are all there in %s, with the same gaps to fill',
    (locale) => {
      for (const file of filesOf(locale)) {
        expect(keys(read(locale, file)), file).toEqual(keys(read('en', file)));
        expect([...new Set(holes(read(locale, file)))].sort(), file).toEqual(
          [...new Set(holes(read('en', file)))].sort(),
        );
      }
    },
  );
});
