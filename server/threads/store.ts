import type { Address, InboundMessage, IngestOutcome } from '../channels/channel.ts';
import { findOrMakeClients } from '../clients/recognise.ts';
import { maskHtml, maskSecrets } from '../consult/maskSecrets.ts';
import { type Closing, closingOf } from '../consult/understand/closing.ts';
import type { Tx } from '../db/tx.ts';
import { newId } from '../lib/id.ts';
import type { TargetRules } from '../targets/rules.ts';
import { clockOf } from '../targets/setClock.ts';
import { applyBounce } from './bounce.ts';
import { storeColleague } from './colleague.ts';
import { continueThread, listTag, normalSubject } from './continue.ts';
import { independent } from './independent.ts';
import type { IngestChannel } from './ingest.ts';
import {
  alreadyHere,
  findCandidates,
  findTwins,
  type Likeness,
  lockThreadStates,
  type ThreadState,
} from './ingestSql.ts';
import { recount } from './recount.ts';
import { insertRemoteFiles } from './remoteFiles.ts';
import { lockThread } from './rows.ts';
import { advanceThreads, finishReceipts, insertMessages, openThreads, type ThreadStep } from './storeSql.ts';
import { tellThread, tellThreads } from './tell.ts';
import { clientWrote } from './waiting.ts';

/** Keys of what was written to the file store for a message. */
export interface StoredFiles {
  rawKey: string | null;
  /** SHA-256 of the original. */
  digest: string | null;
  attachmentKeys: string[];
  /** SHA-256 of each attachment. */
  attachmentDigests: string[];
}

/** A message that this transaction has claimed. */
export interface Claimed {
  message: InboundMessage;
  files: StoredFiles;
}

/** Words of a message that the list shows. */
export const previewLength = 160;
/** What a client's message may hold at most in the timeline; the original is kept whole. */
const textLimit = 500_000;
/** What is longer is not merely thanks, letters. */
const longestClosing = 200;

interface Work {
  now: Date;
  channel: IngestChannel;
  rules: TargetRules;
}

/**
 * Stores claimed messages: whose each is, where it goes on, the clock, the event. Messages that cannot matter to each other
 * are stored together, a few statements for all; one that depends on an earlier one waits until that one is written, so the
 * result is that of storing them one after the other. Needs the batch's transaction.
 */
export async function storeAll(tx: Tx, work: Work, claimed: Claimed[]): Promise<IngestOutcome[]> {
  const outcomes: IngestOutcome[] = [];
  let rest = claimed.map(({ message, files }) => ({ message: clean(message), files }));
  while (rest.length > 0) {
    const together = independent(rest).flatMap((position) => rest[position] ?? []);
    const stored = await storeRun(tx, work, together);
    outcomes.push(...stored);
    const done = new Set(stored.map(({ externalId }) => externalId));
    rest = rest.filter(({ message }) => !done.has(message.externalId));
  }
  return outcomes;
}

/** Stores a run of independent messages; of several that go into one thread the first, the others wait. */
async function storeRun(tx: Tx, work: Work, run: Claimed[]): Promise<IngestOutcome[]> {
  const settled = await settleWithout(tx, work, run);
  const { placed, twins } = await place(
    tx,
    work,
    run.filter((_, position) => !settled.has(position)),
  );
  const outcomes: Settled[] = [...settled.values(), ...twins, ...(await write(tx, work, placed))];
  await finishReceipts(tx, work.channel.id, outcomes);
  return outcomes.map(({ reason: _, ...outcome }) => outcome);
}

type Settled = IngestOutcome & { reason?: string };

