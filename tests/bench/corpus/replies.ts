import { parseLetter } from '../../../server/channels/email/mime/parse.ts';
import { type LetterBody, splitReply } from '../../../server/channels/email/reply/reply.ts';
import { percent, rowsOf } from './files.ts';

interface Row {
  id: string;
  lang: string;
  format: 'eml' | 'html' | 'text';
  input: string;
  expect: {
    reply_equals?: string;
    reply_nospace_equals?: string;
    reply_is_whole_message?: boolean;
    contains_regex?: string[];
    hidden_contains_regex?: string[];
  };
}

/** What the person wrote, whitespace aside; every expectation of a row has to hold. */
export async function scoreReplies(folder: string): Promise<object> {
  const rows = rowsOf<Row>(folder, 'reply_strip.jsonl');
  const languages: Record<string, { right: number; of: number }> = {};
  let right = 0;
  for (const row of rows) {
    const split = splitReply(await bodyOf(row));
    const misses = missesOf(row, split.text, split.rest ?? '');
    const language = row.lang ?? '?';
    languages[language] ??= { right: 0, of: 0 };
    const count = languages[language];
    count.of++;
    if (misses.length === 0) {
      right++;
      count.right++;
    } else console.log(`  ${row.id}: ${misses.join('; ')}\n      got ${JSON.stringify(split.text.slice(0, 300))}`);
  }
  console.log(`replies: ${right} of ${rows.length}, ${percent(right, rows.length)}`);
  return { right, of: rows.length, languages };
}

async function bodyOf({ format, input }: Row): Promise<LetterBody> {
  if (format === 'eml') return parseLetter(Buffer.from(input, 'utf8'));
  return { text: format === 'text' ? input : null, html: format === 'html' ? input : null, subject: null };
}

function missesOf({ expect, input }: Row, text: string, rest: string): string[] {
  const misses: string[] = [];
  const equals = (wanted: string | undefined, of: (value: string) => string) => {
    if (wanted !== undefined && of(text) !== of(wanted))
      misses.push(`expected ${JSON.stringify(wanted.slice(0, 300))}`);
  };
  equals(expect.reply_equals, (value) => value.split(/\s+/).filter(Boolean).join(' '));
  equals(expect.reply_nospace_equals, (value) => value.replace(/\s+/g, ''));
  if (expect.reply_is_whole_message) equals(input, (value) => value.split(/\s+/).filter(Boolean).join(' '));
  for (const pattern of expect.contains_regex ?? [])
    if (!new RegExp(pattern, 'm').test(text)) misses.push(`no ${pattern}`);
  for (const pattern of expect.hidden_contains_regex ?? [])
    if (!new RegExp(pattern, 'm').test(rest)) misses.push(`not folded: ${pattern}`);
  return misses;
}
