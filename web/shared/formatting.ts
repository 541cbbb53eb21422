/**
 * The composer's simple formatting: typed as light marks (**bold**, _italic_, `- ` lists, `> ` quotes,
 * [words](https://…)), sent as HTML where the channel shows it and as clean text everywhere. Pure.
 */

/** Whether there is anything that HTML would show differently from plain text. */
export function isFormatted(text: string): boolean {
  return /\*\*[^\s*][^*]*\*\*|(^|[\s(])_[^\s_][^_]*_(?=[\s).,;:!?]|$)|^[-*] \S|^\d+[.)] \S|^> |\[[^\]]+\]\(https?:/m.test(
    text,
  );
}

/** The text without its marks: what a plain-text reader and a messenger get. */
export function toPlain(text: string): string {
  return text
    .replace(/\*\*([^\s*](?:[^*]*[^\s*])?)\*\*/g, '$1')
    .replace(/(^|[\s(])_([^\s_](?:[^_]*[^\s_])?)_(?=[\s).,;:!?]|$)/gm, '$1$2')
    .replace(/\[([^\]]+)\]\((https?:[^\s)]+)\)/g, (_, words: string, url: string) =>
      words === url ? url : `${words} (${url})`,
    );
}

/** The text as simple HTML: p, br, strong, em, a, ul, ol, li, blockquote; everything else is escaped. */
export function toHtml(text: string): string {
  const blocks = text.replace(/\r\n?/g, '\n').split(/\n{2,}/);
  return blocks.map((block) => blockHtml(block.split('\n'))).join('');
}

function blockHtml(lines: string[]): string {
  const parts: string[] = [];
  let index = 0;
  while (index < lines.length) {
    const kind = kindOf(lines[index] ?? '');
    const run: string[] = [];
    while (index < lines.length && kindOf(lines[index] ?? '') === kind) run.push(lines[index++] ?? '');
    parts.push(runHtml(kind, run));
  }
  return parts.join('');
}

type Kind = 'text' | 'bullet' | 'number' | 'quote';

function kindOf(line: string): Kind {
  if (/^[-*] \S/.test(line)) return 'bullet';
  if (/^\d+[.)] \S/.test(line)) return 'number';
  if (/^> ?/.test(line)) return 'quote';
  return 'text';
}

function runHtml(kind: Kind, lines: string[]): string {
  const item = (line: string) => `<li>${inlineHtml(line.replace(/^([-*]|\d+[.)]) /, ''))}</li>`;
  switch (kind) {
    case 'bullet':
      return `<ul>${lines.map(item).join('')}</ul>`;
    case 'number':
      return `<ol>${lines.map(item).join('')}</ol>`;
    case 'quote':
      return `<blockquote>${lines.map((line) => inlineHtml(line.replace(/^> ?/, ''))).join('<br>')}</blockquote>`;
    case 'text':
      return lines.every((line) => line.trim() === '') ? '' : `<p>${lines.map(inlineHtml).join('<br>')}</p>`;
  }
}

function inlineHtml(line: string): string {
  return escapeHtml(line)
    .replace(
      /\[([^\]]+)\]\((https?:[^\s)]+)\)|(https?:\/\/[^\s<]+[^\s<.,;:!?)])/g,
      (_, words: string | undefined, url: string | undefined, bare: string | undefined) =>
        `<a href="${url ?? bare}">${words ?? bare}</a>`,
    )
    .replace(/\*\*([^\s*](?:[^*]*[^\s*])?)\*\*/g, '<strong>$1</strong>')
    .replace(/(^|[\s(])_([^\s_](?:[^_]*[^\s_])?)_(?=[\s).,;:!?]|$)/g, '$1<em>$2</em>');
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** A text with a selection, as a text field holds it. */
export interface Selected {
  text: string;
  start: number;
  end: number;
}

/** Puts a mark around the selection, or takes it away when it is there. */
export function toggleMark({ text, start, end }: Selected, mark: string): Selected {
  const around = text.slice(start - mark.length, start) === mark && text.slice(end, end + mark.length) === mark;
  if (around)
    return {
      text: text.slice(0, start - mark.length) + text.slice(start, end) + text.slice(end + mark.length),
      start: start - mark.length,
      end: end - mark.length,
    };
  return {
    text: text.slice(0, start) + mark + text.slice(start, end) + mark + text.slice(end),
    start: start + mark.length,
    end: end + mark.length,
  };
}

/** Begins each selected line with a prefix (`- `, `> `), or takes it away when all have it. */
export function togglePrefix({ text, start, end }: Selected, prefix: string): Selected {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', end) === -1 ? text.length : text.indexOf('\n', end);
  const lines = text.slice(from, to).split('\n');
  const all = lines.every((line) => line.startsWith(prefix));
  const changed = lines.map((line) => (all ? line.slice(prefix.length) : prefix + line)).join('\n');
  return {
    text: text.slice(0, from) + changed + text.slice(to),
    start: Math.max(from, start + (all ? -prefix.length : prefix.length)),
    end: end + (changed.length - (to - from)),
  };
}
