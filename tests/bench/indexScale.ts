import { topicsOf } from '../../server/consult/understand/topics.ts';
import { PassageIndex } from '../../server/knowledge/passageIndex.ts';

/** Fills the index with so many generated passages and measures building, memory and questions. */
export async function measure(passages: number): Promise<void> {
  const chance = generator(7);
  const vocabulary = Array.from({ length: 40_000 }, () => word(chance));
  // Words of a language are few and frequent or many and rare: Zipf's law.
  const pick = () =>
    vocabulary[Math.min(vocabulary.length - 1, Math.floor(vocabulary.length ** chance()) - 1)] ?? 'phone';
  const index = new PassageIndex(topicsOf);
  global.gc?.();
  const held = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  const heldBefore = held();
  const startedMs = performance.now();
  for (let at = 0; at < passages; at += 1000)
    index.put(
      Array.from({ length: Math.min(1000, passages - at) }, (_, offset) => ({
        id: `p${at + offset}`,
        articleId: `a${Math.floor((at + offset) / 5)}`,
        title: Array.from({ length: 4 }, pick).join(' '),
        path: [pick()],
        text: Array.from({ length: 60 }, pick).join(' '),
        position: 0,
        language: 'en',
      })),
    );
  const buildMs = performance.now() - startedMs;
  global.gc?.();
  const heldMb = (held() - heldBefore) / 1e6;
  const cpuBefore = process.cpuUsage();
  const took = Array.from({ length: 300 }, () => {
    const question = Array.from({ length: 4 + Math.floor(chance() * 5) }, pick).join(' ');
    const from = performance.now();
    index.search(question, { language: 'en' });
    return performance.now() - from;
  }).sort((a, b) => a - b);
  const cpu = process.cpuUsage(cpuBefore);
  const cpuMs = (cpu.user + cpu.system) / 1000 / took.length;
  const at = (share: number) => Number((took[Math.floor(took.length * share)] ?? 0).toFixed(2));
  console.log(
    `${passages} passages: built in ${(buildMs / 1000).toFixed(1)} s, ${heldMb.toFixed(0)} MB (its texts included), question p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(0.999)} ms, ${cpuMs.toFixed(2)} ms of CPU each`,
  );
  console.log(
    JSON.stringify({
      bench: 'knowledge',
      scale: passages,
      buildMs: Math.round(buildMs),
      heldMb: Math.round(heldMb),
      cpuMs: Number(cpuMs.toFixed(2)),
      p50Ms: at(0.5),
      p95Ms: at(0.95),
    }),
  );
}

function word(chance: () => number): string {
  const syllables = [
    'ka',
    'lo',
    'mi',
    'ten',
    'ra',
    'su',
    'ber',
    'no',
    'phi',
    'dor',
    'gan',
    'el',
    'ti',
    'vos',
    'mar',
    'qui',
  ];
  return Array.from(
    { length: 2 + Math.floor(chance() * 3) },
    () => syllables[Math.floor(chance() * syllables.length)],
  ).join('');
}

/** Mulberry32: the same passages at every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