/** Messages that are no client's: ours come back, the same bytes again, the same letter by another way, an edit, a colleague's. */
async function settleWithout(tx: Tx, { now, channel }: Work, run: Claimed[]): Promise<Map<number, Settled>> {
  const settled = new Map<number, Settled>();
  const [only] = run;
  if (only?.message.edits !== undefined) {
    const edited = await edit(tx, channel, only.message, only.message.edits);
    return edited === null ? settled : new Map([[0, edited]]);
  }
  if (channel.kind !== 'email') return settled;
  const letters = run.map(likenessOf);
  for (const [position, here] of await alreadyHere(tx, channel.id, letters)) {
    const externalId = letters[position]?.externalId ?? '';
    if (here.sameMessageId !== null)
      settled.set(position, {
        externalId,
        outcome: 'duplicate',
        messageId: here.sameMessageId,
        threadId: here.sameThreadId,
        reason: 'the same letter was already here',
      });
    else if (here.ownMessageId !== null)
      settled.set(position, {
        externalId,
        outcome: 'own',
        messageId: here.ownMessageId,
        threadId: here.ownThreadId,
        reason: 'a letter of ours that came back',
      });
    else if (here.twinMessageId !== null)
      settled.set(position, {
        externalId,
        outcome: 'duplicate',
        messageId: here.twinMessageId,
        threadId: here.twinThreadId,
        reason: twinReason,
      });
    else {
      const one = run[position];
      const ours = one === undefined ? null : await storeColleague(tx, now, channel, one, here);
      if (ours !== null) settled.set(position, { externalId, outcome: 'stored', ...ours });
    }
  }
  return settled;
}

const twinReason = 'the same letter came another way too';

function likenessOf({ message, files }: Claimed): Likeness {
  return {
    externalId: message.externalId,
    digest: files.digest,
    messageId: message.messageId,
    writer: message.from[0]?.value ?? '',
    subject: message.subject,
    text: message.text,
    rest: message.rest,
    html: message.html,
    files: message.attachments.map(({ name, content }, index) => ({
      name: attachmentName(name),
      size: content.byteLength,
      digest: files.attachmentDigests[index] ?? '',
    })),
  };
}

/** The name of a file as it is stored. */
export const attachmentName = (name: string): string => name.slice(0, 300).toWellFormed();

async function edit(
  tx: Tx,
  channel: IngestChannel,
  message: InboundMessage,
  edited: string,
): Promise<IngestOutcome | null> {
  const [row] = await tx.$queryRaw<{ messageId: string; threadId: string }[]>`
    SELECT "messageId", "threadId" FROM receipt WHERE "channelId" = ${channel.id}::uuid AND "externalId" = ${edited} AND "messageId" IS NOT NULL`;
  // The first version never came (an edit of something older than the connection): then this is the message.
  if (row === undefined) return null;
  await tx.$executeRaw`UPDATE message SET text = ${message.text}, html = ${message.html}, "editedAt" = ${message.arrivedAt}::timestamptz WHERE id = ${row.messageId}::uuid`;
  await tx.$executeRaw`UPDATE thread SET preview = ${previewOf(message)} WHERE id = ${row.threadId}::uuid AND "lastMessageId" = ${row.messageId}::uuid`;
  // Thanks that became more than that: now somebody waits.
  if (closingOf(message.text, '') === null) {
    await lockThread(tx, row.threadId);
    const changed = await tx.$executeRaw`
      UPDATE message SET detail = detail - 'closing' WHERE id = ${row.messageId}::uuid AND detail ->> 'closing' IS NOT NULL`;
    if (changed > 0) await recount(tx, row.threadId);
  }
  await tellThread(tx, 'message.edited', row.threadId, message.arrivedAt, { ids: { messageId: row.messageId } });
  return { externalId: message.externalId, outcome: 'edited', ...row };
}

/** A message with the thread it goes to. */
export interface Placed extends Claimed {
  messageId: string;
  threadId: string;
  clientId: string;
  subject: string;
  /** The thread is new. */
  opened: boolean;
  /** Mere thanks, to whom a person has answered and who waits for nothing: nobody must answer it. */
  closing?: Closing | null;
}

/**
 * Whose each message is and where it goes on; without those that go into the thread of an earlier one, and apart from them
 * letters that another process has stored meanwhile.
 */
