import { createHash } from 'node:crypto';
import { classify } from '../../../server/channels/email/kind/classify.ts';
import type { Letter } from '../../../server/channels/email/mime/letter.ts';
import { readAnyLetter } from '../../../server/channels/email/mime/parseIsolated.ts';
import { percent, rawOf, rowsOf } from './files.ts';

interface Row {
  id: string;
  path: string;
  expect: {
    subject: string | null;
    from_: string[];
    message_id: string | null;
    attachments: { filename: string | null; type: string; size: number; sha1: string }[];
    text_sha1: string | null;
    text_head: string | null;
  };
  consensus: Record<string, boolean | null>;
}

/** Fields on which several parsers agree, each compared; and every letter has to end stored, quickly. */
export async function scoreMime(folder: string): Promise<object> {
  const rows = rowsOf<Row>(folder, 'mime_expect.jsonl');
  const fields: Record<string, { right: number; of: number }> = {};
  const kinds: Record<string, number> = {};
  let quarantined = 0;
  let slowestMs = 0;
  for (const row of rows) {
    const started = performance.now();
    const outcome = await readAnyLetter(rawOf(folder, row.path));
    slowestMs = Math.max(slowestMs, performance.now() - started);
    if ('quarantine' in outcome) {
      quarantined++;
      console.log(`  ${row.id}: quarantined, ${outcome.quarantine}`);
      continue;
    }
    const { letter } = outcome.read;
    for (const [field, miss] of Object.entries(compare(letter, row))) {
      fields[field] ??= { right: 0, of: 0 };
      const count = fields[field];
      count.of++;
      if (miss === null) count.right++;
      else console.log(`  ${row.id} ${field}: ${miss}`);
    }
    const { classification, detail } = classify(letter, { addresses: new Set(), isOwnMessageId: () => false });
    kinds[classification] = (kinds[classification] ?? 0) + 1;
    if (classification !== 'person')
      console.log(`  (${row.id} is ${classification}: ${detail?.why}; "${letter.subject ?? ''}")`);
  }
  for (const [field, { right, of }] of Object.entries(fields))
    console.log(`${field}: ${right} of ${of}, ${percent(right, of)}`);
  console.log(`letters: ${rows.length}, quarantined: ${quarantined}, slowest: ${slowestMs.toFixed(0)} ms`);
  return { letters: rows.length, quarantined, slowestMs: Math.round(slowestMs), fields, kinds };
}

/** For each certain field what is wrong, or null. */
function compare(letter: Letter, { expect, consensus }: Row): Record<string, string | null> {
  const found: Record<string, string | null> = {};
  const check = (field: string, ours: string, theirs: string) => {
    if (consensus[field])
      found[field] =
        ours === theirs
          ? null
          : `${JSON.stringify(ours.slice(0, 120))}, expected ${JSON.stringify(theirs.slice(0, 120))}`;
  };
  check('subject', (letter.subject ?? '').trim(), (expect.subject ?? '').trim());
  check('from', letter.from[0]?.address.toLowerCase() ?? '', expect.from_[0]?.toLowerCase() ?? '');
  check('message_id', letter.messageId ?? '', expect.message_id?.trim() ?? '');
  if (consensus.text) {
    const words = (letter.text ?? '').split(/\s+/).filter(Boolean).join(' ');
    found.text =
      sha1(words) === expect.text_sha1
        ? null
        : `${JSON.stringify(words.slice(0, 80))}, expected ${JSON.stringify(expect.text_head)}`;
  }
  if (consensus.attachments) {
    const ours = letter.attachments.map((one) => `${one.content.length}:${sha1(one.content)}`);
    const missing = expect.attachments.filter((one) => !ours.includes(`${one.size}:${one.sha1}`));
    found.attachments = missing.length === 0 ? null : `missing ${missing.map((one) => one.filename).join(', ')}`;
  }
  return found;
}

function sha1(value: string | Uint8Array): string {
  return createHash('sha1').update(value).digest('hex');
}
