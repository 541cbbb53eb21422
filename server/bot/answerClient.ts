import { spendAutomatic } from '../alerts/spend.ts';
import { runConsult } from '../consult/run.ts';
import { questionOf } from '../consult/suggest.ts';
import { actOf } from '../consult/understand/act.ts';
import { answerLanguage, type SpokenLanguage } from '../consult/understand/lexicon.ts';
import { namedStores } from '../consult/understand/places.ts';
import { tokenise } from '../consult/understand/quantities.ts';
import { understand } from '../consult/understand/understand.ts';
import { type Tx, transact } from '../db/tx.ts';
import type { Deps } from '../deps.ts';
import { addJob } from '../jobs/add.ts';
import type { Reactor } from '../jobs/handlers.ts';
import { detectLanguage } from '../knowledge/analysis/language.ts';
import { lockThread, readSummary, type SummaryRow } from '../threads/rows.ts';
import { carryOut, type Done } from './carryOut.ts';
import { decide } from './decide.ts';
import { type Flow, readFlow } from './flows/flow.ts';
import { holdsSecret, isAngry, yesOrNo } from './flows/hear.ts';
import { type Next, nextOf, type Said, withSaid } from './flows/next.ts';
import { startOf } from './flows/start.ts';
import { openingText, queueText, readQueue } from './queue.ts';
import { BOT_WORDS } from './words/spoken.ts';

type Tools = Pick<Deps, 'db' | 'clock' | 'knowledge' | 'reword' | 'box' | 'log' | 'reply' | 'here'>;

/** A person wrote where the bot may answer: a job of its own, since it may ask a model over the network. */
export const letBotAnswer: Reactor = async ({ db, clock }, event) => {
  const { messageId } = event.ids;
  if (!messageId || event.threadId === null) return;
  const [by] = await db.$queryRaw<
    { botState: string }[]
  >`SELECT "botState" FROM thread WHERE id = ${event.threadId}::uuid`;
  if (by?.botState !== 'bot' && by?.botState !== 'waiting') return;
  const state = await stateOf(db, event.threadId, messageId, clock.now());
  if (state) await addJob(db, 'answerByBot', { messageId, threadId: event.threadId }, { key: `bot:${event.threadId}` });
};

/**
 * Answers the client's last message, or hands the thread to people. Repeatable: who has written since decides anew. A
 * letter is within the address's budget: a robot that writes like a person is answered so often and no more.
 */
export async function answerClient(tools: Tools, threadId: string, messageId: string): Promise<void> {
  const { db, clock } = tools;
  const now = clock.now();
  const state = await stateOf(db, threadId, messageId, now);
  if (!state) return;
  const { thread, message, channel, flow } = state;
  const client = await db.client.findUnique({ where: { id: thread.clientId }, select: { language: true } });
  const { question, history } = await questionOf(db, threadId, messageId);
  // "Yes" and a phone number are of no language; the talk goes on in the one it was held in.
  const usual = client?.language ?? detectLanguage(history.at(-1)?.text ?? question, 'en');
  const short = flow !== null && (yesOrNo(question) !== null || question.length < 25);
  const language = answerLanguage(
    short ? ((await lastLanguage(db, threadId)) ?? usual) : detectLanguage(question, usual),
  );
  const storeId = thread.storeId ?? channel.storeId;
  const said = await saidOf(tools, threadId, question);
  const next: Next = flow === null ? { do: 'drop' } : nextOf(flow, said);
  const done: Done | null =
    next.do === 'drop'
      ? thread.botState === 'bot'
        ? await answerAnew(tools, state, { question, history, said, language, storeId })
        : null
      : { do: 'flow', next, question };
  if (done === null || done.do === 'nothing') return;
  await transact(db, async (tx) => {
    await lockThread(tx, threadId);
    const fresh = await readSummary(tx, threadId);
    // A colleague may have answered, or the client written on, while the answer was made.
    if (
      fresh?.botState !== thread.botState ||
      fresh.status !== 'open' ||
      (await hasNewer(tx, threadId, message.createdAt))
    )
      return;
    const address = message.authorAddress ?? thread.clientId;
    const speaks = done.do !== 'wait' && !('text' in done && done.text === null);
    const may = channel.kind !== 'email' || !speaks || (await spendAutomatic(tx, address, now));
    await carryOut(
      { tx, reply: tools.reply, thread: fresh, storeId, language, now },
      may ? done : { do: 'wait', reason: 'tooManyLetters' },
      message.receivedAt,
    );
  });
}

interface Heard {
  question: string;
  history: { role: 'client' | 'us'; text: string }[];
  said: Said;
  language: SpokenLanguage;
  storeId: string | null;
}

