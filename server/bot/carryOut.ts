import type { Citation } from '../consult/schema.ts';
import type { Tx } from '../db/tx.ts';
import type { Deps } from '../deps.ts';
import { noClock, setClock } from '../targets/setClock.ts';
import { put } from '../threads/reply.ts';
import { tellThread } from '../threads/tell.ts';
import type { Decision } from './decide.ts';
import {
  type Arranging,
  arrangeClaim,
  arrangeHold,
  arrangeReaching,
  arrangeTelling,
  claimText,
  missingText,
} from './flows/arrangeFor.ts';
import { type Flow, keepFlow } from './flows/flow.ts';
import { keepContact } from './flows/keepContact.ts';
import type { Next } from './flows/next.ts';
import { summaryText } from './summary.ts';
import { BOT_WORDS } from './words/spoken.ts';

/** A decision, or one more step of a flow. */
export type Done = Decision | { do: 'flow'; next: Exclude<Next, { do: 'drop' }>; question: string };

type Work = Arranging & { reply: Deps['reply'] };

/**
 * Says it, arranges it, or hands the thread to people. Needs a transaction with the thread locked.
 * @param since when the client wrote: from then on they wait for a person, once handed over
 */
export async function carryOut(work: Work, done: Done, since: Date): Promise<void> {
  const { tx, thread, now } = work;
  switch (done.do) {
    case 'nothing':
      return;
    case 'wait':
      return pass(work, done.reason, since);
    case 'say':
      await keepFlow(tx, thread.id, done.flow, now);
      // A question back is told from an answer by having no citations at all.
      return say(work, done.text, done.citations.length > 0 || done.flow !== null ? done.citations : null);
    case 'beKind':
      if (done.text !== null) return say(work, done.text, []);
      return nobodyWaits(work);
    case 'sayAgain':
      await say(work, done.text, null);
      return goesOnWaiting(work, since);
    case 'arrange': {
      const { what } = done;
      const text =
        what.do === 'hold'
          ? await arrangeHold(work, what.productId, what.storeId)
          : what.do === 'tell'
            ? await arrangeTelling(work, what.productId, what.storeId)
            : await arrangeReaching(work, what.phone, 'call', thread.preview);
      return say(work, text, []);
    }
    case 'handOver':
      // What it says while handing over answers nothing: since when they wait is known before.
      await pass(work, done.reason, since);
      if (done.text !== null) await say(work, done.text, done.flow === null ? null : []);
      return keepFlow(tx, thread.id, done.flow, now);
    case 'flow':
      return goOn(work, done.next, done.question);
  }
}

async function goOn(work: Work, next: Exclude<Next, { do: 'drop' }>, question: string): Promise<void> {
  const { tx, thread, language, now } = work;
  switch (next.do) {
    case 'end':
      await keepFlow(tx, thread.id, null, now);
      return say(work, BOT_WORDS[language].allRight, []);
    case 'hold':
      return say(work, await arrangeHold(work, next.productId, next.storeId), []);
    case 'tell':
      return say(work, await arrangeTelling(work, next.productId, next.storeId), []);
    case 'call':
      return say(work, await arrangeReaching(work, next.phone, 'call', question), []);
    case 'contact':
      await keepContact(tx, thread, next.contact, now);
      return say(work, await arrangeReaching(work, next.contact.value, 'answer', question), []);
    case 'claim': {
      if (!next.complete) {
        const flow: Flow = { kind: 'claim', step: 'facts', slots: { claim: next.facts } };
        await keepFlow(tx, thread.id, flow, now);
        return say(work, missingText(language, next.missing), []);
      }
      const text = await arrangeClaim(work, next.facts);
      await note(work, claimText(next.facts));
      return say(work, text, []);
    }
  }
}

function bot({ language }: Work) {
  return { kind: 'bot' as const, name: BOT_WORDS[language].name };
}

async function say(work: Work, text: string, citations: Citation[] | null): Promise<void> {
  await put(work.tx, work.reply, work.thread, bot(work), {
    kind: 'reply',
    text,
    attachmentIds: [],
    ...(citations !== null && { citations }),
  });
}

async function note(work: Work, text: string): Promise<void> {
  await put(work.tx, work.reply, work.thread, bot(work), { kind: 'note', text, attachmentIds: [] });
}

/** Nothing is to be answered: the clock that the message began stops. */
async function nobodyWaits({ tx, thread, now }: Work): Promise<void> {
  await tx.thread.update({ where: { id: thread.id }, data: { waitingSince: null, ...noClock, updatedAt: now } });
  await tellThread(tx, 'thread.botChanged', thread.id, now, { patch: {} });
}

/** The bot spoke and answered nothing: the client waits since the first of their words that nobody answered. */
async function goesOnWaiting({ tx, thread, now }: Work, wrote: Date): Promise<void> {
  const waitingSince = await firstUnanswered(tx, thread.id, wrote);
  await tx.thread.update({ where: { id: thread.id }, data: { waitingSince, updatedAt: now } });
  await setClock(tx, thread.id);
  await tellThread(tx, 'thread.botChanged', thread.id, now, { patch: {} });
}

/** A question back, which is told by having no citations at all, answers nothing. */
async function firstUnanswered(tx: Tx, threadId: string, wrote: Date): Promise<Date> {
  const [row] = await tx.$queryRaw<{ since: Date | null }[]>`
    SELECT min("receivedAt") AS since FROM message
    WHERE "threadId" = ${threadId}::uuid AND direction = 'inbound' AND classification = 'person' AND "createdAt" >
      coalesce((SELECT max("createdAt") FROM message WHERE "threadId" = ${threadId}::uuid AND direction = 'outbound'
        AND ("authorKind" = 'user' OR citations IS NOT NULL)), '-infinity')`;
  return row?.since && row.since < wrote ? row.since : wrote;
}

/** The thread waits for a person from now on, with what was said so far in a few lines. */
async function pass(work: Work, reason: string, since: Date): Promise<void> {
  const { tx, thread, now } = work;
  const waitingSince = await firstUnanswered(tx, thread.id, since);
  const summary = await summaryText(tx, thread.id);
  if (summary !== null) await note(work, summary);
  await tx.thread.update({
    where: { id: thread.id },
    data: { botState: 'waiting', botReason: reason.slice(0, 500), waitingSince, updatedAt: now },
  });
  await setClock(tx, thread.id);
  await tellThread(tx, 'thread.botChanged', thread.id, now, { patch: { why: reason } });
}
