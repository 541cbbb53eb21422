import { describe, expect, test } from 'vitest';
import { lexiconOf } from '../../../server/consult/understand/lexicon.ts';
import { findPhrases } from '../../../server/consult/understand/phrases.ts';
import { tokenise } from '../../../server/consult/understand/quantities.ts';
import { topicsOf } from '../../../server/consult/understand/topics.ts';

describe('the topics of a text', () => {
  test.each([
    ['Can I send it back?', 'en', 'intent return'],
    ['Can I send this blue one back?', 'en', 'intent return'],
    ['Wie lange gilt die Garantie?', 'de', 'intent warranty'],
    ['배터리 용량', 'ko', 'attribute battery'],
    ['الضمان', 'ar', undefined],
  ])('have one name in all languages: %s', (text, language, topic) => {
    const topics = topicsOf(text, language);
    if (topic) expect(topics).toContain(topic);
    else expect(topics).toEqual([]);
  });
  test('are those that the phrases themselves name, spelt as they are', () => {
    const text = 'How much does a new screen cost, and is the battery under warranty when I bring it back?';
    const lexicon = lexiconOf('en');
    const tokens = tokenise(text).map((token) => token.text);
    const expected = (['intents', 'attributes', 'categories'] as const).flatMap((list) =>
      [...lexicon[list]].flatMap(([name, phrases]) => {
        const told = phrases.filter((phrase) => !phrase.weak);
        return findPhrases(tokens, told, 'exact').length > 0 ? [`${KINDS[list]} ${name}`] : [];
      }),
    );
    expect(topicsOf(text, 'en').sort()).toEqual(expected.sort());
  });
});

const KINDS = { intents: 'intent', attributes: 'attribute', categories: 'category' };
