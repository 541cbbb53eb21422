import type { Db } from '../db/client.ts';
import { conflict, meaning } from '../errors.ts';
import type { ChannelAdapter, ChannelHost, ConnectedChannel, MailboxComparison, Received } from './channel.ts';

/** What of a receipt a comparison tells. */
type Row = Received & { externalId: string };

/**
 * What the far side holds against what is here, letter by letter. What was passed over is read at the next look.
 * @throws AppError 422 when the channel keeps nothing at its far side, 409 with the trouble in words when it cannot be read now
 */
export async function compareChannel(
  { db, host }: { db: Db; host: ChannelHost },
  channel: ConnectedChannel,
  adapter: ChannelAdapter,
): Promise<MailboxComparison> {
  if (adapter.compare === undefined)
    throw meaning('channel.keepsNothing', 'Only a mailbox can be compared with what is here.', 'id');
  const received = async (externalIds: string[]) =>
    byId(
      await db.$queryRaw<Row[]>`
      SELECT r."externalId", r.outcome, r.reason, r."threadId", r."arrivedAt", m.subject, m."authorAddress" AS "from"
      FROM receipt r LEFT JOIN message m ON m.id = r."messageId"
      WHERE r."channelId" = ${channel.id}::uuid AND r."externalId" = ANY(${externalIds}::text[])`,
    );
  const receivedAt = async (place: string) =>
    byId(
      await db.$queryRaw<Row[]>`
      SELECT r."externalId", r.outcome, r.reason, r."threadId", r."arrivedAt", m.subject, m."authorAddress" AS "from"
      FROM receipt r LEFT JOIN message m ON m.id = r."messageId"
      WHERE r."channelId" = ${channel.id}::uuid AND starts_with(r."externalId", ${`${place}:`}) ORDER BY r."arrivedAt" DESC`,
    );
  try {
    const { compared, setBack } = await adapter.compare(channel, host, received, receivedAt);
    // What is read twice is known by its id.
    for (const { name, uidValidity, uid } of setBack)
      await db.$executeRaw`
        UPDATE channel_cursor SET position = jsonb_set(position, '{uid}', to_jsonb(${uid}::int))
        WHERE "channelId" = ${channel.id}::uuid AND name = ${name} AND position->>'uidValidity' = ${uidValidity}`;
    return compared;
  } catch (error) {
    const words = adapter.trouble?.(channel, error) ?? null;
    if (words === null) throw error;
    throw conflict('channel.unreachable', words, { values: { words } });
  }
}

function byId(rows: Row[]): Map<string, Received> {
  return new Map(rows.map(({ externalId, ...row }) => [externalId, row]));
}
