import type { ChannelHost, ConnectedChannel, InboundMessage, Quarantined } from '../channel.ts';
import type { EmailConfig } from '../schema.ts';
import { readAnyLetter } from './mime/parseIsolated.ts';
import type { Findings } from './smtp/sender.ts';
import { toInbound } from './toInbound.ts';

export interface Taking {
  channel: Pick<ConnectedChannel<EmailConfig>, 'config'>;
  host: Pick<ChannelHost, 'readToken'>;
  externalId: string;
  arrivedAt: Date;
  historical: boolean;
  envelopeTo?: string[];
  /** It was kept and is read again: what our own SMTP receiver found then stands in what it wrote above the letter. */
  again?: boolean;
  /** What our own SMTP receiver found of the writer. */
  findings?: Pick<Findings, 'found' | 'fromDomain'>;
}

/** Makes of a letter's bytes a message, or a reason why not; its original in both. Never throws. */
export async function takeIn(
  raw: Uint8Array,
  { channel, host, externalId, arrivedAt, historical, envelopeTo, findings, again }: Taking,
): Promise<{ message: InboundMessage } | { quarantined: Quarantined }> {
  const outcome = await readAnyLetter(raw);
  if ('quarantine' in outcome) return { quarantined: { externalId, raw, reason: outcome.quarantine, arrivedAt } };
  const { address, aliases, imap, authservId } = channel.config;
  try {
    const message = toInbound(outcome.read, {
      externalId,
      arrivedAt,
      historical,
      raw,
      // Letters of ours that come back are known to the store, which has every Message-ID that was sent.
      own: { addresses: new Set([address, ...aliases].map((one) => one.toLowerCase())), isOwnMessageId: () => false },
      // What came by the built-in SMTP receiver is known by its id; no server of the mailbox has looked at it.
      server: {
        imapHost: externalId.startsWith('smtp:') ? null : (imap?.host ?? null),
        authservId: authservId ?? null,
        ...(findings ? { findings } : {}),
        ...(again && externalId.startsWith('smtp:') ? { onlyOwnTrace: true } : {}),
      },
      readToken: host.readToken,
      ...(envelopeTo ? { envelopeTo } : {}),
    });
    return { message };
  } catch (error) {
    const reason = `unreadable: ${error instanceof Error ? error.message : String(error)}`;
    return { quarantined: { externalId, raw, reason, arrivedAt } };
  }
}
