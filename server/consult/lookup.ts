import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { newId } from '../lib/id.ts';

export const lookupKinds = ['order', 'repair', 'purchase'] as const;
export type LookupKind = (typeof lookupKinds)[number];

export const newLookup = z.object({
  url: z.url({ protocol: /^https?$/ }).max(2000),
  /** A Standard Webhooks secret (base64, `whsec_` before it or not), or any words both sides know. */
  secret: z.string().min(8).max(300),
});

/** What the client proved: addresses of theirs that are verified. */
export interface Proof {
  phones: readonly string[];
  emails: readonly string[];
}

/** What the store's own system says of one order or repair, for somebody who may know it. */
export interface LookupAnswer {
  id: string;
  status: string;
  text: string;
  eta: string | null;
  asOf: Date;
}

/** The store's system answers within this or is said not to have answered. */
const patienceMs = 2000;

/** References that were not the asker's own, by the addresses proven, in an hour and process. */
const mostMisses = 5;
const misses = new RateLimiterMemory({ points: mostMisses, duration: 3600 });

const lookupReply = z.object({
  found: z.boolean(),
  status: z.string().max(200).default(''),
  text: z.string().max(2000).default(''),
  eta: z.string().max(100).nullish(),
  asOf: z.iso.datetime({ offset: true }).optional(),
  contact: z.object({ phone: z.string().nullish(), email: z.string().nullish() }).nullish(),
});

/** Keeps where questions of a kind go. The secret is sealed and never read back. */
export async function setLookup(
  { db, box }: Pick<Deps, 'db' | 'box'>,
  kind: LookupKind,
  input: z.infer<typeof newLookup>,
  now: Date,
): Promise<void> {
  const data = { url: input.url, secret: box.seal(input.secret), updatedAt: now };
  await db.lookup.upsert({ where: { kind }, create: { kind, ...data }, update: data });
}

/**
 * Asks the store's own system, signed (Standard Webhooks), with the proof. Null when it is not set up, does not answer in
 * time, knows nothing, or the proof is not the contact on record: one and the same, so that nothing is revealed; and
 * after five references that were not the asker's own within an hour.
 */
export async function askLookup(
  { db, box, log }: Pick<Deps, 'db' | 'box' | 'log'>,
  kind: LookupKind,
  reference: string,
  proof: Proof,
  now: Date,
): Promise<LookupAnswer | null> {
  const [phone, email] = [proof.phones[0], proof.emails[0]];
  const asker = [...proof.phones, ...proof.emails].sort().join(' ');
  // References are not to be guessed: after some that are not theirs, nothing is asked any more for a while.
  if (((await misses.get(asker))?.consumedPoints ?? 0) >= mostMisses) return null;
  const row = phone || email ? await db.lookup.findUnique({ where: { kind } }) : null;
  if (!row) return null;
  const body = JSON.stringify({ kind, reference, proof: { ...(phone && { phone }), ...(email && { email }) } });
  const id = `msg_${newId()}`;
  // Signatures are of real time: the far side refuses old ones.
  const sentAt = new Date();
  const signature = signerOf(String(box.open(row.secret))).sign(id, sentAt, body);
  try {
    const response = await fetch(row.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
        'webhook-signature': signature,
      },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    });
    const reply = response.ok ? lookupReply.parse(await response.json()) : null;
    if (!reply) return null;
    if (!reply.found || !isProven(reply.contact ?? {}, proof)) {
      await misses.penalty(asker);
      return null;
    }
    return {
      id,
      status: reply.status,
      text: reply.text,
      eta: reply.eta ?? null,
      asOf: reply.asOf ? new Date(reply.asOf) : now,
    };
  } catch (error) {
    log.info({ kind, error: error instanceof Error ? error.message : String(error) }, 'a look-up was not answered');
    return null;
  }
}

/** Signs by Standard Webhooks under a secret as people give it. */
export function signerOf(secret: string): Webhook {
  const key = secret.replace(/^whsec_/, '');
  const isBase64 = key.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(key);
  return isBase64 ? new Webhook(key) : new Webhook(secret, { format: 'raw' });
}

/** The proof must be the contact on record; a reply that names none proves nothing. */
function isProven(
  contact: { phone?: string | null | undefined; email?: string | null | undefined },
  proof: Proof,
): boolean {
  const digits = (value: string) => value.replace(/\D/g, '');
  const byPhone = contact.phone ? proof.phones.some((phone) => digits(phone) === digits(contact.phone ?? '')) : false;
  const byEmail = contact.email
    ? proof.emails.some((email) => email.toLowerCase() === contact.email?.toLowerCase())
    : false;
  return byPhone || byEmail;
}

/** The reference in a question: the first number of four digits or more, letters before it included ("R-10482"). */
export function referenceIn(question: string): string | null {
  return /(?<![\p{L}\d])(?:[A-Z]{1,4}-?)?\d{4,12}(?![\p{L}\d])/u.exec(question.normalize('NFKC'))?.[0] ?? null;
}
