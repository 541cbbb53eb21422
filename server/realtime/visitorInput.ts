import type { z } from 'zod';
import type { InboundMessage } from '../channels/channel.ts';
import { inboundOf } from '../channels/chat/inbound.ts';
import { addressMessageLimit, Limiter, messageLimit, signalLimit } from '../channels/chat/limit.ts';
import { AppError } from '../errors.ts';
import { inputProblems } from '../lib/inputWords.ts';
import { fewAtOnce } from '../lib/lines.ts';
import { leaveEmail } from '../visitors/contact.ts';
import { ownThreads, readOne, readPage } from '../visitors/history.ts';
import { markReadByVisitor } from '../visitors/read.ts';
import type { Answer, Stored, VisitorError } from '../visitors/schema.ts';
import * as shapes from '../visitors/schema.ts';
import { takeFiles } from '../visitors/uploads.ts';
import { clientTyper, type Line, type Lines, linesIn, roomsOfVisitor, threadRoom } from './visitorLine.ts';
import type { VisitorTools } from './visitorSocket.ts';
import type { StateOf } from './visitorState.ts';

/** Messages of one screen stored in one transaction at most. */
const batchSize = 30;

/** Batches with files, of all visitors, that are in memory at once. */
const fileBatchesAtOnce = 4;

const messages = new Limiter(messageLimit);
const messagesFrom = new Limiter(addressMessageLimit);
const inTurn = fewAtOnce(fileBatchesAtOnce);
const signals = new Limiter(signalLimit);

/** Hears one screen of a visitor: what they write, read, type and leave. */
export function hearVisitor(tools: VisitorTools, lines: Lines, line: Line, stateOf: StateOf): void {
  const { db, clock, feed, log } = tools;
  const { visitor, scope } = line.data;
  const waiting: Waiting[] = [];
  let isStoring = false;

  line.on('message', (said, ack) => {
    void answer(tools, ack, shapes.visitorMessageIn, said, async (message) => {
      const now = clock.now().getTime();
      const waitMs = messages.take(visitor.id, now) || messagesFrom.take(line.data.network, now);
      if (waitMs > 0) throw tooFast(waitMs);
      return new Promise<Stored>((resolve, reject) => {
        waiting.push({ message, resolve, reject });
        if (!isStoring) void pump();
      });
    });
  });

  async function pump(): Promise<void> {
    isStoring = true;
    while (waiting.length > 0) {
      const batch = nextBatch(waiting);
      const store = () => storeBatch(tools, lines, line, stateOf, batch);
      await (hasFiles(batch.at(-1)) ? inTurn(store) : store());
    }
    isStoring = false;
  }

  line.on('typing', (said) => {
    const parsed = shapes.visitorTyping.safeParse(said);
    const [thread] = line.data.threads;
    if (!parsed.success || thread === undefined || isTooFast()) return;
    feed
      .notify({ kind: 'typing', userId: clientTyper, threadId: thread.id, typing: parsed.data.typing })
      .catch((error) => log.warn({ error: String(error) }, 'typing could not be told'));
  });

  line.on('read', (said) => {
    const parsed = shapes.visitorRead.safeParse(said);
    if (!parsed.success || isTooFast()) return;
    const where = { channelId: scope.channelId, threadIds: line.data.threads.map((thread) => thread.id) };
    markReadByVisitor(db, where, parsed.data.messageId, clock.now()).catch((error) =>
      log.warn({ error: String(error) }, 'a read mark was not kept; the next one covers it'),
    );
  });

  line.on('history', (said, ack) => {
    void answer(tools, ack, shapes.visitorHistory, said, ({ before }) => {
      refuseTooFast();
      return readPage(db, scope, line.data.threads, before);
    });
  });

  line.on('contact', (said, ack) => {
    void answer(tools, ack, shapes.visitorContact, said, async (contact) => {
      refuseTooFast();
      const email = await leaveEmail(db, line.data.from, contact, clock.now());
      const state = await stateOf(line.data);
      for (const screen of linesIn(lines, ...roomsOfVisitor(scope.channelId, visitor))) screen.emit('state', state);
      return { email };
    });
  });

  const isTooFast = () => signals.take(line.id, clock.now().getTime()) > 0;
  function refuseTooFast() {
    const waitMs = signals.take(line.id, clock.now().getTime());
    if (waitMs > 0) throw tooFast(waitMs);
  }
}

interface Waiting {
  message: z.output<typeof shapes.visitorMessageIn>;
  resolve(stored: Stored): void;
  reject(error: unknown): void;
}

const hasFiles = (one: Waiting | undefined) => one !== undefined && one.message.attachmentIds.length > 0;

/** Takes the next ones out; files of one message at most, or thirty messages would hold all of theirs in memory. */
function nextBatch(waiting: Waiting[]): Waiting[] {
  const withFiles = waiting.findIndex(hasFiles);
  return waiting.splice(0, withFiles < 0 ? batchSize : Math.min(batchSize, withFiles + 1));
}

