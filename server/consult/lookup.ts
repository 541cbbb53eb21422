import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { newId } from '../lib/id.ts';
import { signedHeaders } from '../lib/signed.ts';
import { giveBackLookupTry, takeLookupTry } from './lookupTries.ts';

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

/** What the store's own system says of one order, repair or purchase, for somebody who may know it. */
export interface LookupAnswer {
  id: string;
  status: string;
  text: string;
  eta: string | null;
  /** Of a purchase, where the system says it apart from its words: the day (ISO) and the article. */
  purchasedOn: string | null;
  sku: string | null;
  asOf: Date;
}

/** What became of a look-up. */
export type LookedUp =
  | { state: 'found'; answer: LookupAnswer }
  /** Not on record, or not the asker's: one and the same, so that nothing is revealed. */
  | { state: 'unknown' }
  /** The store's system did not answer in time, or not at all. */
  | { state: 'failed' };

/** The store's system answers within this or is said not to have answered. */
const patienceMs = 2000;

const lookupReply = z.object({
  found: z.boolean(),
  status: z.string().max(200).default(''),
  text: z.string().max(2000).default(''),
  eta: z.string().max(100).nullish(),
  purchasedOn: z.iso
    .date()
    .or(z.iso.datetime({ offset: true }))
    .nullish(),
  sku: z.string().max(100).nullish(),
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
 * Asks the store's own system, signed (Standard Webhooks), with the proof. What is not set up, unknown, or not on record for
 * that proof is one and the same, so that nothing is revealed; and nothing is asked any more after five references within
 * an hour that were not the asker's own, whichever process they reached.
 */
export async function askLookup(
  { db, box, log }: Pick<Deps, 'db' | 'box' | 'log'>,
  kind: LookupKind,
  reference: string,
  proof: Proof,
  now: Date,
): Promise<LookedUp> {
  const [phone, email] = [proof.phones[0], proof.emails[0]];
  const row = phone || email ? await db.lookup.findUnique({ where: { kind } }) : null;
  if (!row) return { state: 'unknown' };
  const asker = [...proof.phones, ...proof.emails].sort().join(' ');
  const asked = `${kind} ${reference}`;
  // Taken before the question: many at once are not one.
  if (!(await takeLookupTry(db, asker, asked))) return { state: 'unknown' };
  const body = JSON.stringify({ kind, reference, proof: { ...(phone && { phone }), ...(email && { email }) } });
  try {
    const reply = await post(row.url, String(box.open(row.secret)), body);
    if (!reply.found || !isProven(reply.contact ?? {}, proof)) return { state: 'unknown' };
    await giveBackLookupTry(db, asker, asked);
    return {
      state: 'found',
      answer: {
        id: `lookup_${newId()}`,
        status: reply.status,
        text: reply.text,
        eta: reply.eta ?? null,
        purchasedOn: reply.purchasedOn?.slice(0, 10) ?? null,
        sku: reply.sku ?? null,
        asOf: reply.asOf ? new Date(reply.asOf) : now,
      },
    };
  } catch (error) {
    log.info({ kind, error: error instanceof Error ? error.message : String(error) }, 'a look-up was not answered');
    await giveBackLookupTry(db, asker, asked);
    return { state: 'failed' };
  }
}

/** @throws when there is no reply of the agreed shape in time */
async function post(url: string, secret: string, body: string): Promise<z.infer<typeof lookupReply>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: signedHeaders(secret, body),
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  });
  // "Not found" by its HTTP name is an answer.
  if (response.status === 404) return { found: false, status: '', text: '' };
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return lookupReply.parse(await response.json());
}

/** The proof must be the contact on record; a reply that names none proves nothing. */
function isProven(
  contact: { phone?: string | null | undefined; email?: string | null | undefined },
  proof: Proof,
): boolean {
  const digits = (value: string) => value.replace(/\D/g, '');
  const onRecord = digits(contact.phone ?? '');
  const byPhone = onRecord !== '' && proof.phones.some((phone) => digits(phone) === onRecord);
  const byEmail = contact.email
    ? proof.emails.some((email) => email.toLowerCase() === contact.email?.trim().toLowerCase())
    : false;
  return byPhone || byEmail;
}
