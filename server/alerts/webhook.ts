import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { signedHeaders } from '../lib/signed.ts';

/** The one address that escalations call, signed by Standard Webhooks (webhook-id, webhook-timestamp, webhook-signature). */

const key = 'webhook';
const patienceMs = 10_000;

export const webhook = z.object({ url: z.url({ protocol: /^https?$/ }).max(2000) });
export const newWebhook = webhook.extend({ secret: z.string().min(8).max(500) });
const stored = webhook.extend({ secret: z.string() });

export const webhookCall = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  message: z.record(z.string(), z.unknown()),
});
type WebhookCall = z.infer<typeof webhookCall>;

/** Null when none is set; the secret is never read back. */
export async function readWebhook({ db }: Pick<Deps, 'db'>): Promise<z.infer<typeof webhook> | null> {
  const row = await db.setting.findUnique({ where: { key } });
  return row === null ? null : webhook.parse(row.value);
}

export async function saveWebhook(
  { db, box }: Pick<Deps, 'db' | 'box'>,
  input: z.infer<typeof newWebhook> | null,
): Promise<void> {
  if (input === null) {
    await db.setting.deleteMany({ where: { key } });
    return;
  }
  const value = { url: input.url, secret: Buffer.from(box.seal(input.secret)).toString('base64') };
  await db.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
}

/** Calls it; the same call has the same id however often it is repeated. @throws when it was not taken: the job is tried again */
export async function callWebhook({ db, box }: Pick<Deps, 'db' | 'box'>, call: WebhookCall): Promise<void> {
  const row = await db.setting.findUnique({ where: { key } });
  if (row === null) return;
  const { url, secret } = stored.parse(row.value);
  const body = JSON.stringify({ type: call.message.type, timestamp: call.at, data: call.message });
  const answer = await fetch(url, {
    method: 'POST',
    headers: signedHeaders(String(box.open(Buffer.from(secret, 'base64'))), body, call.id),
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`the webhook answered ${answer.status}`);
}