async function place(tx: Tx, { now, channel }: Work, run: Claimed[]): Promise<{ placed: Placed[]; twins: Settled[] }> {
  if (run.length === 0) return { placed: [], twins: [] };
  const clients = await findOrMakeClients(
    tx,
    run.map(({ message: { from, language, threadToken, references } }) => ({
      from,
      language,
      answers: { token: threadToken, references },
    })),
    now,
  );
  const clientAt = (position: number) => clients[position]?.id ?? '';
  const twinAt = channel.kind === 'email' ? await findTwins(tx, run.map(likenessOf)) : new Map<number, never>();
  const twins: Settled[] = [...twinAt].map(([position, twin]) => ({
    externalId: run[position]?.message.externalId ?? '',
    outcome: 'duplicate',
    ...twin,
    reason: twinReason,
  }));
  const seekers = run.map(({ message }, position) => ({
    clientId: clientAt(position),
    token: message.threadToken,
    messageId: message.messageId,
    references: message.references,
    subject: normalSubject(message.subject),
    addresses: message.from.map((address) => address.value),
    addressed: [...message.to, ...message.cc]
      .map((address) => address.value)
      .concat(message.lists ?? [], listTag(message.subject) ?? []),
  }));
  const candidates = await findCandidates(tx, channel.kind === 'email', seekers);
  const taken = new Set<string>();
  const placed: Placed[] = [];
  for (const [position, { message, files }] of run.entries()) {
    if (twinAt.has(position)) continue;
    const clientId = clientAt(position);
    const forged = message.authentication?.dmarc === 'fail';
    const arrival = { channelKind: channel.kind, classification: message.classification, clientId, forged };
    const goesOn = continueThread(arrival, candidates.get(position) ?? []).threadId;
    const threadId = goesOn ?? newId(now.getTime());
    if (taken.has(threadId)) continue;
    taken.add(threadId);
    const subject = seekers[position]?.subject ?? '';
    placed.push({
      message,
      files,
      clientId,
      subject,
      threadId,
      opened: goesOn === null,
      messageId: newId(now.getTime()),
    });
  }
  return { placed, twins };
}

async function write(tx: Tx, work: Work, placed: Placed[]): Promise<IngestOutcome[]> {
  const { now, channel } = work;
  if (placed.length === 0) return [];
  await openThreads(
    tx,
    now,
    channel,
    placed.filter((one) => one.opened),
  );
  const states = await lockThreadStates(
    tx,
    placed.map((one) => one.threadId),
  );
  await readClosings(tx, placed, states);
  const steps = placed.map((one) => {
    const state = states.get(one.threadId);
    if (state === undefined) throw new Error(`thread ${one.threadId} went away`);
    return stepOf(work, state, one);
  });
  await insertMessages(tx, now, channel, placed);
  await advanceThreads(tx, now, channel, steps);
  for (const { message, messageId } of placed) {
    if (message.remoteFiles !== undefined) await insertRemoteFiles(tx, messageId, message.remoteFiles, now);
    if (message.detail?.bounces !== undefined || message.classification === 'bounce')
      await applyBounce(tx, now, message);
  }
  await tellThreads(
    tx,
    'message.received',
    now,
    placed.map(({ message, messageId, threadId, opened, closing }, position) => ({
      threadId,
      ids: { messageId, channelId: channel.id },
      patch: {
        classification: message.classification,
        opened,
        reopened: steps[position]?.reopened ?? false,
        ...(closing == null ? {} : { closing }),
      },
    })),
  );
  return placed.map(({ message: { externalId }, messageId, threadId }) => ({
    externalId,
    outcome: 'stored',
    messageId,
    threadId,
  }));
}

/**
 * Says of which messages nobody has to answer them: mere thanks to a person of ours who left nothing open. Whatever may be more than that
 * starts its clock, and so does the first word after a question or an offer of ours.
 */
