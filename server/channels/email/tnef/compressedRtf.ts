/**
 * Unpacks compressed RTF (MS-OXRTFCP). Pure; a stream that ends too early gives what it held.
 *
 * @param maxBytes what is unpacked at most; the rest is left out
 * @returns null when the header is none of compressed RTF
 */
export function unpackRtf(packed: Uint8Array, maxBytes: number): Uint8Array | null {
  if (packed.length < headerBytes) return null;
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const size = Math.min(view.getUint32(4, true), maxBytes);
  const kind = view.getUint32(8, true);
  const end = Math.min(packed.length, view.getUint32(0, true) + 4);
  if (kind === uncompressed) return packed.subarray(headerBytes, Math.min(headerBytes + size, packed.length));
  return kind === compressed ? unpack(packed.subarray(headerBytes, end), size) : null;
}

const headerBytes = 16;
const compressed = 0x75465a4c;
const uncompressed = 0x414c454d;
const dictionaryBytes = 4_096;
/** What the dictionary holds at the start (MS-OXRTFCP 2.1.3.1.1). */
const common = Buffer.from(
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor ' +
    'MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx',
  'latin1',
);

function unpack(packed: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(Math.min(size, packed.length * 18));
  const dictionary = new Uint8Array(dictionaryBytes);
  dictionary.set(common);
  let write = common.length;
  let length = 0;
  const put = (byte: number) => {
    if (length < out.length) out[length++] = byte;
    dictionary[write] = byte;
    write = (write + 1) % dictionaryBytes;
  };
  let at = 0;
  while (at < packed.length && length < out.length) {
    const control = packed[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < packed.length && length < out.length; bit++) {
      if ((control & (1 << bit)) === 0) {
        put(packed[at++] ?? 0);
        continue;
      }
      const reference = ((packed[at] ?? 0) << 8) | (packed[at + 1] ?? 0);
      at += 2;
      const from = reference >> 4;
      if (from === write) return out.subarray(0, length);
      for (let i = 0; i < (reference & 0xf) + 2; i++) put(dictionary[(from + i) % dictionaryBytes] ?? 0);
    }
  }
  return out.subarray(0, length);
}
