import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { SecretBox } from '../../lib/secretBox.ts';

/** Who a `/visitor` socket is: a browser that we named, and the shop's user when the shop vouched for one. */
export interface Visitor {
  /** Value of the `visitor` identity. */
  id: string;
  /** Value of the `shopUser` identity; null for somebody who is not logged in. */
  shopUser: string | null;
}

type Signer = Pick<SecretBox, 'sign' | 'verify'>;

/** A visitor nobody has seen before. */
export function newVisitor(shopUser: string | null = null): Visitor {
  return { id: randomUUID(), shopUser };
}

/** The token that proves a visitor to this channel; it holds no secret and is signed under PARLEY_SECRET. */
export function signVisitor(box: Signer, channelId: string, visitor: Visitor): string {
  const claim = Buffer.from(JSON.stringify([visitor.id, visitor.shopUser])).toString('base64url');
  return `v1.${claim}.${box.sign('visitor', `${channelId}:${claim}`)}`;
}

/** The visitor a token names; null when it was not signed here for this channel. */
export function readVisitor(box: Signer, channelId: string, token: string): Visitor | null {
  const [version, claim, signature, ...more] = token.split('.');
  if (version !== 'v1' || claim === undefined || signature === undefined || more.length > 0) return null;
  if (!box.verify('visitor', `${channelId}:${claim}`, signature)) return null;
  const [id, shopUser] = JSON.parse(Buffer.from(claim, 'base64url').toString('utf8')) as [string, string | null];
  return { id, shopUser };
}

/**
 * Who comes with this token and this vouched shop user. Whoever has just logged in stays the visitor they were; a token
 * of a logged-in user is worth nothing without that user, so that the next person at the same screen begins anew.
 */
export function visitorOf(known: Visitor | null, shopUser: string | null): Visitor {
  if (known === null) return newVisitor(shopUser);
  if (known.shopUser === shopUser) return known;
  return known.shopUser === null ? { id: known.id, shopUser } : newVisitor(shopUser);
}

/** Whether the shop signed this user: hex HMAC-SHA256 of the user's id under the channel's identitySecret. */
export function isSignedUser(identitySecret: string | undefined, user: string, signature: string): boolean {
  if (!identitySecret) return false;
  const expected = Buffer.from(createHmac('sha256', identitySecret).update(user).digest('hex'));
  const given = Buffer.from(signature.toLowerCase());
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** Characters of the signature in the address of a file. */
const fileSignatureLength = 32;

/** Address of a file that a visitor fetches without a cookie: who was shown it can open it. */
export function fileAddress(box: Signer, attachmentId: string): string {
  return `/widget/files/${attachmentId}/${box.sign('visitorFile', attachmentId, fileSignatureLength)}`;
}

/** Whether {@link fileAddress} made this signature. */
export function isFileSignature(box: Signer, attachmentId: string, signature: string): boolean {
  return signature.length === fileSignatureLength && box.verify('visitorFile', attachmentId, signature);
}
