import { inProcessBytes, inProcessDepth, inProcessParts, inProcessTnefBytes } from './limits.ts';

/** Bytes of the first header block that are plain enough to parse at once. */
const plainHeaderBytes = 64 * 1024;

/**
 * Looks over a letter, without parsing it, for what makes parsing dear: size, many or nested parts, long headers, packed letters. One
 * pass over at most half a megabyte.
 *
 * @returns true when it can be parsed in this process without fear of holding everyone up
 */
export function isPlainLetter(bytes: Uint8Array): boolean {
  if (bytes.length > inProcessBytes) return false;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = Math.min(first(buffer, '\n\n'), first(buffer, '\r\n\r\n'));
  if (head > plainHeaderBytes && bytes.length > plainHeaderBytes) return false;
  if (bytes.length > inProcessTnefBytes && tnefMarks.some((mark) => buffer.includes(mark))) return false;
  // Header names in any case; a few false matches in bodies only send a letter to the worker.
  return count(buffer, 'oundary', inProcessDepth) && count(buffer, 'ontent-', inProcessParts * 4);
}

/** TNEF by its type, and by its first bytes as they are, in base64 and in quoted-printable. */
const tnefMarks: readonly (string | Buffer)[] = [
  'ms-tnef',
  'MS-TNEF',
  'eJ8+I',
  Buffer.from([0x78, 0x9f, 0x3e, 0x22]),
  'x=9F>',
];

function first(buffer: Buffer, mark: string): number {
  const at = buffer.indexOf(mark);
  return at < 0 ? buffer.length : at;
}

/** True while `mark` is found no more than `most` times. */
function count(buffer: Buffer, mark: string, most: number): boolean {
  let found = 0;
  for (let at = buffer.indexOf(mark); at >= 0; at = buffer.indexOf(mark, at + mark.length))
    if (++found > most) return false;
  return true;
}
