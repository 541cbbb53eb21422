import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHtml } from '../../../server/channels/telegram/fromHtml.ts';
import { splitText } from '../../../server/channels/telegram/split.ts';

test('a short text is one piece with its entities', () => {
  const entities = [{ type: 'bold' as const, offset: 0, length: 2 }];
  expect(splitText('Hi there', entities)).toEqual([{ text: 'Hi there', entities }]);
});

test('a long text is cut between paragraphs, and formatting goes on in the next piece', () => {
  const text = `${'a'.repeat(60)}\n\n${'b'.repeat(60)}`;
  expect(splitText(text, [{ type: 'italic', offset: 50, length: 30 }], 100)).toEqual([
    { text: 'a'.repeat(60), entities: [{ type: 'italic', offset: 50, length: 10 }] },
    { text: 'b'.repeat(60), entities: [{ type: 'italic', offset: 0, length: 18 }] },
  ]);
});

test('nothing is lost or cut within a character, whatever is written', () => {
  const words = fc.array(
    fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('\n', '\n\n', ' ', '👨‍👩‍👧‍👦', 'می‌خواهم')),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(words, fc.integer({ min: 40, max: 90 }), (parts, limit) => {
      const text = parts.join('');
      const pieces = splitText(text, [{ type: 'bold', offset: 0, length: text.length }], limit);
      for (const piece of pieces) {
        expect(piece.text.length).toBeLessThanOrEqual(limit);
        expect(Buffer.from(piece.text).toString() === piece.text).toBe(true);
        expect(piece.entities).toEqual([{ type: 'bold', offset: 0, length: piece.text.length }]);
      }
      const squeeze = (value: string) => value.replace(/\s/g, '');
      expect(squeeze(pieces.map((piece) => piece.text).join(''))).toBe(squeeze(text));
    }),
  );
});

test('white space alone gives no piece', () => {
  expect(splitText(' \n ', [])).toEqual([]);
});

test('a composed answer keeps what Telegram can show', () => {
  const { text, entities } = fromHtml(
    '<p>Hello <strong>Mina</strong>,</p><p>we have:</p><ul><li>A55 <em>blue</em></li><li>A56</li></ul>' +
      '<p>See <a href="https://shop.example/a55">the page</a><br>1 &lt; 2</p>',
  );
  expect(text).toBe('Hello Mina,\n\nwe have:\n\n• A55 blue\n• A56\n\nSee the page\n1 < 2');
  const shown = entities.map(({ type, offset, length }) => [type, text.slice(offset, offset + length)]);
  expect(shown).toEqual([
    ['bold', 'Mina'],
    ['italic', 'blue'],
    ['text_link', 'the page'],
  ]);
});

test('a link that is its own text and a link of an unknown scheme stay text', () => {
  expect(fromHtml('<a href="https://a.example">https://a.example</a> <a href="javascript:x">x</a>')).toEqual({
    text: 'https://a.example x',
    entities: [],
  });
});

test('numbered and nested lists read as lists', () => {
  expect(fromHtml('<ol><li>one<ul><li>inner</li></ul></li><li>two</li></ol>').text).toBe('1. one\n  • inner\n2. two');
});
