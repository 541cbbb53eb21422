import type { OutboundAttachment, OutboundMessage } from '../channels/channel.ts';
import type { Claimed } from './claim.ts';
import type { DeliverTools } from './deliver.ts';

/** How much of the chain above a letter its References name; the rest adds bytes and no threading. */
const referencesKept = 20;

/** A message as its channel sends it; the same at every repetition. */
export async function compose(
  tools: Pick<DeliverTools, 'db' | 'files' | 'unsubscribe'>,
  claimed: Claimed,
): Promise<OutboundMessage> {
  const message = await tools.db.message.findUniqueOrThrow({
    where: { id: claimed.messageId },
    include: { attachments: { orderBy: { id: 'asc' } }, thread: { select: { token: true } } },
  });
  const chain = await tools.db.$queryRaw<{ externalId: string }[]>`
    SELECT "externalId" FROM message
    WHERE "threadId" = ${claimed.threadId}::uuid AND "channelId" = ${claimed.channelId}::uuid AND direction <> 'note' AND "externalId" IS NOT NULL
      AND id <> ${claimed.messageId}::uuid AND "createdAt" <= ${message.createdAt}::timestamptz
    ORDER BY "receivedAt" DESC, id DESC LIMIT ${referencesKept}`;
  const attachments: OutboundAttachment[] = message.attachments.map((row) => ({
    name: row.name,
    type: row.type,
    contentId: row.contentId,
    inline: row.inline,
    read: () => tools.files.read(row.fileKey),
  }));
  return {
    messageId: claimed.messageId,
    threadId: claimed.threadId,
    externalId: claimed.externalId ?? claimed.id,
    ...claimed.recipients,
    reached: claimed.recipients.reached ?? [],
    subject: message.subject ?? '',
    text: message.text,
    html: message.html,
    attachments,
    inReplyTo: chain[0]?.externalId ?? null,
    references: chain.map((row) => row.externalId).reverse(),
    quotes: message.references[0] ?? null,
    authorName: message.authorName,
    automatic: message.authorKind !== 'user',
    threadToken: message.thread.token,
    repeated: claimed.repeated,
    at: claimed.claimedAt,
    unsubscribe: message.authorKind === 'system' ? tools.unsubscribe(message.text, claimed.recipients.to) : undefined,
  };
}