/** Stores what one screen has written meanwhile, in its order; each is answered when it is durable. */
async function storeBatch(
  tools: VisitorTools,
  lines: Lines,
  line: Line,
  stateOf: StateOf,
  batch: Waiting[],
): Promise<void> {
  const { chat } = line.data;
  const ready: { inbound: InboundMessage; waiting: Waiting }[] = [];
  for (const waiting of batch) {
    try {
      ready.push({ inbound: await inbound(tools, line, waiting.message), waiting });
    } catch (error) {
      waiting.reject(error);
    }
  }
  if (ready.length === 0) return;
  try {
    for (const { waiting } of ready) line.data.own.add(waiting.message.clientKey);
    const outcomes = await tools.host.ingest(chat.id, { messages: ready.map((one) => one.inbound) });
    for (const [index, { inbound: message, waiting }] of ready.entries()) {
      const outcome = outcomes[index];
      if (!outcome?.messageId || !outcome.threadId) {
        waiting.reject(new AppError('meaning', 'message.refused', 'This message could not be stored.'));
        continue;
      }
      const { messageId, threadId } = outcome;
      if (!line.data.threads.some((thread) => thread.id === threadId)) {
        await follow(tools, lines, line, stateOf, threadId);
      }
      // What was stored before has its own time, and files have addresses of their own.
      const shown =
        outcome.outcome === 'stored' && message.attachments.length === 0
          ? null
          : await readOne(tools.db, line.data.scope, messageId);
      waiting.resolve({
        messageId,
        threadId,
        sentAt: shown?.sentAt ?? message.arrivedAt.toISOString(),
        attachments: shown?.attachments ?? [],
      });
    }
  } catch (error) {
    for (const { waiting } of ready) waiting.reject(error);
  }
}

async function inbound(tools: VisitorTools, line: Line, message: Waiting['message']): Promise<InboundMessage> {
  const { visitor, from, language, lastAtMs } = line.data;
  const arrivedAt = new Date(Math.max(tools.host.now().getTime(), lastAtMs + 1));
  line.data.lastAtMs = arrivedAt.getTime();
  const attachments = await takeFiles(tools, visitor.id, message.attachmentIds);
  return inboundOf({
    visitor,
    from,
    clientKey: message.clientKey,
    text: message.text,
    attachments,
    language,
    arrivedAt,
  });
}

/** Every screen of this visitor goes on in the thread that a message has opened. */
async function follow(
  tools: VisitorTools,
  lines: Lines,
  line: Line,
  stateOf: StateOf,
  threadId: string,
): Promise<void> {
  const { chat, visitor } = line.data;
  const screens = new Set([line, ...linesIn(lines, ...roomsOfVisitor(chat.id, visitor))]);
  for (const screen of screens) {
    // Each for itself: another browser of a logged-in user has conversations from before the log-in.
    screen.data.threads = await ownThreads(tools.db, screen.data.scope);
    // The feed may have told of the message before anybody was in the thread's room.
    if (screen.data.threads.some((thread) => thread.id === threadId)) await screen.join(threadRoom(threadId));
    screen.emit('state', await stateOf(screen.data));
  }
}

/** Parses, works and acknowledges; a visitor never sees more of a fault than a word. */
async function answer<Shape extends z.ZodType, Result>(
  { log }: Pick<VisitorTools, 'log'>,
  ack: unknown,
  shape: Shape,
  said: unknown,
  work: (value: z.output<Shape>) => Promise<Result>,
): Promise<void> {
  const reply = (value: Answer<Result>) => typeof ack === 'function' && ack(value);
  const parsed = shape.safeParse(said);
  if (!parsed.success) {
    const tooLong = parsed.error.issues.some((issue) => issue.code === 'too_big');
    const title = tooLong ? 'This is too long.' : 'This is not as it should be.';
    const errors = inputProblems(parsed.error.issues);
    reply({ error: { code: tooLong ? 'message.tooLong' : 'input.invalid', title, errors } });
    return;
  }
  try {
    reply(await work(parsed.data));
  } catch (error) {
    reply(errorOf(log, error));
  }
}

function errorOf(log: VisitorTools['log'], error: unknown): VisitorError {
  if (!(error instanceof AppError)) {
    log.error({ error: error instanceof Error ? error.stack : String(error) }, 'a visitor was not served');
    return { error: { code: 'unavailable', title: 'Something went wrong on our side; try again.' } };
  }
  const { retryAfterMs } = error.extra;
  return {
    error: {
      code: error.code,
      title: error.message,
      ...(error.errors.length > 0 ? { errors: error.errors } : {}),
      ...(typeof retryAfterMs === 'number' ? { retryAfterMs } : {}),
    },
  };
}

function tooFast(retryAfterMs: number): AppError {
  return new AppError('tooMany', 'visitor.tooFast', 'That was a lot at once; it goes on in a moment.', {
    extra: { retryAfterMs },
  });
}
