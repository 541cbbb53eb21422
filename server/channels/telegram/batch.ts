import { z } from 'zod';
import type { Batch, InboundMessage, NotForUs, Quarantined } from '../channel.ts';
import { parse } from './parse.ts';
import { update } from './update.ts';

/** The name of a bot's cursor and the form of its position. */
export const CURSOR = 'updates';
export const position = z.object({
  /** The next update to ask for. */
  offset: z.number().int(),
  /** When that was learned, ISO 8601. */
  at: z.iso.datetime(),
});

const anyUpdate = z.looseObject({ update_id: z.number().int() });

/**
 * What a batch of raw updates is to Parley. One that cannot be read is quarantined with its original, one that
 * is nothing said to us is kept with its reason; an array element
 * without an update id throws a ZodError, because nothing could confirm it.
 */
export function batchOf(
  updates: unknown[],
  connectedAt: Date,
  now: Date,
): Omit<Batch, 'cursor'> & { next: number | null } {
  const messages: InboundMessage[] = [];
  const quarantined: Quarantined[] = [];
  const ignored: NotForUs[] = [];
  const flags: NonNullable<Batch['flags']> = [];
  let next: number | null = null;
  for (const raw of updates) {
    const { update_id } = anyUpdate.parse(raw);
    next = Math.max(next ?? 0, update_id + 1);
    const read = update.safeParse(raw);
    if (!read.success) {
      quarantined.push({
        externalId: `update:${update_id}`,
        raw: new TextEncoder().encode(JSON.stringify(raw)),
        reason: `unreadable update: ${read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}`,
        arrivedAt: now,
      });
      continue;
    }
    const parsed = parse(read.data, connectedAt);
    if (parsed.kind === 'ignored')
      ignored.push({
        externalId: parsed.one ?? `update:${update_id}`,
        raw: new TextEncoder().encode(JSON.stringify(raw)),
        reason: parsed.why,
        arrivedAt: now,
      });
    if (parsed.kind === 'message') messages.push(parsed.message);
    if (parsed.kind === 'membership') {
      const reason = parsed.blocked ? 'The client has blocked the bot' : null;
      flags.push({ address: { kind: 'telegram', value: parsed.userId }, reason });
    }
  }
  return { messages, quarantined, ignored, flags, next };
}
