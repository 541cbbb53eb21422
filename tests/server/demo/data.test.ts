import { expect, test } from 'vitest';
import { chance } from '../../../server/demo/chance.ts';
import { sayings } from '../../../server/demo/colleagues.ts';
import { offersCsv, readDemo } from '../../../server/demo/data.ts';
import { fill } from '../../../server/demo/dialogues.ts';
import { valuesFor } from '../../../server/demo/simulate.ts';

const data = readDemo('prisma/demo', new Date('2026-05-04T10:00:00Z'));

test('every placeholder of the demo’s talks stands for something', () => {
  for (const talk of data.dialogues) {
    const values = { ...valuesFor(talk, data, chance(1)), staff: 'Mira', company: 'Northlight' };
    for (const text of [talk.subject, ...talk.turns.map((turn) => turn.text)])
      expect(fill(text, values)).not.toMatch(/[{}]/);
  }
});

test('every price is of a product that is there, and dates move with the year', () => {
  const skus = data.productsCsv.split('\n').map((line) => line.split(',')[0]);
  for (const sku of data.prices.keys()) expect(skus).toContain(sku);
  expect(data.storesCsv).toContain('2026-12-25;2026-12-26;2027-01-01');
});

test('the tills say the same for the same chance', () => {
  const at = new Date('2026-05-04T10:00:00Z');
  expect(offersCsv(data, chance(7), at)).toBe(offersCsv(data, chance(7), at));
});

test('colleagues answer thanks with a goodbye, and a line of a talk with what the talk says next', () => {
  for (const thanks of ['thx', 'great, thanks', 'no thanks, I will come by', 'ممنون', 'спасибо!'])
    for (const said of sayings(thanks, data.dialogues)) expect(said).not.toMatch(/store|hour|خبر|Уточню/);
  expect(sayings('and the cable from my old phone works?', data.dialogues)).toEqual([
    'If it is USB-C on both ends, yes.',
  ]);
  expect(sayings('Do you sell drones?', data.dialogues).length).toBeGreaterThan(0);
  for (const { turns } of data.dialogues)
    for (const { by, text } of turns.filter((turn) => turn.by === 'client'))
      for (const said of sayings(text, data.dialogues))
        expect([by, said]).toEqual(['client', expect.not.stringMatching(/\{(?!first)/)]);
});
