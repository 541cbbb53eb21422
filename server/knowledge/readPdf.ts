import { getDocumentProxy } from 'unpdf';

/** Pages that are read at most. */
const mostPages = 2000;
/** Letters so much higher than the usual ones make a heading. */
const headingShare = 1.15;

interface Line {
  text: string;
  height: number;
}

/** A PDF's text as Markdown: lines of larger letters become headings, the rest paragraphs. @throws when it cannot be read or holds no text */
export async function readPdf(bytes: Uint8Array): Promise<{ title: string | null; body: string }> {
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const lines: Line[] = [];
  for (let number = 1; number <= Math.min(document.numPages, mostPages); number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    let line: Line = { text: '', height: 0 };
    for (const item of items) {
      if (!('str' in item)) continue;
      line.text += item.str;
      line.height = Math.max(line.height, item.height);
      if (!item.hasEOL) continue;
      lines.push(line);
      line = { text: '', height: 0 };
    }
    lines.push(line, { text: '', height: 0 });
    page.cleanup();
  }
  const { info } = (await document.getMetadata()) as { info?: { Title?: unknown } };
  await document.destroy();
  const body = markdownOf(lines);
  if (body === '') throw new Error('this PDF holds no text (a scan?)');
  const title = typeof info?.Title === 'string' ? info.Title.trim() : '';
  return { title: title === '' || /^(untitled|microsoft word)|\.\w{2,4}$/i.test(title) ? null : title, body };
}

/** Pure. */
export function markdownOf(lines: readonly Line[]): string {
  const usual = median(lines.filter((line) => line.text.trim() !== '').map((line) => line.height));
  const sizes = [...new Set(lines.map((line) => Math.round(line.height)))]
    .filter((height) => height > usual * headingShare)
    .sort((a, b) => b - a);
  const blocks: string[] = [];
  let paragraph = '';
  const flush = () => {
    if (paragraph !== '') blocks.push(paragraph);
    paragraph = '';
  };
  for (const line of lines) {
    const text = line.text.replace(/\s+/g, ' ').trim();
    const heading = line.height > usual * headingShare && text.length < 160;
    if (text === '') flush();
    else if (heading) {
      flush();
      blocks.push(`${'#'.repeat(Math.min(3, 1 + Math.max(0, sizes.indexOf(Math.round(line.height)))))} ${text}`);
    } else if (/^[•▪◦–-]\s/.test(text)) {
      flush();
      paragraph = text.replace(/^[•▪◦–-]\s+/, '- ');
    } else if (paragraph.endsWith('-') && /^\p{Ll}/u.test(text)) paragraph = paragraph.slice(0, -1) + text;
    else paragraph = paragraph === '' ? text : `${paragraph} ${text}`;
  }
  flush();
  return blocks.join('\n\n');
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