async function answerAnew(
  tools: Tools,
  { thread, channel }: NonNullable<Awaited<ReturnType<typeof stateOf>>>,
  { question, history, said, language, storeId }: Heard,
): Promise<Done> {
  const { db, clock } = tools;
  const now = clock.now();
  const asker = { by: 'bot' as const, userId: null, storeId, threadId: thread.id };
  const place = { assigneeId: thread.assigneeId, teamId: thread.teamId, storeId: thread.storeId };
  const [answer, here, queue, sources, addresses] = await Promise.all([
    runConsult(tools, { question, history, locale: language }, asker, now),
    tools.here?.whoAnswers(place) ?? [],
    readQueue(db, thread.channelId, thread.id, now),
    tools.knowledge.sources(),
    db.identity.findMany({
      where: { clientId: thread.clientId },
      select: { kind: true, value: true, contactEmail: true },
    }),
  ]);
  const conversational = channel.kind !== 'email';
  const isClaim = answer.asked?.intent === 'defective';
  const claim: Flow = { kind: 'claim', step: 'facts', slots: { claim: withSaid({ photos: 0, asked: 1 }, said) } };
  const store = sources.stores.find((one) => one.id === storeId);
  const reachable = addresses.some((one) => one.kind !== 'visitor' || one.contactEmail !== null);
  const [productId] = answer.asked?.productIds ?? [];
  return decide({
    mode: channel.botMode,
    botState: thread.botState,
    somebodyHere: here.length > 0,
    answer,
    threshold: channel.botThreshold,
    askedBack: await countAskedBack(db, thread.id),
    conversational,
    angry: isAngry(question, isClaim),
    act: actOf(question, language),
    secret: holdsSecret(question),
    claim: isClaim ? claim : null,
    start: startOf({
      question,
      answer,
      offers: productId === undefined ? [] : await sources.offersOf([productId]),
      stores: sources.stores,
      storeId,
      phone: addresses.find((one) => one.kind === 'phone')?.value ?? null,
      language,
    }),
    queue: queueText(queue, language),
    opening: openingText(store, now, language),
    mayLeaveContact: channel.kind === 'chat' && !reachable,
    words: BOT_WORDS[language],
  });
}

/** What the client's words since we last answered say for a flow. */
async function saidOf(tools: Tools, threadId: string, question: string): Promise<Said> {
  const sources = await tools.knowledge.sources();
  const [row] = await tools.db.$queryRaw<{ photos: number }[]>`
    SELECT count(*)::int AS photos FROM attachment a JOIN message m ON m.id = a."messageId"
    WHERE m."threadId" = ${threadId}::uuid AND m.direction = 'inbound' AND (a.type LIKE 'image/%' OR a.type LIKE 'video/%')
      AND m."createdAt" > coalesce((SELECT max("createdAt") FROM message WHERE "threadId" = ${threadId}::uuid AND direction = 'outbound'), '-infinity')`;
  const mention = sources.catalogue.matcher.find(question);
  const device =
    mention.kind === 'one'
      ? mention.product.name
      : mention.kind === 'several'
        ? mention.words.join(' ') || null
        : mention.kind === 'absent'
          ? mention.said
          : null;
  const tokens = tokenise(question);
  const { stores, places } = namedStores(tokens, sources.stores);
  const chooses =
    stores.length === 1 &&
    tokens.length - places.length <= WORDS_BESIDE &&
    !/[?？؟]/u.test(question) &&
    understand(question, { ...sources, ...sources.catalogue, now: tools.clock.now(), timezone: 'UTC' }).scores.size ===
      0;
  return { text: question, photos: row?.photos ?? 0, device, storeIds: stores.map((store) => store.id), chooses };
}

/** "North Mall please", "Station is fine": with more words it says something else of the store. */
const WORDS_BESIDE = 2;

interface State {
  thread: SummaryRow;
  message: { authorAddress: string | null; receivedAt: Date; createdAt: Date };
  channel: { kind: string; botMode: string; botThreshold: number; storeId: string | null };
  flow: Flow | null;
}

/**
 * The thread, message and channel when this message is the bot's to answer; null when it is not, or not any more. A client who
 * waits for a person may still tell the bot what a claim needs, or where to reach them.
 */
async function stateOf(db: Deps['db'], threadId: string, messageId: string, now: Date): Promise<State | null> {
  const [thread, message] = await Promise.all([
    readSummary(db, threadId),
    db.message.findUnique({
      where: { id: messageId },
      select: {
        id: true,
        threadId: true,
        direction: true,
        classification: true,
        authorAddress: true,
        receivedAt: true,
        createdAt: true,
      },
    }),
  ]);
  if (!thread || !message || message.threadId !== threadId) return null;
  if ((thread.botState !== 'bot' && thread.botState !== 'waiting') || thread.historical || thread.status !== 'open')
    return null;
  if (message.direction !== 'inbound' || message.classification !== 'person') return null;
  const flow = await readFlow(db, threadId, now);
  if (thread.botState === 'waiting' && flow?.kind !== 'claim' && flow?.kind !== 'leaveContact') return null;
  const channel = await db.channel.findUnique({
    where: { id: thread.channelId },
    select: { kind: true, botMode: true, botThreshold: true, storeId: true, removedAt: true, pausedAt: true },
  });
  if (!channel || channel.removedAt || channel.pausedAt || channel.botMode === 'off' || channel.botMode === 'suggest')
    return null;
  return { thread, message, channel, flow };
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

/** The language of the bot's last answered question. */
async function lastLanguage(db: Deps['db'], threadId: string): Promise<string | null> {
  const row = await db.consult.findFirst({
    where: { threadId },
    orderBy: { createdAt: 'desc' },
    select: { answer: true },
  });
  const asked = (row?.answer as { asked?: { language?: string } } | undefined)?.asked;
  return asked?.language ?? null;
}

/** Bot messages without a citation since a person last spoke: questions back and greetings. */
async function countAskedBack(db: Deps['db'], threadId: string): Promise<number> {
  const rows = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM message WHERE "threadId" = ${threadId}::uuid AND "authorKind" = 'bot' AND direction = 'outbound' AND citations IS NULL
      AND "createdAt" > coalesce((SELECT max("createdAt") FROM message WHERE "threadId" = ${threadId}::uuid AND ("authorKind" = 'user' OR citations IS NOT NULL)), '-infinity')`;
  return rows[0]?.n ?? 0;
}
