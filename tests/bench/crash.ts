import { crash } from '../support/crash.ts';

/** `npm run bench -- crash [kills] [seed]`: a hundred SIGKILLs at random points, and what is left. */
export async function run([kills = '100', seed = String(Date.now() % 1_000_000)]: string[]): Promise<void> {
  const count = Number(kills);
  const letters = count * 100;
  console.log(`kills by seed ${seed}`);
  const found = await crash({ seed: Number(seed), kills: count, letters, repliesALife: 12, say: console.log });
  console.table({ letters, ...found });
  console.log(JSON.stringify({ bench: 'crash', letters, ...found }));
  const wrong =
    found.lost + found.doubled + found.unnumbered + found.wrongCounters + found.missing + found.wronglyRepeated;
  if (wrong > 0 || found.events !== letters) throw new Error('something was lost, doubled or repeated silently');
}
