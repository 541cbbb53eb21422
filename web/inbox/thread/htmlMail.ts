import type { Attachment } from '../../../server/threads/schema.ts';

/** What a letter's HTML asks of its frame. Pure over strings, so that nothing of a letter runs here. */

/** Made by a designer rather than typed: tables, pictures, or colours of its own. */
export function isDesigned(html: string): boolean {
  return /<(table|img|video|svg)\b/i.test(html) || /\bbackground(-color|-image)?\s*[:=]/i.test(html);
}

/** It would fetch something from elsewhere, which tells the sender that, when and where it was read. */
export function wantsRemote(html: string): boolean {
  return (
    /\b(src|background|srcset|poster)\s*=\s*["']?\s*(https?:)?\/\//i.test(html) ||
    /url\(\s*["']?(https?:)?\/\//i.test(html)
  );
}

/** A letter without colours of its own may take ours; one with them keeps its paper white. */
export function bringsColours(html: string): boolean {
  return /\b(color|bgcolor|background(-color)?)\s*[:=]/i.test(html);
}

/** Quotes of earlier letters, as the big mail programs mark them. */
const QUOTES =
  'blockquote[type=cite], .gmail_quote, .gmail_extra, .yahoo_quoted, .moz-cite-prefix, #divRplyFwdMsg, #divRplyFwdMsg ~ *, .protonmail_quote, #appendonsend ~ *';

/** Whether there is something that {@link frameDocument} would fold. */
export function hasQuote(html: string): boolean {
  return /gmail_quote|type=["']?cite|yahoo_quoted|moz-cite|divRplyFwdMsg|protonmail_quote|appendonsend/i.test(html);
}

export interface FrameLook {
  /** Where the server fetches pictures from elsewhere for this letter (`/api/v1/messages/<id>/images`); null keeps them out. */
  pictures: string | null;
  quotes: boolean;
  /** Text, dim text and ground of our own screen, for a letter without colours; null leaves white paper. */
  colours: { text: string; link: string } | null;
  dir: 'ltr' | 'rtl';
}

/**
 * The document for a sandboxed frame: no script can run (sandbox and policy both say so), nothing is fetched but
 * inline pictures that came with the letter, and, when asked for, remote images by way of our server. Links open outside.
 */
export function frameDocument(html: string, attachments: Attachment[], look: FrameLook): string {
  const policy = `default-src 'none'; img-src data: 'self'; style-src 'unsafe-inline'; font-src data:`;
  const ground = look.colours === null ? '#fff' : 'transparent';
  const text = look.colours?.text ?? '#1b1e24';
  const link = look.colours?.link ?? '#3a47bd';
  const padding = look.colours === null ? '12px' : '0';
  return `<!doctype html><html dir="auto"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer"><base target="_blank">
<style>
:root{color-scheme:${look.colours === null ? 'light' : 'inherit'}}
html,body{margin:0;background:${ground}}
body{padding:${padding};color:${text};font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere;overflow-y:hidden;unicode-bidi:plaintext}
img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}a{color:${link}}
${look.quotes ? '' : `${QUOTES}{display:none!important}`}
img:not([src]){min-height:1.2em;background:#8883;outline:1px dashed #8886}
</style></head><body>${withInlineImages(withoutRemote(look.pictures === null ? html : withPictures(html, look.pictures)), attachments)}</body></html>`;
}

/** Pictures from elsewhere become empty places: nothing is even tried. The policy would refuse it anyway. */
function withoutRemote(html: string): string {
  return html.replace(/\b(src|srcset|poster|background)(\s*=\s*["']?\s*(?:https?:)?\/\/)/gi, 'data-remote-$1$2');
}

/** The server keeps addresses of remote pictures beside their place (`data-remote-src`); asked for, it fetches them itself. */
function withPictures(html: string, from: string): string {
  return html.replace(/\sdata-remote-(src|background)="(https?:\/\/[^"]*)"/gi, (_, place: string, url: string) => {
    const plain = url.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
    return ` ${place}="${from}?url=${encodeURIComponent(plain)}"`;
  });
}

/** `cid:` pictures, and those the server marked with `data-cid`, are the letter's own attachments. */
function withInlineImages(html: string, attachments: Attachment[]): string {
  const marked = html.replace(/\sdata-cid="([^"]*)"/gi, (whole, cid: string) => {
    const url = attachments.find((file) => file.contentId === cid.replaceAll('&amp;', '&'))?.url;
    return url === undefined ? whole : ` src="${url}"`;
  });
  return marked.replace(/cid:([^"'\s)>]+)/gi, (whole, cid: string) => {
    const wanted = safeDecode(cid);
    return attachments.find((file) => file.contentId === wanted)?.url ?? whole;
  });
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign is part of the id.
    return text;
  }
}
