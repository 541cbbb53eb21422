import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/** Encryption and signatures under the installation's one secret; each use has its own derived key. */
export interface SecretBox {
  /** AES-256-GCM of JSON; the result is nonce, tag, ciphertext. */
  seal(value: unknown): Uint8Array<ArrayBuffer>;
  /** Opposite of seal; throws when the bytes were made under another secret. */
  open(sealed: Uint8Array): unknown;
  /** A URL-safe HMAC-SHA256 of `text` for one `purpose`, `length` characters. */
  sign(purpose: string, text: string, length?: number): string;
  /** Whether `signature` is what sign gives; constant time. */
  verify(purpose: string, text: string, signature: string): boolean;
}

const nonceBytes = 12;
const tagBytes = 16;

export function secretBox(secret: string): SecretBox {
  const key = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, 'parley', purpose, 32));
  const sealKey = key('seal');
  const sign = (purpose: string, text: string, length = 43) =>
    createHmac('sha256', key(`sign:${purpose}`))
      .update(text)
      .digest('base64url')
      .slice(0, length);
  return {
    seal(value) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce);
      const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), body]));
    },
    open(sealed) {
      const bytes = Buffer.from(sealed);
      const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, nonceBytes));
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      const body = Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
      return JSON.parse(body.toString('utf8'));
    },
    sign,
    verify(purpose, text, signature) {
      const expected = Buffer.from(sign(purpose, text, signature.length));
      const given = Buffer.from(signature);
      return signature.length >= 16 && expected.length === given.length && timingSafeEqual(expected, given);
    },
  };
}

/** Hex SHA-256; for keys and tokens that are compared but never shown again. */
export function sha256(value: string | Uint8Array): string {
  return createHash('sha256').update(value).digest('hex');
}
