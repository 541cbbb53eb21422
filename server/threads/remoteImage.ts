import type { Reader } from '../db/tx.ts';
import { AppError, notFound } from '../errors.ts';
import { FetchRefused, type FetchWorld, fetchPublic, type PublicFile } from '../lib/fetchPublic.ts';

/** No SVG: it is a document that can run. */
const imageType = /^image\/(png|jpe?g|pjpeg|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon)$/;
const limits = {
  maxBytes: 5 * 1024 * 1024,
  timeoutMs: 8_000,
  maxRedirects: 3,
  isAllowedType: (type: string) => imageType.test(type),
};

/**
 * A picture of a letter that lies elsewhere, fetched by the server for a reader who asked for it: its owner learns neither
 * who reads nor where. Only what the letter itself names is fetched, so that this is nobody's way into another network.
 *
 * @throws AppError 404 when the letter names no such picture; 422 when it cannot be had
 */
export async function remoteImage(
  reader: Reader,
  messageId: string,
  url: string,
  world?: FetchWorld,
): Promise<PublicFile> {
  const message = await reader.message.findUnique({ where: { id: messageId }, select: { html: true } });
  if (!message?.html || !remoteUrls(message.html).has(url)) throw notFound('picture');
  try {
    return await fetchPublic(url, limits, world);
  } catch (error) {
    if (!(error instanceof FetchRefused)) throw error;
    throw new AppError('meaning', `picture.${error.why}`, 'This picture cannot be loaded.');
  }
}

/** Addresses of the pictures and backgrounds that the sanitiser put aside. */
function remoteUrls(html: string): Set<string> {
  const found = html.matchAll(/\sdata-remote-(?:src|background)="([^"]*)"/g);
  return new Set([...found].map((match) => (match[1] ?? '').replaceAll('&quot;', '"').replaceAll('&amp;', '&')));
}
