import { z } from 'zod';
import type { Db } from '../db/client.ts';
import { notFound } from '../errors.ts';
import type { SecretBox } from '../lib/secretBox.ts';
import { type ChannelKind, type ConnectedChannel, SendError } from './channel.ts';
import { chatConfig, emailConfig, phoneConfig, telegramConfig } from './schema.ts';

const schemas = { email: emailConfig, telegram: telegramConfig, chat: chatConfig, phone: phoneConfig } satisfies Record<
  ChannelKind,
  z.ZodType
>;

/** Paths in a config that are secrets: kept encrypted, never read back. */
const secretPaths: Record<ChannelKind, readonly (readonly string[])[]> = {
  email: [
    ['imap', 'password'],
    ['imap', 'accessToken'],
    ['smtp', 'password'],
    ['smtp', 'accessToken'],
    ['dkim', 'privateKey'],
  ],
  telegram: [['token']],
  chat: [['identitySecret']],
  phone: [['secret']],
};

export type ChannelRow = NonNullable<Awaited<ReturnType<Db['channel']['findUnique']>>>;

/** A config cut into what may be shown and what may not. */
export function separateSecrets(
  kind: ChannelKind,
  config: Record<string, unknown>,
): { open: Record<string, unknown>; secret: Record<string, unknown> } {
  const open = structuredClone(config);
  const secret: Record<string, unknown> = {};
  for (const path of secretPaths[kind]) {
    const holder = path
      .slice(0, -1)
      .reduce<Record<string, unknown> | undefined>((at, key) => at?.[key] as Record<string, unknown> | undefined, open);
    const last = path.at(-1) ?? '';
    if (holder?.[last] === undefined) continue;
    secret[path.join('.')] = holder[last];
    delete holder[last];
  }
  return { open, secret };
}

/** The whole config, secrets in it, parsed with its kind's schema. */
export function wholeConfig(
  kind: ChannelKind,
  open: Record<string, unknown>,
  secret: Record<string, unknown>,
): unknown {
  const config = structuredClone(open);
  for (const [path, value] of Object.entries(secret)) {
    const keys = path.split('.');
    const holder = keys
      .slice(0, -1)
      .reduce<Record<string, unknown> | undefined>(
        (at, key) => at?.[key] as Record<string, unknown> | undefined,
        config,
      );
    // Null where what needed the secret was switched off.
    if (holder !== undefined && holder !== null) holder[keys.at(-1) ?? ''] = value;
  }
  return schemas[kind].parse(config);
}

export function secretsOf(box: SecretBox, row: ChannelRow): Record<string, unknown> {
  return row.secrets === null ? {} : z.record(z.string(), z.unknown()).parse(box.open(row.secrets));
}

/** A channel as its adapter takes it. */
export function connect(box: SecretBox, row: ChannelRow): ConnectedChannel {
  return {
    id: row.id,
    name: row.name,
    connectedAt: row.connectedAt,
    config: wholeConfig(row.kind, row.config as Record<string, unknown>, secretsOf(box, row)),
  };
}

/** The channel a message of ours goes by. @throws SendError for good when it was removed */
export async function channelToSend(db: Db, id: string): Promise<ChannelRow> {
  const row = await db.channel.findFirst({ where: { id, removedAt: null } });
  if (row === null)
    throw new SendError('The channel it was to go by was removed. Answer by another one.', { permanent: true });
  return row;
}

/** @throws AppError 404 when there is none, or it was removed */
export async function findChannel(db: Db, id: string): Promise<ChannelRow> {
  const row = await db.channel.findFirst({ where: { id, removedAt: null } });
  if (row === null) throw notFound('channel');
  return row;
}
