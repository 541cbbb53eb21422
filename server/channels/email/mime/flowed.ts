/**
 * RFC 3676 format=flowed: a line that ends in a space goes on in the next one of the same quote depth.
 *
 * @param deleteSpace DelSp=yes: the space belongs to the break, not to the text
 */
export function flowedText(text: string, deleteSpace: boolean): string {
  const out: string[] = [];
  let open: { depth: number } | null = null;
  for (const raw of text.split(/\r?\n/)) {
    const quotes = /^>+/.exec(raw)?.[0] ?? '';
    let line = raw.slice(quotes.length);
    if (line.startsWith(' ')) line = line.slice(1);
    const isSignature = line === '-- ';
    const flows = line.endsWith(' ') && !isSignature;
    const body = flows && deleteSpace ? line.slice(0, -1) : line;
    const last = out.length - 1;
    if (open && open.depth === quotes.length && !isSignature) out[last] = `${out[last] ?? ''}${body}`;
    else out.push(quotes ? `${quotes} ${body}` : raw.startsWith(' >') ? raw : body);
    open = flows ? { depth: quotes.length } : null;
  }
  return out.join('\n');
}
