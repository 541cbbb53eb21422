import type { ChannelHost, OutboundAttachment } from '../channels/channel.ts';
import { adapters } from '../channels/registry.ts';
import { emailConfig } from '../channels/schema.ts';
import type { Config } from '../config.ts';
import type { Db } from '../db/client.ts';
import { newId } from '../lib/id.ts';
import type { SecretBox } from '../lib/secretBox.ts';
import { connectToSend } from './sender.ts';

/** What a letter of Parley's own may have besides its words. */
export interface MailExtras {
  /** Of what is sent: a repeated letter has the same Message-ID. */
  id?: string;
  attachments?: OutboundAttachment[];
  /** See OutboundMessage. */
  unsubscribe?: string;
}

/** Sends a letter of Parley's own by the first mailbox that can send. False when there is none. @throws SendError */
export async function sendSystemMail(
  { db, box, host, config }: { db: Db; box: SecretBox; host: ChannelHost; config: Config },
  to: string,
  subject: string,
  text: string,
  { id = newId(), attachments = [], unsubscribe }: MailExtras = {},
): Promise<boolean> {
  const rows = await db.channel.findMany({
    where: { kind: 'email', removedAt: null, pausedAt: null },
    orderBy: { createdAt: 'asc' },
  });
  const row = rows.find((one) => emailConfig.safeParse(one.config).data?.smtp !== undefined);
  if (row === undefined) return false;
  await adapters.email.send(
    (await connectToSend(db, box, row)) as never,
    {
      messageId: id,
      threadId: id,
      externalId: `<${id}@${new URL(config.publicUrl).hostname}>`,
      to: [{ kind: 'email', value: to, verified: true }],
      cc: [],
      bcc: [],
      reached: [],
      subject,
      text,
      html: null,
      attachments,
      inReplyTo: null,
      references: [],
      quotes: null,
      authorName: '',
      automatic: true,
      threadToken: '',
      repeated: false,
      at: new Date(),
      unsubscribe,
    },
    host,
  );
  return true;
}
