import { type Address, type OutboundMessage, SendError, type SendResult } from '../channels/channel.ts';
import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { record } from '../events/record.ts';
import { addJob } from '../jobs/add.ts';
import { urgency } from '../jobs/names.ts';
import type { Clock } from '../lib/clock.ts';
import type { Files } from '../lib/files.ts';
import { pause } from '../lib/lines.ts';
import type { Log } from '../lib/log.ts';
import { answerFailed, answerReleased } from '../threads/outcome.ts';
import { lockThread } from '../threads/rows.ts';
import { tellThread } from '../threads/tell.ts';
import { backoff, triesAtMost } from './backoff.ts';
import { bringNext, type Claimed, claim, isBehindAnother } from './claim.ts';
import { compose } from './compose.ts';
import { addCopy } from './keepCopy.ts';
import type { Turns } from './turns.ts';

export interface DeliverTools {
  db: Db;
  files: Files;
  clock: Clock;
  log: Log;
  processId: string;
  /** Ids of the deliveries that this process is sending; see jobs/lease.ts. */
  underWay: Set<string>;
  turns: Turns;
  send(channelId: string, message: OutboundMessage): Promise<SendResult>;
  /** Puts what was sent among the account's own sent letters. @throws an error with a sentence */
  keepCopy(channelId: string, message: OutboundMessage): Promise<void>;
  /** Where the one who gets an automatic message ends such messages; undefined for an answer. */
  unsubscribe(text: string, to: readonly Address[]): string | undefined;
}

/** Tries to write down what became of a message; it is out already, so giving up means sending it twice. */
const settleTries = 20;
const settlePauseMs = 500;
/** Until a message whose channel has its share under way is looked at again. */
const nextTurnMs = 200;

/**
 * Sends one delivery that is due: claims the row, sends outside any transaction, settles it. Repeating it is harmless; a
 * crash between sending and settling repeats the sending under the same id, and the row says so.
 */
export async function deliver(tools: DeliverTools, deliveryId: string): Promise<void> {
  if (tools.underWay.has(deliveryId)) return;
  tools.underWay.add(deliveryId);
  let endTurn: (() => void) | null = null;
  try {
    const now = tools.clock.now();
    const [waiting] = await tools.db.$queryRaw<{ channelId: string; dueAt: Date; behind: boolean }[]>`
      SELECT d."channelId", d."dueAt", ${isBehindAnother(now)} AS behind FROM delivery d
      WHERE d.id = ${deliveryId}::uuid AND d.state IN ('pending', 'retry')`;
    // What it waits for brings it along when it is settled.
    if (waiting === undefined || waiting.behind) return;
    const earlyMs = waiting.dueAt.getTime() - now.getTime();
    if (earlyMs > 0) return await later(tools, deliveryId, earlyMs);
    endTurn = await tools.turns.soon(waiting.channelId);
    if (endTurn === null) return await later(tools, deliveryId, nextTurnMs);
    const claimed = await claim(tools.db, tools.processId, deliveryId, tools.clock.now());
    if (claimed !== null) await settleSurely(tools, claimed, await trySending(tools, claimed));
  } finally {
    endTurn?.();
    tools.underWay.delete(deliveryId);
  }
}

function later(tools: DeliverTools, deliveryId: string, inMs: number): Promise<void> {
  return addJob(tools.db, 'deliver', { deliveryId }, { inMs, key: `deliver:${deliveryId}` });
}

async function trySending(tools: DeliverTools, claimed: Claimed): Promise<Settlement> {
  try {
    const result = await tools.send(claimed.channelId, await compose(tools, claimed));
    return afterSending(claimed, result, tools.clock.now());
  } catch (error) {
    return failure(tools, claimed, error);
  }
}

/** A database that is away for a while must not turn a sent message into one that is sent again. */
async function settleSurely(tools: DeliverTools, claimed: Claimed, to: Settlement): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await settle(tools, claimed, to);
      if (to.state !== 'retry') await bringNext(tools.db, claimed, tools.clock.now());
      return;
    } catch (error) {
      if (attempt >= settleTries) throw error;
      tools.log.warn(
        { deliveryId: claimed.id, error: String(error) },
        'what became of a message could not be written down; trying again',
      );
      await pause(settlePauseMs);
    }
  }
}

