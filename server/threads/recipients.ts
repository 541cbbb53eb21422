import type { Address } from '../channels/channel.ts';
import type { Reader } from '../db/tx.ts';
import { meaning } from '../errors.ts';
import type { SummaryRow } from './rows.ts';
import type { Thread } from './schema.ts';

export type ReplyChannel = Thread['replyChannels'][number];

/** Which kind of address a channel writes to. Nothing is written by telephone: those are no reply channels. */
const addressKind = { email: 'email', telegram: 'telegram', chat: 'visitor', phone: 'phone' } as const;

/**
 * The channels a reply can go by, the client's last one first: those that have written in this thread, and for each
 * further address of the client a channel of its kind.
 */
export async function replyChannels(
  reader: Reader,
  thread: Pick<SummaryRow, 'id' | 'clientId' | 'channelId'>,
): Promise<ReplyChannel[]> {
  const [channels, identities, heard] = await Promise.all([
    reader.channel.findMany({
      where: { removedAt: null },
      orderBy: { createdAt: 'asc' },
      select: { id: true, kind: true, name: true },
    }),
    reader.identity.findMany({
      where: { clientId: thread.clientId },
      orderBy: [{ flaggedAt: { sort: 'asc', nulls: 'first' } }, { createdAt: 'asc' }],
    }),
    reader.$queryRaw<{ channelId: string; address: string | null }[]>`
      SELECT DISTINCT ON ("channelId") "channelId", coalesce(participants->'replyTo'->0->>'value', "authorAddress") AS address FROM message
      WHERE "threadId" = ${thread.id}::uuid AND direction = 'inbound' AND classification = 'person' AND "channelId" IS NOT NULL
        AND detail ->> 'forwardedFor' IS NULL ORDER BY "channelId", "receivedAt" DESC`,
  ]);
  const lastHeard = new Map(heard.map((row) => [row.channelId, row.address]));
  const options = channels.flatMap((channel) => {
    if (channel.kind === 'phone') return [];
    const to =
      lastHeard.get(channel.id) ?? identities.find((identity) => identity.kind === addressKind[channel.kind])?.value;
    return to === undefined ? [] : [{ channelId: channel.id, channelKind: channel.kind, name: channel.name, to }];
  });
  const rank = (option: { channelId: string }) =>
    option.channelId === thread.channelId ? 0 : lastHeard.has(option.channelId) ? 1 : 2;
  return options.sort((a, b) => rank(a) - rank(b));
}

/** The channel and address a reply goes to. @throws AppError 422 when there is none. */
export async function chooseRecipient(
  reader: Reader,
  thread: SummaryRow,
  channelId: string | undefined,
): Promise<{ channelId: string; channelKind: SummaryRow['channelKind']; to: Address }> {
  const options = await replyChannels(reader, thread);
  const chosen = channelId === undefined ? options[0] : options.find((option) => option.channelId === channelId);
  if (chosen === undefined) {
    throw channelId === undefined
      ? meaning('thread.noChannel', 'There is no connected channel to answer this client by.', 'channelId')
      : meaning('thread.wrongChannel', 'This client has no address on that channel.', 'channelId');
  }
  return {
    channelId: chosen.channelId,
    channelKind: chosen.channelKind,
    to: { kind: addressKind[chosen.channelKind], value: chosen.to, name: thread.clientName, verified: true },
  };
}
