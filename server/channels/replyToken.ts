import { timingSafeEqual } from 'node:crypto';
import { fromBase32, toBase32 } from '../lib/base32.ts';
import type { SecretBox } from '../lib/secretBox.ts';

/** 64 bits, beside a token of 96 that nobody can guess: local parts are short. */
const signatureBytes = 8;

/** The signed form of a thread's token for an address: `t` and base32, since servers may change the case of a local part. */
export function signToken(box: SecretBox, token: string): string {
  return `t${toBase32(Buffer.concat([Buffer.from(token, 'base64url'), signatureOf(box, token)]))}`;
}

/** The token in a signed form, in any case; null when it is forged. The form of earlier versions, which keeps its case, is read too. */
export function readToken(box: SecretBox, signed: string): string | null {
  const [, old, signature] = /^t([\w-]{16})-([\w-]{16})$/.exec(signed) ?? [];
  if (old !== undefined && signature !== undefined) return box.verify('thread', old, signature) ? old : null;
  const bytes = /^t[a-z2-7]{16,100}$/i.test(signed) ? fromBase32(signed.slice(1)) : null;
  if (bytes === null || bytes.length <= signatureBytes) return null;
  const token = Buffer.from(bytes.subarray(0, -signatureBytes)).toString('base64url');
  return timingSafeEqual(signatureOf(box, token), bytes.subarray(-signatureBytes)) ? token : null;
}

function signatureOf(box: SecretBox, token: string): Buffer {
  return Buffer.from(box.sign('thread', token), 'base64url').subarray(0, signatureBytes);
}