async function readClosings(tx: Tx, placed: Placed[], states: ReadonlyMap<string, ThreadState>): Promise<void> {
  for (const one of placed) {
    const { message, threadId } = one;
    const state = states.get(threadId);
    if (
      state === undefined ||
      message.classification !== 'person' ||
      message.historical ||
      state.waitingSince !== null ||
      state.firstResponseAt === null ||
      (state.botState !== 'off' && state.botState !== 'person') ||
      message.attachments.length > 0 ||
      message.remoteFiles !== undefined ||
      message.text.length > longestClosing
    )
      continue;
    // Most messages are something else: what we said is only read for those that are not.
    const names = message.from.map((address) => address.name ?? '');
    if (closingOf(message.text, '', names) === null) continue;
    const [ours] = await tx.$queryRaw<{ text: string }[]>`
      SELECT text FROM message WHERE "threadId" = ${threadId}::uuid AND direction = 'outbound' AND "authorKind" = 'user' ORDER BY "receivedAt" DESC, id DESC LIMIT 1`;
    one.closing = closingOf(message.text, ours?.text ?? null, names);
  }
}

/** Counters, clock and status of a thread after a message. */
function stepOf({ channel, rules }: Work, thread: ThreadState, { message, messageId, closing }: Placed): ThreadStep {
  const person = message.classification === 'person';
  const wantsPerson = person && !message.historical;
  const waits = wantsPerson && closing == null;
  const clock = waits ? clientWrote(thread, message.arrivedAt, channel.targetMs) : thread;
  const place = { channelId: channel.id, channelKind: channel.kind, channelTargetMs: channel.targetMs };
  const timer = waits ? clockOf(rules, { ...thread, ...clock, ...place }).clock : thread;
  const status = wantsPerson ? 'open' : thread.status;
  return {
    threadId: thread.id,
    messageId,
    arrivedAt: message.arrivedAt,
    preview: previewOf(message),
    newest: message.arrivedAt >= thread.lastMessageAt || thread.status !== status,
    person,
    wantsPerson,
    status,
    reopened: thread.status === 'closed' && status === 'open' && thread.lastMessageAt < message.arrivedAt,
    waitingSince: clock.waitingSince,
    firstInboundAt: clock.firstInboundAt,
    dueAt: timer.dueAt,
    policyId: timer.policyId,
    targetMs: timer.targetMs,
    timerAt: timer.timerAt,
    timerStep: timer.timerStep,
    clockFor: timer.clockFor,
  };
}

export function previewOf(message: {
  text: string;
  attachments: { name: string }[];
  remoteFiles?: { name: string }[] | undefined;
}): string {
  const words = message.text.replace(/\s+/g, ' ').trim();
  return (
    words === '' ? [...message.attachments, ...(message.remoteFiles ?? [])].map((file) => file.name).join(', ') : words
  )
    .slice(0, previewLength)
    .toWellFormed();
}

/** NFC, without the NUL that PostgreSQL cannot hold, and with card numbers and one-time codes hidden; the raw original keeps them. */
function clean(message: InboundMessage): InboundMessage {
  const fix = (value: string) => value.normalize('NFC').replaceAll('\u0000', '').slice(0, textLimit).toWellFormed();
  const fixAddress = (address: Address): Address => ({
    ...address,
    value: fix(address.value),
    name: address.name === undefined ? undefined : fix(address.name),
  });
  return {
    ...message,
    from: message.from.map(fixAddress),
    to: message.to.map(fixAddress),
    cc: message.cc.map(fixAddress),
    subject: message.subject === null ? null : maskSecrets(fix(message.subject)),
    text: maskSecrets(fix(message.text)),
    rest: message.rest === null ? null : maskSecrets(fix(message.rest)),
    html: message.html === null ? null : maskHtml(fix(message.html)),
    messageId: message.messageId === null || message.messageId.trim() === '' ? null : fix(message.messageId),
    references: message.references.filter((reference) => reference.trim() !== '').map(fix),
    remoteFiles: message.remoteFiles?.map((file) => ({ ...file, name: fix(file.name), type: fix(file.type) })),
    attachments: message.attachments.map((attachment) => ({
      ...attachment,
      name: fix(attachment.name),
      type: fix(attachment.type),
    })),
  };
}
