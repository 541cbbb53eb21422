import type { Db } from '../db/client.ts';
import { transact } from '../db/tx.ts';
import { AppError } from '../errors.ts';
import { record } from '../events/record.ts';
import { newId, newToken } from '../lib/id.ts';
import { inputProblems } from '../lib/inputWords.ts';
import type { SecretBox } from '../lib/secretBox.ts';
import type { ChannelKind } from './channel.ts';
import { type ChannelRow, findChannel, secretsOf, separateSecrets, wholeConfig } from './connected.ts';
import { readHealth } from './readHealth.ts';
import { adapters } from './registry.ts';
import type { Channel, NewChannel } from './schema.ts';

interface Tools {
  db: Db;
  box: SecretBox;
  publicUrl: string;
}

/** Connects an account; it is received from now on, and its past as `history` says. */
export async function makeChannel(
  { db, box, publicUrl }: Tools,
  input: NewChannel,
  actorId: string,
  now: Date,
): Promise<Channel> {
  const { open, secret } = separateSecrets(input.kind, completed(input.kind, input.config));
  const id = newId(now.getTime());
  const { kind, name, targetMs, teamId, storeId, botMode, botThreshold } = input;
  await transact(db, async (tx) => {
    await tx.channel.create({
      data: {
        id,
        kind,
        name,
        config: open as object,
        secrets: Object.keys(secret).length === 0 ? null : box.seal(secret),
        key: kind === 'chat' ? newToken(12) : null,
        connectedAt: now,
        targetMs,
        teamId,
        storeId,
        // A caller hears no bot.
        botMode: kind === 'phone' ? 'off' : botMode,
        botThreshold,
        createdAt: now,
        health: { create: { state: kind === 'chat' || kind === 'phone' ? 'ok' : 'connecting' } },
      },
    });
    await record(tx, { type: 'channel.changed', at: now, actorId, ids: { channelId: id } });
  });
  return presentChannel(db, publicUrl, await findChannel(db, id));
}

export interface ChannelEdit {
  name?: string | undefined;
  config?: Record<string, unknown> | undefined;
  paused?: boolean | undefined;
  targetMs?: number | null | undefined;
  teamId?: string | null | undefined;
  storeId?: string | null | undefined;
  botMode?: string | undefined;
  botThreshold?: number | undefined;
}

export async function editChannel(
  { db, box, publicUrl }: Tools,
  channelId: string,
  input: ChannelEdit,
  actorId: string,
  now: Date,
): Promise<Channel> {
  const row = await findChannel(db, channelId);
  const { config, paused, ...plain } = input;
  const fields = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  await transact(db, async (tx) => {
    await tx.channel.update({
      where: { id: channelId },
      data: {
        ...fields,
        ...(paused === undefined ? {} : { pausedAt: paused ? (row.pausedAt ?? now) : null }),
        ...(config === undefined ? {} : changedConfig(box, row, config)),
        updatedAt: now,
      },
    });
    // With other settings nobody knows yet whether it can send.
    if (config !== undefined)
      await tx.channelHealth.updateMany({ where: { channelId }, data: { sendFailingSince: null, sendError: null } });
    await record(tx, { type: 'channel.changed', at: now, actorId, ids: { channelId } });
  });
  return presentChannel(db, publicUrl, await findChannel(db, channelId));
}

/** The stored config with the named fields changed, checked as a whole; secrets that are not named stay. */
function changedConfig(
  box: SecretBox,
  row: ChannelRow,
  change: Record<string, unknown>,
): { config: object; secrets: Uint8Array<ArrayBuffer> | null } {
  const before = { open: row.config as Record<string, unknown>, secret: secretsOf(box, row) };
  const merged = {
    open: deepMerge(before.open, separateSecrets(row.kind, change).open),
    secret: { ...before.secret, ...separateSecrets(row.kind, change).secret },
  };
  let whole: Record<string, unknown>;
  try {
    whole = completed(row.kind, wholeConfig(row.kind, merged.open, merged.secret));
  } catch (error) {
    const issues = (error as { issues?: { path: PropertyKey[]; message: string }[] }).issues;
    if (issues === undefined) throw error;
    throw new AppError('invalid', 'input.invalid', 'Some of what was sent is not as it should be.', {
      errors: inputProblems(issues, ['config']),
    });
  }
  const { open, secret } = separateSecrets(row.kind, whole);
  return { config: open, secrets: Object.keys(secret).length === 0 ? null : box.seal(secret) };
}

function completed(kind: ChannelKind, config: unknown): Record<string, unknown> {
  return (adapters[kind].complete?.(config as never) ?? config) as Record<string, unknown>;
}

function deepMerge(before: Record<string, unknown>, change: Record<string, unknown>): Record<string, unknown> {
  const merged = { ...before };
  for (const [key, value] of Object.entries(change)) {
    const old = merged[key];
    merged[key] = isObject(old) && isObject(value) ? deepMerge(old, value) : value;
  }
  return merged;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Takes the channel away; its messages stay. */
export async function removeChannel(db: Db, channelId: string, actorId: string, now: Date): Promise<void> {
  await findChannel(db, channelId);
  await transact(db, async (tx) => {
    await tx.channel.update({ where: { id: channelId }, data: { removedAt: now, secrets: null, key: null } });
    await record(tx, { type: 'channel.changed', at: now, actorId, ids: { channelId } });
  });
}

export async function listChannels(db: Db, publicUrl: string): Promise<Channel[]> {
  const rows = await db.channel.findMany({ where: { removedAt: null }, orderBy: { createdAt: 'asc' } });
  return Promise.all(rows.map((row) => presentChannel(db, publicUrl, row)));
}

export async function presentChannel(db: Db, publicUrl: string, row: ChannelRow): Promise<Channel> {
  return {
    id: row.id,
    kind: row.kind as ChannelKind,
    name: row.name,
    config: row.config as Record<string, unknown>,
    targetMs: row.targetMs,
    teamId: row.teamId,
    storeId: row.storeId,
    botMode: row.botMode as Channel['botMode'],
    botThreshold: row.botThreshold,
    paused: row.pausedAt !== null,
    health: await readHealth(db, row),
    key: row.key,
    embedCode:
      row.key === null ? null : `<script src="${publicUrl}/widget.js" data-channel="${row.key}" async></script>`,
    createdAt: row.createdAt.toISOString(),
  };
}
