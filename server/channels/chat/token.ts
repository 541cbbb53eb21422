import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

/** Who a `/visitor` socket is: a browser that we named, and the shop's user when the shop vouched for one. */
export interface Visitor {
  /** Value of the `visitor` identity. */
  id: string;
  /** Value of the `shopUser` identity; null for somebody who is not logged in. */
  shopUser: string | null;
}

/** A visitor nobody has seen before. */
export function newVisitor(shopUser: string | null = null): Visitor {
  return { id: randomUUID(), shopUser };
}

/** The token that proves a visitor to this channel; it holds no secret and is signed under PARLEY_SECRET. */
export function signVisitor(secret: string, channelId: string, visitor: Visitor): string {
  const claim = Buffer.from(JSON.stringify([visitor.id, visitor.shopUser])).toString('base64url');
  return `v1.${claim}.${digest(secret, `visitor:${channelId}:${claim}`)}`;
}

/** The visitor a token names; null when it was not signed here for this channel. */
export function readVisitor(secret: string, channelId: string, token: string): Visitor | null {
  const [version, claim, signature, ...more] = token.split('.');
  if (version !== 'v1' || claim === undefined || signature === undefined || more.length > 0) return null;
  if (!same(signature, digest(secret, `visitor:${channelId}:${claim}`))) return null;
  const [id, shopUser] = JSON.parse(Buffer.from(claim, 'base64url').toString('utf8')) as [string, string | null];
  return { id, shopUser };
}

/** Whether the shop signed this user: lower-case hex HMAC-SHA256 of the user's id under the channel's identitySecret. */
export function isSignedUser(identitySecret: string | undefined, user: string, signature: string): boolean {
  if (!identitySecret) return false;
  return same(signature.toLowerCase(), createHmac('sha256', identitySecret).update(user).digest('hex'));
}

/** Signature in the address of a file that a visitor may fetch without a cookie. */
export function signFile(secret: string, attachmentId: string): string {
  return digest(secret, `file:${attachmentId}`).slice(0, 32);
}

/** Whether {@link signFile} made this signature. */
export function isSignedFile(secret: string, attachmentId: string, signature: string): boolean {
  return same(signature, signFile(secret, attachmentId));
}

function digest(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
