import { isUtf8 } from 'node:buffer';
import { decodeText } from './charset.ts';

/**
 * Rewrites raw 8-bit header lines (Chinese and Russian webmail writes names and file names so) as UTF-8, so that the
 * parser, which reads headers as UTF-8, keeps them. Bodies are left byte for byte: below the first blank line only
 * lines that can be nothing but MIME part headers are touched.
 *
 * @returns the same bytes when there is nothing to repair
 */
export function repairHeaders(bytes: Uint8Array): Uint8Array {
  if (isUtf8(bytes)) return bytes;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out: Uint8Array[] = [];
  let copied = 0;
  let inTop = true;
  let inHeader = false;
  for (let start = 0; start < buffer.length; ) {
    const newline = buffer.indexOf(0x0a, start);
    const end = newline < 0 ? buffer.length : newline + 1;
    const line = buffer.subarray(start, end);
    const blank = line.length === 1 || (line.length === 2 && line[0] === 0x0d);
    if (blank) inTop = false;
    const continues = line[0] === 0x20 || line[0] === 0x09;
    inHeader = !blank && (inTop || (continues ? inHeader : isPartHeader(line)));
    if (inHeader && !isUtf8(line)) {
      out.push(buffer.subarray(copied, start), Buffer.from(decodeText(line), 'utf8'));
      copied = end;
    }
    start = end;
  }
  if (copied === 0 && out.length === 0) return bytes;
  out.push(buffer.subarray(copied));
  return Buffer.concat(out);
}

function isPartHeader(line: Buffer): boolean {
  // 'C' of Content-, before the dearer test: this runs once for each line of a large letter.
  if (line[0] !== 0x43 && line[0] !== 0x63) return false;
  return /^content-(type|disposition|description|location):/i.test(line.subarray(0, 24).toString('latin1'));
}
