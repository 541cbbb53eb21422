/** RFC 4648 6, in small letters and without padding: what keeps its meaning when somebody changes the case. */
const letters = 'abcdefghijklmnopqrstuvwxyz234567';

export function toBase32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff;
    for (bits += 8; bits >= 5; bits -= 5) text += letters[(value >> (bits - 5)) & 31];
  }
  return bits === 0 ? text : text + letters[(value << (5 - bits)) & 31];
}

/** Opposite of toBase32, in any case; null for what it would not have written. */
export function fromBase32(text: string): Uint8Array<ArrayBuffer> | null {
  const plain = text.toLowerCase();
  const bytes = new Uint8Array(Math.floor((plain.length * 5) / 8));
  let length = 0;
  let bits = 0;
  let value = 0;
  for (const letter of plain) {
    const index = letters.indexOf(letter);
    if (index < 0) return null;
    value = ((value << 5) | index) & 0xffff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = (value >> bits) & 0xff;
  }
  return toBase32(bytes) === plain ? bytes : null;
}
