import { flattenDeep } from '../html/depth.ts';
import { htmlLines, plainText } from '../html/lines.ts';
import { onePart, partBreak } from '../html/partBreak.ts';
import type { Allowance } from '../tnef/properties.ts';
import { readTnef } from '../tnef/read.ts';
import { flowedText } from './flowed.ts';
import type { Letter, LetterAttachment, ReportPart } from './letter.ts';
import { maxBodyChars, maxNestedLetters, maxParts } from './limits.ts';
import { decodeBody, LetterLimit } from './parse.ts';
import { squash } from './squash.ts';
import type { MimePart } from './tree.ts';
import { decodeWords } from './words.ts';

type Collected = Pick<Letter, 'text' | 'html' | 'attachments' | 'reports' | 'secured' | 'calendarMethod'>;

/**
 * Walks the parts of a letter in order and makes its text, its HTML and its attachments.
 *
 * Text and HTML are each whole: where a letter mixes both (text, then HTML below it), each gets the other converted. A
 * nested message that is not marked as an attachment is shown in place under its own header lines (a forward);
 * in a delivery or feedback report it is evidence and stays a report part. What Outlook packed into a `winmail.dat` (TNEF)
 * stands beside it: its files as attachments, its body where the letter has no richer one.
 *
 * @param readNested parses a nested message one level deeper
 * @param tnef what all TNEF of the letter, nested messages included, may cost
 * @throws LetterLimit `too-many-parts`
 */
export async function collectParts(
  root: MimePart,
  depth: number,
  readNested: (bytes: Uint8Array) => Promise<Letter>,
  tnef: Allowance,
): Promise<Collected> {
  const walk: Walk = {
    blocks: [],
    packed: [],
    attachments: [],
    reports: [],
    secured: null,
    calendarMethod: null,
    parts: 0,
  };
  walk.secured = securedRoot(root);
  const isReport = hasReport(root);
  await visit(root, null, false);
  return {
    ...bodies(withPacked(walk)),
    attachments: walk.attachments,
    reports: walk.reports,
    secured: walk.secured,
    calendarMethod: walk.calendarMethod,
  };

  async function visit(part: MimePart, group: Block | null, related: boolean): Promise<void> {
    if (++walk.parts > maxParts) throw new LetterLimit('too-many-parts');
    const { multipart } = part.contentType;
    if (multipart === false || part.childNodes.length === 0) {
      await leaf(part, group, related);
      return;
    }
    let inside = group;
    if (multipart.toLowerCase() === 'alternative' && !group) {
      inside = { plain: [], html: [] };
      walk.blocks.push(inside);
    }
    for (const child of part.childNodes) await visit(child, inside, related || multipart.toLowerCase() === 'related');
  }

  async function leaf(part: MimePart, group: Block | null, related: boolean): Promise<void> {
    const type = leafType(part);
    const disposition = part.contentDisposition.parsed.value.toLowerCase();
    const content = new Uint8Array(part.content ?? new ArrayBuffer(0));
    const report = reportKind(type, isReport);
    if (report) {
      walk.reports.push({
        kind: report,
        text: reportText(content, part),
      });
      if (report !== 'returned') return;
    }
    if (disposition !== 'attachment' && (type === 'text/plain' || type === 'text/html')) {
      text(part, content, type === 'text/html' ? 'html' : 'plain', group);
      return;
    }
    if (type === 'message/rfc822' && disposition !== 'attachment' && !isReport && depth < maxNestedLetters) {
      await nested(content);
      return;
    }
    if (!part.content) return;
    if (looksLikeTnef(type, content)) unpack(content);
    attach(part, content, type, disposition, related);
  }

  function unpack(content: Uint8Array): void {
    const packed = readTnef(content, tnef);
    if (packed === null) return;
    walk.packed.push({
      plain: packed.text ? [squash(packed.text.slice(0, maxBodyChars))] : [],
      html: packed.html ? [flattenDeep(onePart(squash(packed.html.slice(0, maxBodyChars))))] : [],
    });
    const inPlace = (packed.html ?? '').toLowerCase();
    for (const file of packed.files) {
      if (++walk.parts > maxParts) throw new LetterLimit('too-many-parts');
      const type = file.type || typeByName(file.name);
      walk.attachments.push({
        name: fileName(file.name) || defaultName(type, walk.attachments),
        type,
        content: file.content,
        contentId: file.contentId,
        inline: file.contentId !== null && inPlace.includes(`cid:${file.contentId.toLowerCase()}`),
      });
    }
  }

  function text(part: MimePart, content: Uint8Array, kind: 'plain' | 'html', group: Block | null): void {
    const { charset, format, delsp } = part.contentType.parsed.params;
    let decoded = squash(decodeBody(content, charset, kind === 'html').slice(0, maxBodyChars));
    if (kind === 'html') decoded = flattenDeep(onePart(decoded));
    if (kind === 'plain' && /^flowed$/i.test(format ?? '')) decoded = flowedText(decoded, /^yes$/i.test(delsp ?? ''));
    const block = group ?? { plain: [], html: [] };
    if (!group) walk.blocks.push(block);
    block[kind].push(decoded);
  }

  async function nested(content: Uint8Array): Promise<void> {
    const letter = await readNested(content);
    if (letter.headers.length === 0) return;
    walk.reports.push({ kind: 'returned', text: decodeBody(content.subarray(0, 32_768), undefined, false) });
    const block: Block = { plain: [], html: [] };
    const lines = headLines(letter);
    if (letter.text !== null || letter.html === null) block.plain.push(`${lines.join('\n')}\n\n${letter.text ?? ''}`);
    if (letter.html !== null) block.html.push(`${textAsHtml(lines.join('\n'))}<br>${letter.html}`);
    walk.blocks.push(block);
    walk.attachments.push(...letter.attachments);
  }

  function attach(part: MimePart, content: Uint8Array, type: string, disposition: string, related: boolean): void {
    const { params } = part.contentType.parsed;
    const given = part.contentDisposition.parsed.params.filename || params.name || '';
    const contentId = part.contentId?.trim().replace(/^<|>$/g, '') || null;
    if (type === 'text/calendar' && !walk.calendarMethod) walk.calendarMethod = calendarMethod(params, content);
    walk.attachments.push({
      name: fileName(decodeWords(given)) || defaultName(type, walk.attachments),
      type: type || 'application/octet-stream',
      content,
      contentId,
      inline: disposition !== 'attachment' && contentId !== null && (related || type.startsWith('image/')),
    });
  }
}

