import type { BouncedRecipient } from '../../../server/channels/channel.ts';
import { classify } from '../../../server/channels/email/kind/classify.ts';
import { parseLetter } from '../../../server/channels/email/mime/parse.ts';
import { percent, rawOf, rowsOf } from './files.ts';

interface Row {
  id: string;
  path: string;
  label: 'bounce' | 'feedback_report' | 'auto_reply' | 'normal' | 'person';
  expect: { status: string; replycode: string; reason: string; hard: boolean }[] | null;
}

const labels: Record<Row['label'], string> = {
  bounce: 'bounce',
  feedback_report: 'feedbackReport',
  auto_reply: 'autoReply',
  normal: 'person',
  person: 'person',
};

/** What each letter is, and for reports what is said of each recipient. */
export async function scoreBounces(folder: string): Promise<object> {
  const rows = rowsOf<Row>(folder, 'bounce_autoreply.jsonl');
  const right = { label: 0, status: 0, replycode: 0, reason: 0, hard: 0 };
  let recipients = 0;
  for (const row of rows) {
    const letter = await parseLetter(rawOf(folder, row.path));
    const { classification, detail } = classify(letter, { addresses: new Set(), isOwnMessageId: () => false });
    if (classification === labels[row.label]) right.label++;
    else console.log(`  ${row.id}: ${classification} (${detail?.why ?? ''}), expected ${labels[row.label]}`);
    for (const [index, expected] of (row.expect ?? []).entries()) {
      recipients++;
      const misses = compare(detail?.bounces?.[index], expected);
      for (const field of ['status', 'replycode', 'reason', 'hard'] as const) if (!misses[field]) right[field]++;
      const told = Object.values(misses);
      if (told.length > 0) console.log(`  ${row.id} [${index}]: ${told.join('; ')}`);
    }
  }
  console.log(`labels: ${right.label} of ${rows.length}, ${percent(right.label, rows.length)}`);
  for (const field of ['status', 'replycode', 'reason', 'hard'] as const)
    console.log(`${field}: ${right[field]} of ${recipients}, ${percent(right[field], recipients)}`);
  return { letters: rows.length, recipients, right };
}

function compare(
  ours: BouncedRecipient | undefined,
  theirs: NonNullable<Row['expect']>[number],
): Record<string, string> {
  const misses: Record<string, string> = {};
  if (ours?.status !== theirs.status) misses.status = `status ${ours?.status}, expected ${theirs.status}`;
  if (ours?.replyCode !== theirs.replycode) misses.replycode = `code ${ours?.replyCode}, expected ${theirs.replycode}`;
  if (ours?.reason !== theirs.reason) misses.reason = `${ours?.reason}, expected ${theirs.reason}`;
  if (ours?.hard !== theirs.hard) misses.hard = `hard ${ours?.hard}, expected ${theirs.hard}`;
  return misses;
}
