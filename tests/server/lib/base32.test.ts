import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromBase32, toBase32 } from '../../../server/lib/base32.ts';

it('base32 is that of RFC 4648, in any case, and nothing else is read', () => {
  expect(['f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => toBase32(Buffer.from(text)))).toEqual([
    'my',
    'mzxq',
    'mzxw6',
    'mzxw6yq',
    'mzxw6ytb',
    'mzxw6ytboi',
  ]);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(fromBase32(toBase32(bytes).toUpperCase())).toEqual(bytes);
    }),
  );
  expect(['m', 'mz', 'm1', 'my='].map(fromBase32)).toEqual([null, null, null, null]);
});
