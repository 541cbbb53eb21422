import { DateTime } from 'luxon';
import { openState } from '../catalogue/hours.ts';
import { PHRASES } from '../consult/answer/draft.ts';
import { weekdayText } from '../consult/answer/facts.ts';
import { say } from '../consult/phrases/table.ts';
import { runConsult } from '../consult/run.ts';
import type { Citation } from '../consult/schema.ts';
import { questionOf } from '../consult/suggest.ts';
import { answerLanguage, type SpokenLanguage } from '../consult/understand/lexicon.ts';
import { type Tx, transact } from '../db/tx.ts';
import type { Deps } from '../deps.ts';
import { addJob } from '../jobs/add.ts';
import type { Reactor } from '../jobs/handlers.ts';
import { detectLanguage } from '../knowledge/analysis/language.ts';
import { setClock } from '../targets/setClock.ts';
import { put } from '../threads/reply.ts';
import { lockThread, readSummary, type SummaryRow } from '../threads/rows.ts';
import { tellThread } from '../threads/tell.ts';
import { type Decision, decide } from './decide.ts';
import { BOT_WORDS } from './words.ts';

type Tools = Pick<Deps, 'db' | 'clock' | 'knowledge' | 'reword' | 'box' | 'log' | 'reply' | 'here'>;

/** A person wrote where the bot may answer: a job of its own, since it may ask a model over the network. */
export const letBotAnswer: Reactor = async ({ db }, event) => {
  const { messageId } = event.ids;
  if (!messageId || event.threadId === null) return;
  const state = await stateOf(db, event.threadId, messageId);
  if (state) await addJob(db, 'answerByBot', { messageId, threadId: event.threadId }, { key: `bot:${event.threadId}` });
};

/** Answers the client's last message, or hands the thread to people. Repeatable: who has written since decides anew. */
export async function answerClient(tools: Tools, threadId: string, messageId: string): Promise<void> {
  const { db, clock } = tools;
  const state = await stateOf(db, threadId, messageId);
  if (!state) return;
  const { thread, message, channel } = state;
  const now = clock.now();
  const client = await db.client.findUnique({ where: { id: thread.clientId }, select: { language: true } });
  const { question, history } = await questionOf(db, threadId, messageId);
  const language = answerLanguage(detectLanguage(question, client?.language ?? 'en'));
  const storeId = thread.storeId ?? channel.storeId;
  const asker = { by: 'bot' as const, userId: null, storeId, threadId };
  const here = await tools.here?.whoAnswers({
    assigneeId: thread.assigneeId,
    teamId: thread.teamId,
    storeId: thread.storeId,
  });
  const answer = await runConsult(tools, { question, history, locale: language }, asker, now);
  const decision = decide({
    mode: channel.botMode,
    botState: thread.botState,
    somebodyHere: (here ?? []).length > 0,
    answer,
    threshold: channel.botThreshold,
    askedBack: await countAskedBack(db, threadId),
    conversational: channel.kind !== 'email',
    opening: await openingText(tools, storeId, now, language),
    words: BOT_WORDS[language],
  });
  if (decision.do === 'nothing') return;
  await transact(db, async (tx) => {
    await lockThread(tx, threadId);
    const fresh = await readSummary(tx, threadId);
    // A colleague may have answered, or the client written on, while the answer was made.
    if (fresh?.botState !== 'bot' || fresh.status !== 'open' || (await hasNewer(tx, threadId, message.createdAt)))
      return;
    await carryOut(tx, tools, fresh, message.receivedAt, decision, BOT_WORDS[language].name, now);
  });
}

async function carryOut(
  tx: Tx,
  tools: Tools,
  thread: SummaryRow,
  since: Date,
  decision: Exclude<Decision, { do: 'nothing' }>,
  name: string,
  now: Date,
): Promise<void> {
  const text = decision.do === 'wait' ? null : decision.text;
  const citations: Citation[] = decision.do === 'say' ? decision.citations : [];
  if (text !== null)
    await put(
      tx,
      tools.reply,
      thread,
      { kind: 'bot', name },
      { kind: 'reply', text, attachmentIds: [], ...(citations.length > 0 && { citations }) },
    );
  if (decision.do === 'say') return;
  await tx.thread.update({
    where: { id: thread.id },
    data: { botState: 'waiting', botReason: decision.reason.slice(0, 500), waitingSince: since, updatedAt: now },
  });
  await setClock(tx, thread.id);
  await tellThread(tx, 'thread.botChanged', thread.id, now, { patch: { why: decision.reason } });
}

/** The thread, message and channel when this message is the bot's to answer; null when it is not, or not any more. */
async function stateOf(db: Deps['db'], threadId: string, messageId: string) {
  const [thread, message] = await Promise.all([
    readSummary(db, threadId),
    db.message.findUnique({
      where: { id: messageId },
      select: { id: true, threadId: true, direction: true, classification: true, receivedAt: true, createdAt: true },
    }),
  ]);
  if (!thread || !message || message.threadId !== threadId) return null;
  if (thread.botState !== 'bot' || thread.historical || thread.status !== 'open') return null;
  if (message.direction !== 'inbound' || message.classification !== 'person') return null;
  const channel = await db.channel.findUnique({
    where: { id: thread.channelId },
    select: { kind: true, botMode: true, botThreshold: true, storeId: true, removedAt: true, pausedAt: true },
  });
  if (!channel || channel.removedAt || channel.pausedAt) return null;
  return { thread, message, channel };
}

async function hasNewer(tx: Tx, threadId: string, createdAt: Date): Promise<boolean> {
  const newer = await tx.message.count({
    where: {
      threadId,
      createdAt: { gt: createdAt },
      OR: [{ direction: 'outbound' }, { direction: 'inbound', classification: 'person' }],
    },
  });
  return newer > 0;
}

/** Bot messages without a citation since a person last spoke: questions back and greetings. */
async function countAskedBack(db: Deps['db'], threadId: string): Promise<number> {
  const rows = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM message WHERE "threadId" = ${threadId}::uuid AND "authorKind" = 'bot' AND citations IS NULL
      AND "createdAt" > coalesce((SELECT max("createdAt") FROM message WHERE "threadId" = ${threadId}::uuid AND ("authorKind" = 'user' OR citations IS NOT NULL)), '-infinity')`;
  return rows[0]?.n ?? 0;
}

async function openingText(
  tools: Tools,
  storeId: string | null,
  now: Date,
  language: SpokenLanguage,
): Promise<string | null> {
  const store = (await tools.knowledge.sources()).stores.find((candidate) => candidate.id === storeId);
  const state = store && openState(store, now);
  if (!store || !state?.next || state.open) return null;
  const t = PHRASES[language];
  if (state.next.daysAhead === 0) return say(t.opens, { store: store.name, time: state.next.at });
  const day =
    state.next.daysAhead === 1
      ? t.tomorrow
      : weekdayText(DateTime.fromISO(state.next.day.date, { zone: 'utc' }), language);
  return say(t.opensOn, { store: store.name, day, time: state.next.at });
}
