import { expect, it } from 'vitest';
import { Turns } from '../../../server/outbox/turns.ts';

it('gives a channel its share, one turn while its far side is slow, and its share again when that answers', () => {
  const turns = new Turns();
  let ms = 0;
  const now = () => ms;
  const take = () => turns.take('mail', now);
  const first = [take(), take(), take(), take()];
  expect(first.every((end) => end !== null)).toBe(true);
  expect(take()).toBeNull();
  expect(turns.take('messenger', now)).not.toBeNull();

  ms = 5_000;
  for (const end of first) end?.();
  const probe = take();
  expect(probe).not.toBeNull();
  expect(take()).toBeNull();

  ms += 100;
  probe?.();
  expect([take(), take()].every((end) => end !== null)).toBe(true);
});

it('holds back at once from a far side that has not answered for long', () => {
  const turns = new Turns();
  let ms = 0;
  expect(turns.take('mail', () => ms)).not.toBeNull();
  ms = 10_000;
  expect(turns.take('mail', () => ms)).toBeNull();
});
