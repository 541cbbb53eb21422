import { describe, expect, test } from 'vitest';
import type { Citation } from '../../../server/consult/schema.ts';
import { verify } from '../../../server/consult/verify.ts';

const row: Citation = { kind: 'offer', id: 'o1', title: 'X – Riverside', quote: 'price: 429 EUR', asOf: null };
const evidence = (citation: Citation) => (citation.id === 'o1' ? 'price: 429 EUR; stock: 2\nX\nRiverside' : null);
const problems = (claim: Parameters<typeof verify>[0]) => {
  const verdict = verify(claim, evidence);
  return verdict.ok ? [] : verdict.problems;
};

describe('an answer is checked', () => {
  test('and passes when all it says stands in what it cites', () => {
    expect(problems({ text: 'It costs 429 EUR, 2 left.', citations: [row] })).toEqual([]);
  });
  test('and fails on a price that no row holds', () => {
    expect(problems({ text: 'It costs 399 EUR.', citations: [row] })).toEqual(['states 399, which nothing cited says']);
  });
  test('and fails on a number written in other digits', () => {
    expect(problems({ text: 'قیمت ۳۹۹ است', citations: [row] })).toHaveLength(1);
  });
  test('and fails without a citation', () => {
    expect(problems({ text: 'Yes.', citations: [] })).toHaveLength(1);
  });
  test('and fails on a citation that is not there', () => {
    expect(problems({ text: 'Yes.', citations: [{ ...row, id: 'o2' }] })).toHaveLength(1);
  });
  test('and fails on a quote that the row does not say', () => {
    expect(problems({ text: 'Yes.', citations: [{ ...row, quote: 'price: 4 EUR' }] })).toHaveLength(1);
  });
  test('and allows what follows from cited numbers, and only that', () => {
    expect(
      problems({
        text: '858 EUR for two',
        citations: [row],
        derived: [{ value: 858, terms: [{ times: 2, amount: 429 }] }],
      }),
    ).toEqual([]);
    expect(
      problems({
        text: '800 EUR for two',
        citations: [row],
        derived: [{ value: 800, terms: [{ times: 2, amount: 400 }] }],
      }),
    ).toHaveLength(1);
    expect(
      problems({
        text: '800 EUR for two',
        citations: [row],
        derived: [{ value: 800, terms: [{ times: 2, amount: 429 }] }],
      }),
    ).toHaveLength(1);
  });
});
