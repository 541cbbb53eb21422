import { z } from 'zod';
import { meaning, notFound } from '../errors.ts';
import { byId, endpoint } from '../http/endpoint.ts';
import { shortList } from '../http/shortList.ts';
import { page, pageOf } from '../lib/wire.ts';
import { thread } from '../threads/schema.ts';
import { needThread } from '../threads/visibility.ts';
import { lookupKinds, newLookup, setLookup } from './lookup.ts';
import { recentConsults } from './recent.ts';
import { runConsult } from './run.ts';
import * as shapes from './schema.ts';
import { channelsOf, sendConsult } from './send.ts';
import { settleSuggestion, suggest } from './suggest.ts';

export const consult = endpoint({
  summary: 'Answers a question from articles, catalogue and rules, each fact cited',
  body: shapes.consultQuestion,
  answer: shapes.consultAnswer,
  run: async (deps, { body, viewer, now }) => {
    if (body.question.trim() === '') throw meaning('question.empty', 'Ask something.', 'question');
    if (body.threadId) await needThread(deps.db, viewer, body.threadId);
    const asker = {
      by: 'user' as const,
      userId: viewer.userId,
      storeId: viewer.storeIds[0] ?? null,
      threadId: body.threadId ?? null,
    };
    return runConsult(deps, body, asker, body.now && deps.config.test ? new Date(body.now) : now);
  },
});

export const suggestions = endpoint({
  summary: "Drafted answers to the client's last message, made now when nobody made them yet",
  params: byId,
  answer: shapes.suggestions,
  run: async (deps, { params, viewer, now }) => {
    await needThread(deps.db, viewer, params.id);
    const items = await suggest(deps, params.id, now);
    const { answer = null, abstained = true, passages = [], products = [], ...best } = items[0] ?? {};
    return { ...best, answer, abstained, passages, products, items };
  },
});

export const settle = endpoint({
  summary: 'What became of a suggestion',
  params: byId,
  body: z.object({ outcome: z.enum(['inserted', 'sent', 'edited', 'dismissed']) }),
  run: ({ db }, { params, body, viewer, now }) => settleSuggestion(db, viewer, params.id, body.outcome, now),
});

export const recent = endpoint({
  summary: 'My own consults, newest first',
  query: page,
  answer: pageOf(shapes.recentConsult),
  run: ({ db }, { viewer, query }) => recentConsults(db, viewer.userId, query),
});

export const edit = endpoint({
  summary: 'How long a consult of mine lasted, and whether its answer helped',
  params: byId,
  body: shapes.editConsult,
  run: async ({ db }, { params, body, viewer, now }) => {
    const { count } = await db.consult.updateMany({
      where: { id: params.id, userId: viewer.userId },
      data: {
        ...(body.lastedMs !== undefined && { lastedMs: body.lastedMs }),
        ...(body.rejected !== undefined && { rejectedAt: body.rejected ? now : null }),
      },
    });
    if (count === 0) throw notFound('consult');
  },
});

export const send = endpoint({
  summary: 'Sends the answer of a consult to a client',
  params: byId,
  body: shapes.consultSending,
  answer: z.object({ threadId: byId.shape.id, messageId: byId.shape.id }),
  status: 201,
  run: ({ reply }, { params, body, viewer, user }) => sendConsult(reply, viewer, user.name, params.id, body),
});

export const channels = shortList({
  summary: 'By which channels a client can be written to',
  params: byId,
  item: thread.shape.replyChannels.element,
  run: ({ db }, { params, viewer }) => channelsOf(db, viewer, params.id),
});

export const lookups = shortList({
  summary: "Which of the store's own systems are asked; secrets are never read back",
  item: z.object({ kind: z.enum(lookupKinds), url: z.string() }),
  run: ({ db }) => db.lookup.findMany({ select: { kind: true, url: true }, orderBy: { kind: 'asc' } }),
});

export const putLookup = endpoint({
  summary: 'Where questions about an order, a repair or a purchase go',
  params: z.object({ kind: z.enum(lookupKinds) }),
  body: newLookup,
  run: (deps, { params, body, now }) => setLookup(deps, params.kind, body, now),
});
