import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Db } from '../db/client.ts';
import type { SecretBox } from '../lib/secretBox.ts';
import type { ChannelHost } from './channel.ts';
import { connect, findChannel } from './connected.ts';
import { receiverCertificate } from './email/smtp/certificate.ts';
import { receiveSmtp, type SmtpReceiver } from './email/smtp/receive.ts';
import { composeReport } from './email/smtp/report.ts';
import { poolOf } from './email/smtp/transport.ts';
import { mayCome } from './greylist.ts';
import { emailConfig } from './schema.ts';

/** Starts the built-in mail receiver as the environment sets it. @throws when its port is taken */
export function startSmtp(
  { db, box, host, config }: { db: Db; box: SecretBox; host: ChannelHost; config: Config },
  port: number,
): Promise<SmtpReceiver> {
  const name = new URL(config.publicUrl).hostname;
  return receiveSmtp(
    {
      host: config.smtpHost,
      port,
      name,
      spoolDir: join(config.dataDir, 'spool'),
      certificate: () => receiverCertificate(config.smtpCertificate, { dir: config.dataDir, name, now: new Date() }),
      isRelay: config.isSmtpRelay,
      dns: host.dns,
      mayCome: (announced) => mayCome(db, announced, host.now()),
      async report(channelId, { sender, recipients, ...letter }) {
        const channel = connect(box, await findChannel(db, channelId));
        const settings = emailConfig.parse(channel.config);
        const raw = await composeReport({
          name,
          mailbox: settings.address,
          sender,
          recipients: recipients.map((address) => ({ address, status: '5.1.1', reason: 'No such mailbox here' })),
          ...letter,
        });
        await poolOf({ ...channel, config: settings }).sendMail({ raw, envelope: { from: '', to: [sender] } });
      },
    },
    host,
  );
}
