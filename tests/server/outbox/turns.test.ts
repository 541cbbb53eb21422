import { expect, it } from 'vitest';
import { Turns } from '../../../server/outbox/turns.ts';

it('gives a channel its share, one turn while its far side is slow, and its share again when that answers', () => {
  let ms = 0;
  const turns = new Turns(() => ms);
  const take = () => turns.take('mail');
  const first = [take(), take(), take(), take()];
  expect(first.every((end) => end !== null)).toBe(true);
  expect(take()).toBeNull();
  expect(turns.take('messenger')).not.toBeNull();

  ms = 5_000;
  for (const end of first) end?.();
  const probe = take();
  expect(probe).not.toBeNull();
  expect(take()).toBeNull();

  ms += 100;
  probe?.();
  expect([take(), take()].every((end) => end !== null)).toBe(true);
});

it('holds back at once from a far side that has not answered for long', async () => {
  let ms = 0;
  const turns = new Turns(() => ms);
  expect(turns.take('mail')).not.toBeNull();
  ms = 10_000;
  expect(turns.take('mail')).toBeNull();
  expect(await turns.soon('mail')).toBeNull();
});

it('waits a moment for a turn where they end soon', async () => {
  const turns = new Turns();
  const ends = [1, 2, 3, 4].map(() => turns.take('chat'));
  const fifth = turns.soon('chat');
  ends[0]?.();
  expect(await fifth).not.toBeNull();
  expect(await turns.soon('chat')).toBeNull();
});
