import type { Db } from '../db/client.ts';
import { transact } from '../db/tx.ts';
import { record } from '../events/record.ts';
import type { Clock } from '../lib/clock.ts';
import type { Dns } from '../lib/dns.ts';
import type { Log } from '../lib/log.ts';
import type { SecretBox } from '../lib/secretBox.ts';
import type { Batch, ChannelHost, HealthReport, IngestOutcome } from './channel.ts';
import { readToken, signToken } from './replyToken.ts';
import { emailConfig } from './schema.ts';

export interface HostTools {
  db: Db;
  clock: Clock;
  log: Log;
  box: SecretBox;
  dns: Dns;
  settings: ChannelHost['settings'];
  stopping: AbortSignal;
  ingest(channelId: string, batch: Batch, after?: Promise<unknown>): Promise<IngestOutcome[]>;
}

/** What Parley offers its channels. */
export function makeHost(tools: HostTools): ChannelHost {
  const { db, clock, box } = tools;
  return {
    async ingest(channelId, batch, after) {
      const outcomes = await tools.ingest(channelId, batch, after);
      if (batch.messages.length > 0)
        await db.channelHealth.updateMany({ where: { channelId }, data: { lastReceivedAt: clock.now() } });
      return outcomes;
    },
    async cursor(channelId, name) {
      const row = await db.channelCursor.findUnique({ where: { channelId_name: { channelId, name } } });
      return row?.position ?? null;
    },
    health: (channelId, report) => reportHealth(db, clock.now(), channelId, report),
    signToken: (token) => signToken(box, token),
    readToken: (signed) => readToken(box, signed),
    recipients: (address) => findRecipients(db, (signed) => readToken(box, signed), address),
    now: () => clock.now(),
    log: tools.log,
    dns: tools.dns,
    stopping: tools.stopping,
    settings: tools.settings,
  };
}

async function reportHealth(db: Db, now: Date, channelId: string, report: HealthReport): Promise<void> {
  const before = await db.channelHealth.findUnique({ where: { channelId } });
  const failing = report.state === 'retrying' || report.state === 'failed';
  const error = failing ? (report.error ?? before?.error ?? null) : null;
  await transact(db, async (tx) => {
    await tx.channelHealth.updateMany({
      where: { channelId },
      data: {
        state: report.state,
        lastCheckedAt: report.lastCheckedAt ?? now,
        failingSince: failing ? (before?.failingSince ?? now) : null,
        error,
        ...(report.remoteCount === undefined ? {} : { remoteCount: report.remoteCount }),
      },
    });
    // Only news: a check that found nothing else would wake every screen once a minute.
    if (before !== null && (before.state !== report.state || before.error !== error))
      await record(tx, { type: 'channel.changed', at: now, ids: { channelId } });
  });
}

/** Mailboxes that an address at the built-in receiver means, `local+token@domain` included. */
async function findRecipients(
  db: Db,
  read: (signed: string) => string | null,
  address: string,
): ReturnType<ChannelHost['recipients']> {
  const [local = '', domain = ''] = address.toLowerCase().split('@');
  const plus = address.split('@')[0]?.split('+')[1];
  const plain = `${local.split('+')[0]}@${domain}`;
  const rows = await db.channel.findMany({ where: { kind: 'email', removedAt: null, pausedAt: null } });
  return rows.flatMap((row) => {
    const config = emailConfig.safeParse(row.config);
    if (!config.success || !config.data.inboundSmtp) return [];
    const known = [config.data.address, ...config.data.aliases].some(
      (one) => one.toLowerCase() === plain || one.toLowerCase() === address.toLowerCase(),
    );
    if (!known) return [];
    const authservId = config.data.authservId ?? undefined;
    const { spf, greylist } = config.data;
    return [{ channelId: row.id, threadToken: plus === undefined ? null : read(plus), authservId, spf, greylist }];
  });
}
