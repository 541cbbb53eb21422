import type { InboundMessage } from '../channels/channel.ts';
import type { Tx } from '../db/tx.ts';
import { ownDelivery } from './ingestSql.ts';
import { answerFailed } from './outcome.ts';
import { tellThread } from './tell.ts';

/** A bounce of one of our letters: the delivery is marked with the reason, and a dead address is flagged. Needs a transaction. */
export async function applyBounce(tx: Tx, now: Date, message: InboundMessage): Promise<void> {
  const detail = message.detail;
  const named = [detail?.originalMessageId, ...message.references].filter(
    (id): id is string => typeof id === 'string' && id !== '',
  );
  const delivery = await ownDelivery(tx, named);
  if (delivery === null) return;
  const written = new Set(delivery.addresses.map((address) => address.toLowerCase()));
  const bounces = detail?.bounces ?? [];
  // Anybody who knows a Message-ID can write a report; one of this letter speaks of those it was written to.
  if (bounces.length > 0 && !bounces.some((bounce) => written.has(bounce.address.toLowerCase()))) return;
  const first = bounces.find((bounce) => written.has(bounce.address.toLowerCase()));
  const reason = `bounced: ${first?.address ?? 'the address'} ${first?.status ?? ''} ${first?.reason ?? ''}`
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 500);
  await tx.$executeRaw`UPDATE delivery SET state = 'failed', error = ${reason}, "updatedAt" = ${now}::timestamptz WHERE id = ${delivery.id}::uuid`;
  await answerFailed(tx, delivery.threadId, delivery.messageId);
  for (const bounce of bounces) {
    if (!bounce.hard || !written.has(bounce.address.toLowerCase())) continue;
    await tx.$executeRaw`
      UPDATE identity SET "flaggedAt" = ${now}::timestamptz, "flagReason" = ${`${bounce.status} ${bounce.reason}`.trim().slice(0, 300)}
      WHERE kind = 'email' AND value = ${bounce.address.toLowerCase()}`;
  }
  await tellThread(tx, 'delivery.changed', delivery.threadId, now, {
    ids: { messageId: delivery.messageId },
    patch: { delivery: { messageId: delivery.messageId, state: 'failed', error: reason } },
  });
}
