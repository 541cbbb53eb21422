/** Seven-bit encodings that the platform's TextDecoder does not know. */

/** RFC 2152 UTF-7; a broken base64 run is left as it stands. */
export function decodeUtf7(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/\+([A-Za-z0-9+/]*)-?/g, (run, code: string) => {
      if (code === '') return run === '+-' ? '+' : run;
      const raw = Buffer.from(code, 'base64');
      let text = '';
      for (let i = 0; i + 1 < raw.length; i += 2) text += String.fromCharCode(raw.readUInt16BE(i));
      return text;
    });
}

/** RFC 1843 HZ: GB 2312 between `~{` and `~}`. */
export function decodeHz(bytes: Uint8Array): string {
  const gbk = new TextDecoder('gbk');
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/~\n/g, '')
    .replace(/~\{([^\n]*?)(~\}|(?=\n)|$)/g, (_, run: string) => gbk.decode(withHighBits(run)))
    .replace(/~~/g, '~');
}

/** ISO-2022-KR and ISO-2022-CN: a two-byte set between SO (0x0e) and SI (0x0f). */
export function decodeShifted(bytes: Uint8Array, charset: 'euc-kr' | 'gbk'): string {
  const decoder = new TextDecoder(charset);
  const text = Buffer.from(bytes).toString('latin1');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes are the encoding
  const plain = text.replace(/\x1b\$[)*+][A-Z]/g, '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the shifts are the encoding
  return plain.replace(/\x0e([^\x0f]*)\x0f?/g, (_, run: string) => decoder.decode(withHighBits(run)));
}

function withHighBits(run: string): Uint8Array {
  const bytes = Buffer.from(run, 'latin1');
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte > 0x20 && byte < 0x7f) bytes[i] = byte | 0x80;
  }
  return bytes;
}
