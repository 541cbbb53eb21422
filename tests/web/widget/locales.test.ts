import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = join(import.meta.dirname, '../../../web/widget/locales');
const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string>;
const english = read('en.json');
const places = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort();

describe('the texts of the chat', () => {
  it('are there in six languages', () => {
    expect(readdirSync(folder).sort()).toEqual(['en.json', 'fa.json', 'ko.json', 'ro.json', 'ru.json', 'sv.json']);
  });

  it.each(readdirSync(folder))('%s says everything that English says, with the same places for values', (file) => {
    const texts = read(file);
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
    for (const [word, text] of Object.entries(english))
      expect([word, places(texts[word] ?? '')]).toEqual([word, places(text)]);
  });

  it.each(readdirSync(folder))('%s has every plural of its language', (file) => {
    const { pluralCategories } = new Intl.PluralRules(file.slice(0, 2)).resolvedOptions();
    for (const text of Object.values(read(file)).filter((one) => one.includes('|'))) {
      expect(
        text
          .split('|')
          .map((form) => form.split(':')[0])
          .sort(),
      ).toEqual([...pluralCategories].sort());
    }
  });
});