type Settlement = (
  | { state: 'sent'; externalId: string | null; error?: string | undefined }
  | { state: 'retry'; error: string; dueAt: Date; maybeSent?: boolean }
  | { state: 'failed'; error: string; deadAddress?: string | undefined }
) & {
  /** Who has it by now, when some have not. */
  reached?: string[] | undefined;
  /** The channel as a whole cannot send now. */
  channelWide?: boolean;
  /** A copy is to be kept at the account; see ChannelAdapter. */
  copy?: boolean | undefined;
};

/** What a sending came to that some recipients may have been refused in: the client's own address decides. */
function afterSending(claimed: Claimed, result: SendResult, now: Date): Settlement {
  // One copy a letter, also when a later try goes to the recipients that were left.
  const first = (claimed.recipients.reached ?? []).length === 0;
  return { ...becameOf(claimed, result, now), copy: result.copy === true && first };
}

function becameOf(claimed: Claimed, { externalId, refused = [] }: SendResult, now: Date): Settlement {
  const { to, cc, bcc } = claimed.recipients;
  if (refused.length === 0) return { state: 'sent', externalId };
  const out = new Set(refused.map((one) => one.address));
  const reached = [...to, ...cc, ...bcc].map((one) => one.value).filter((value) => !out.has(value));
  const error = refused
    .map((one) => `${one.address}: ${one.reason}`)
    .join(' ')
    .slice(0, errorLength);
  const lost = refused.find((one) => one.permanent && to.some((address) => address.value === one.address));
  if (lost !== undefined) return { state: 'failed', error, reached, deadAddress: lost.dead ? lost.address : undefined };
  if (refused.every((one) => one.permanent) || claimed.attempts >= triesAtMost)
    return { state: 'sent', externalId, error, reached };
  const dueAt = new Date(now.getTime() + backoff(claimed.attempts, Math.random()));
  return { state: 'retry', error, dueAt, reached };
}

const errorLength = 500;

async function settle(tools: DeliverTools, claimed: Claimed, to: Settlement): Promise<void> {
  const now = tools.clock.now();
  await transact(tools.db, async (tx) => {
    await lockThread(tx, claimed.threadId);
    const externalId = to.state === 'sent' ? to.externalId : null;
    const dueAt = to.state === 'retry' ? to.dueAt : null;
    const error = to.error ?? null;
    const repeated = claimed.repeated || (to.state === 'retry' && to.maybeSent === true);
    // Only this process's claim: another may have taken the row over meanwhile, believing this one dead.
    const settled = await tx.$executeRaw`
      UPDATE delivery SET state = ${to.state}::"DeliveryState", error = ${error}, "claimedBy" = NULL, "updatedAt" = ${now}::timestamptz, repeated = ${repeated},
        recipients = recipients || ${JSON.stringify(to.reached === undefined ? {} : { reached: to.reached })}::jsonb,
        "externalId" = coalesce(${externalId}, "externalId"), "dueAt" = coalesce(${dueAt}::timestamptz, "dueAt"),
        "sentAt" = CASE WHEN ${to.state} = 'sent' THEN ${now}::timestamptz ELSE "sentAt" END,
        written = CASE WHEN ${to.state} = 'sent' THEN NULL ELSE written END
      WHERE id = ${claimed.id}::uuid AND state = 'sending' AND "claimedBy" = ${tools.processId}`;
    if (settled === 0) return;
    await tellSending(tx, claimed.channelId, to, now);
    if (externalId !== null) await tx.message.update({ where: { id: claimed.messageId }, data: { externalId } });
    if (to.state === 'failed' && to.deadAddress !== undefined) {
      await tx.identity.updateMany({
        where: { value: to.deadAddress },
        data: { flaggedAt: now, flagReason: to.error },
      });
    }
    if (to.state === 'failed') await answerFailed(tx, claimed.threadId, claimed.messageId);
    if (to.state === 'sent') await answerReleased(tx, claimed.threadId, claimed.messageId, now);
    if (to.copy) await addCopy(tx, claimed);
    if (to.state === 'retry')
      await addJob(
        tx,
        'deliver',
        { deliveryId: claimed.id },
        { inMs: to.dueAt.getTime() - now.getTime(), key: `deliver:${claimed.id}` },
      );
    await tellThread(tx, 'delivery.changed', claimed.threadId, now, {
      ids: { messageId: claimed.messageId },
      patch: {
        delivery: {
          messageId: claimed.messageId,
          state: to.state,
          attempts: claimed.attempts,
          error,
          dueAt: (dueAt ?? now).toISOString(),
          repeated,
        },
      },
    });
  });
}

