import { expect, test } from 'vitest';
import { calibrationError, refusedAt, reliability } from './reliability.ts';

test('answers are counted by how sure they were, the surest included', () => {
  const bins = reliability(
    [
      { confidence: 0.2, right: false },
      { confidence: 0.5, right: true },
      { confidence: 1, right: true },
      { confidence: 0.8, right: false },
    ],
    [0, 0.5, 1],
  );
  expect(bins.map(({ n, right }) => [n, right])).toEqual([
    [1, 0],
    [3, 2 / 3],
  ]);
  expect(calibrationError(bins)).toBeCloseTo(0.25 * 0.2 + 0.75 * (2.3 / 3 - 2 / 3));
});

test('what a tenth of false refusals buys is counted', () => {
  const answerable = Array.from({ length: 10 }, (_, at) => (at + 1) / 10);
  expect(refusedAt(answerable, [0.05, 0.15, 0.5, 0.9], 0.1)).toBe(0.5);
  expect(refusedAt([], [1], 0.1)).toBeNaN();
});
