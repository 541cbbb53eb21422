import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { scoreBounces } from './corpus/bounces.ts';
import { scoreMime } from './corpus/mime.ts';
import { scoreReplies } from './corpus/replies.ts';
import { scoreThreads } from './corpus/threads.ts';

/**
 * `npm run bench -- corpus`: reads letters that others collected and compares what Parley makes of them with the truth
 * given beside them. `PARLEY_CORPUS` is the folder with `mime_expect.jsonl`, `reply_strip.jsonl`,
 * `bounce_autoreply.jsonl`, `threads.jsonl` and `raw/`, or its parent (`email/` inside). Each miss is printed; the last line
 * is one JSON object with every score.
 *
 * @param args the folder, if not given by PARLEY_CORPUS
 */
export async function run(args: string[]): Promise<void> {
  const given = args[0] ?? process.env.PARLEY_CORPUS;
  const folder = [given, given && join(given, 'email')].find(
    (one) => one && sets.some((set) => existsSync(join(one, set.file))),
  );
  if (!folder)
    throw new Error(
      `No corpus in ${given ?? 'PARLEY_CORPUS (not set)'}: it needs one of ${sets.map((set) => set.file).join(', ')}`,
    );
  const scores: Record<string, unknown> = {};
  for (const { name, file, score } of sets) {
    if (!existsSync(join(folder, file))) continue;
    console.log(`\n== ${name}`);
    scores[name] = await score(folder);
  }
  console.log(JSON.stringify({ bench: 'corpus', ...scores }));
}

const sets = [
  { name: 'mime', file: 'mime_expect.jsonl', score: scoreMime },
  { name: 'replies', file: 'reply_strip.jsonl', score: scoreReplies },
  { name: 'bounces', file: 'bounce_autoreply.jsonl', score: scoreBounces },
  { name: 'threads', file: 'threads.jsonl', score: scoreThreads },
];