/** Keeps in the channel's health whether anything goes out by it; writes and tells only what is news. */
async function tellSending(tx: Tx, channelId: string, to: Settlement, now: Date): Promise<void> {
  if (to.state !== 'sent' && !to.channelWide) return;
  const changed =
    to.state === 'sent'
      ? await tx.$executeRaw`
          UPDATE channel_health SET "sendFailingSince" = NULL, "sendError" = NULL, "updatedAt" = ${now}::timestamptz
          WHERE "channelId" = ${channelId}::uuid AND "sendFailingSince" IS NOT NULL`
      : await tx.$executeRaw`
          UPDATE channel_health SET "sendFailingSince" = coalesce("sendFailingSince", ${now}::timestamptz), "sendError" = ${to.error}, "updatedAt" = ${now}::timestamptz
          WHERE "channelId" = ${channelId}::uuid AND ("sendFailingSince" IS NULL OR "sendError" IS DISTINCT FROM ${to.error})`;
  if (changed > 0) await record(tx, { type: 'channel.changed', at: now, ids: { channelId } });
}

function failure(tools: DeliverTools, claimed: Claimed, error: unknown): Settlement {
  const now = tools.clock.now();
  const known = error instanceof SendError ? error : null;
  const reason = (
    known?.message ?? `It could not be sent: ${error instanceof Error ? error.message : String(error)}`
  ).slice(0, errorLength);
  if (known === null)
    tools.log.error({ deliveryId: claimed.id, error: String(error) }, 'an unexpected failure while sending');
  const { to, reached = [] } = claimed.recipients;
  const channelWide = known?.channelWide ?? false;
  if (known?.permanent === true || claimed.attempts >= triesAtMost)
    // The client has it; of the others a word is enough.
    return to.every((one) => reached.includes(one.value))
      ? { state: 'sent', externalId: null, error: reason }
      : { state: 'failed', error: reason, deadAddress: known?.deadAddress, channelWide };
  const waitMs = known?.retryAfterMs ?? backoff(claimed.attempts, Math.random());
  return {
    state: 'retry',
    error: reason,
    dueAt: new Date(now.getTime() + waitMs),
    channelWide,
    maybeSent: known?.maybeSent ?? false,
  };
}

const sweptAtOnce = 500;

/**
 * Jobs for deliveries that are due and have none under way: after the test clock moved, a job was lost, or what one waited for
 * was taken back. Run by the
 * schedule; a second job for one delivery does nothing.
 */
export async function sweepDue(db: Db, now: Date): Promise<number> {
  return db.$executeRaw`
    SELECT graphile_worker.add_job('deliver', json_build_object('deliveryId', id), job_key => 'deliver:' || id, priority => ${urgency.deliver}::int) FROM (
      SELECT d.id FROM delivery d WHERE d.state IN ('pending', 'retry') AND d."dueAt" <= ${now}::timestamptz AND NOT ${isBehindAnother(now)}
      ORDER BY d."dueAt" LIMIT ${sweptAtOnce}) AS due`;
}

/**
 * Forgets how far messages of several parts had come (a channel's cursor `sent:<message>`) once they are out. One that
 * failed keeps it: a person may have it go on where it stopped.
 */
export async function sweepProgress(db: Db): Promise<number> {
  return db.$executeRaw`
    DELETE FROM channel_cursor c USING delivery d
    WHERE c.name LIKE 'sent:%' AND d."messageId"::text = substr(c.name, 6) AND d.state IN ('sent', 'delivered', 'read')`;
}