/** Characters of a report's part that are looked at: its headers, and those of the letter it returns. */
const maxReportChars = 256 * 1024;

function reportText(content: Uint8Array, part: MimePart): string {
  const bytes = content.subarray(0, maxReportChars);
  return squash(decodeBody(bytes, part.contentType.parsed.params.charset, false));
}

interface Walk {
  blocks: Block[];
  /** Bodies out of TNEF. */
  packed: Block[];
  attachments: LetterAttachment[];
  reports: ReportPart[];
  secured: Letter['secured'];
  calendarMethod: string | null;
  parts: number;
}

/** One piece of the body; its two forms say the same. */
interface Block {
  plain: string[];
  html: string[];
}

/** The packed body says the same as the letter's own, so it only fills what that lacks: all of it, or its HTML. */
function withPacked({ blocks, packed: [packed] }: Walk): Block[] {
  if (packed === undefined) return blocks;
  const written = blocks.filter((block) => [...block.plain, ...block.html].some((one) => one.trim() !== ''));
  if (written.length === 0) return [...blocks, packed];
  const [only] = written;
  return written.length === 1 && only?.html.length === 0 ? [{ plain: only.plain, html: packed.html }] : blocks;
}

function looksLikeTnef(type: string, content: Uint8Array): boolean {
  const isNamed = /^application\/(vnd\.)?ms-tnef$/.test(type) || type === 'application/octet-stream';
  return isNamed && content[0] === 0x78 && content[1] === 0x9f && content[2] === 0x3e && content[3] === 0x22;
}

function bodies(blocks: Block[]): { text: string | null; html: string | null } {
  const anyPlain = blocks.some((block) => block.plain.length > 0);
  const anyHtml = blocks.some((block) => block.html.length > 0);
  const text = anyPlain
    ? blocks
        .map(({ plain, html }) => (plain.length ? plain.join('\n') : plainText(htmlLines(html.join(partBreak)))))
        .join('\n')
    : null;
  const html = anyHtml
    ? blocks
        .map((block) => (block.html.length ? block.html.join(partBreak) : textAsHtml(block.plain.join('\n'))))
        .join(partBreak)
    : null;
  return { text, html };
}

/**
 * The type a part is read as. RFC 2045 5.2: a type that is none is text/plain; a multipart that shows no parts (its
 * boundary is missing or never appears) is shown as the text it is.
 */
function leafType(part: MimePart): string {
  const type = part.contentType.parsed.value.toLowerCase();
  return part.contentType.multipart !== false || !type.includes('/') ? 'text/plain' : type;
}

/** Plain text as HTML that shows the same lines. */
function textAsHtml(text: string): string {
  const escaped = text.replace(
    /[&<>"]/g,
    (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one] ?? one,
  );
  return `<div>${escaped.replace(/\r?\n/g, '<br>\n')}</div>`;
}

function headLines(letter: Letter): string[] {
  const list = (boxes: { name: string; address: string }[]) =>
    boxes.map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(', ');
  const fields: [string, string | null][] = [
    ['From', list(letter.from)],
    ['Date', letter.headers.find((one) => one.name === 'date')?.value ?? null],
    ['Subject', letter.subject],
    ['To', list(letter.to)],
    ['Cc', list(letter.cc)],
  ];
  return [
    '---------- Forwarded message ----------',
    ...fields.flatMap(([name, value]) => (value ? [`${name}: ${value}`] : [])),
  ];
}

function hasReport(part: MimePart): boolean {
  const kind = reportKind(part.contentType.parsed.value.toLowerCase(), false);
  return (kind !== null && kind !== 'returned') || part.childNodes.some(hasReport);
}

function reportKind(type: string, isReport: boolean): ReportPart['kind'] | null {
  switch (type) {
    case 'message/delivery-status':
    case 'message/global-delivery-status':
      return 'deliveryStatus';
    case 'message/feedback-report':
      return 'feedback';
    case 'message/disposition-notification':
    case 'message/global-disposition-notification':
      return 'disposition';
    case 'text/rfc822-headers':
    case 'message/global-headers':
      return 'returned';
    case 'message/rfc822':
    case 'message/global':
    case 'message/partial':
      return isReport ? 'returned' : null;
    default:
      return null;
  }
}

/** RFC 8551 and RFC 3156: said by the outermost type. */
function securedRoot(root: MimePart): Letter['secured'] {
  const { value, params } = root.contentType.parsed;
  const type = value.toLowerCase();
  const protocol = (params.protocol ?? '').toLowerCase();
  if (type === 'multipart/encrypted') return protocol.includes('pgp') ? 'pgpEncrypted' : 'smimeEncrypted';
  if (type === 'multipart/signed') return protocol.includes('pgp') ? 'pgpSigned' : 'smimeSigned';
  if (/^application\/(x-)?pkcs7-mime$/.test(type)) {
    return /signed/i.test(params['smime-type'] ?? '') ? 'smimeSigned' : 'smimeEncrypted';
  }
  return null;
}

function calendarMethod(params: Record<string, string>, content: Uint8Array): string {
  const inBody = /^METHOD:([A-Z]+)/im.exec(Buffer.from(content.subarray(0, 4_096)).toString('utf8'))?.[1];
  return (params.method || inBody || 'PUBLISH').toUpperCase();
}

/** A name without folders and control characters; the sender's slashes must not name places on our disk. */
function fileName(name: string): string {
  const clean = name
    .replace(/[\p{Cc}\u202a-\u202e]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return clean
    .replace(/^[A-Za-z]:\\.*\\/, '')
    .replace(/[\\/]/g, '_')
    .slice(-200);
}

const extensions: Record<string, string> = {
  'message/rfc822': 'eml',
  'text/calendar': 'ics',
  'text/plain': 'txt',
  'text/html': 'html',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'application/pdf': 'pdf',
  'application/pkcs7-signature': 'p7s',
  'application/pgp-signature': 'asc',
};

/** The type that a file's ending names. */
function typeByName(name: string): string {
  const ending = name.split('.').at(-1)?.toLowerCase() ?? '';
  const known = Object.entries(extensions).find(([, extension]) => extension === (endings[ending] ?? ending));
  return known?.[0] ?? 'application/octet-stream';
}

const endings: Record<string, string> = { jpeg: 'jpg', htm: 'html' };

function defaultName(type: string, before: LetterAttachment[]): string {
  const extension = extensions[type] ?? (/^[\w-]+\/([\w-]{1,8})$/.exec(type)?.[1] || 'bin');
  return `attachment-${before.length + 1}.${extension}`;
}
