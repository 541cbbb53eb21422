import { z } from 'zod';
import { notFound } from '../errors.ts';
import { byId, endpoint, RawAnswer } from '../http/endpoint.ts';
import { shortList } from '../http/shortList.ts';
import { id, pageOf } from '../lib/wire.ts';
import { deleteDraft, readDraft, saveDraft } from './drafts.ts';
import * as lifecycle from './lifecycle.ts';
import { countThreads, listThreads } from './list.ts';
import * as moves from './moves.ts';
import { giveToClient } from './ofClient.ts';
import { listMessages, markRead, needMessage, readThread } from './read.ts';
import { remoteImage } from './remoteImage.ts';
import { undoDelivery, writeMessage } from './reply.ts';
import { retryDelivery } from './retry.ts';
import * as shapes from './schema.ts';
import { readAttachment, upload, uploadLimitBytes } from './uploads.ts';

const ofThread = z.object({ id, mid: id });
const ofTag = z.object({ id, tag: z.string().min(1).max(lifecycle.tagLength) });
const ofMove = z.object({ id, moveId: id });

export const list = endpoint({
  summary: 'The inbox: threads, last message first, or longest waiting first',
  query: shapes.threadQuery,
  answer: pageOf(shapes.threadRow),
  run: ({ db }, { viewer, query }) => listThreads(db, viewer, query),
});

export const counts = endpoint({
  summary: 'Open threads by tab',
  answer: shapes.threadCounts,
  run: ({ db }, { viewer }) => countThreads(db, viewer),
});

export const read = endpoint({
  summary: 'One thread',
  params: byId,
  answer: shapes.thread,
  run: ({ db }, { viewer, params }) => readThread(db, viewer, params.id),
});

export const messages = endpoint({
  summary: 'Its messages, newest first; with `after`, those since that one',
  params: byId,
  query: shapes.messageQuery,
  answer: pageOf(shapes.message),
  run: ({ db }, { viewer, params, query }) => listMessages(db, viewer, params.id, query),
});

export const write = endpoint({
  summary: 'A reply or a note',
  params: byId,
  body: shapes.newMessage,
  answer: shapes.message,
  status: 201,
  run: ({ reply }, { user, viewer, params, body }) => writeMessage(reply, viewer, user.name, params.id, body),
});

export const undo = endpoint({
  summary: 'Takes a reply back within its undo window',
  params: ofThread,
  run: ({ db }, { viewer, params, now }) => undoDelivery(db, viewer, params.id, params.mid, now),
});

export const retry = endpoint({
  summary: 'Tries a failed delivery again',
  params: byId,
  run: async ({ db }, { viewer, params, now }) => {
    await needMessage(db, viewer, params.id);
    await retryDelivery(db, params.id, now);
  },
});

export const raw = endpoint({
  summary: 'The original as it was received',
  params: byId,
  run: async ({ db, files }, { viewer, params }) => {
    const message = await needMessage(db, viewer, params.id);
    if (message.rawKey === null) throw notFound('original');
    return new RawAnswer(
      await files.stream(message.rawKey),
      message.channelKind === 'email' ? 'message/rfc822' : 'application/json',
      {
        'Content-Disposition': `attachment; filename="${params.id}.${message.channelKind === 'email' ? 'eml' : 'json'}"`,
        'Content-Security-Policy': 'sandbox',
      },
    );
  },
});

export const image = endpoint({
  summary: 'A picture that a letter names elsewhere, fetched by the server for a reader who asks',
  params: byId,
  query: z.object({ url: z.string().max(8_000) }),
  run: async ({ db }, { viewer, params, query }) => {
    await needMessage(db, viewer, params.id);
    const { type, body } = await remoteImage(db, params.id, query.url);
    return new RawAnswer(body, type, {
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, max-age=86400',
    });
  },
});

export const assign = endpoint({
  summary: 'Gives the thread to a colleague or a team',
  params: byId,
  body: shapes.assignment,
  answer: shapes.threadSummary,
  run: ({ db }, { user, viewer, params, body, now }) => {
    const userId = body.userId === 'me' ? viewer.userId : body.userId;
    const to = {
      ...(userId === undefined ? {} : { userId }),
      ...(body.teamId === undefined ? {} : { teamId: body.teamId }),
    };
    return lifecycle.assignThread(db, viewer, params.id, to, user.permissions.has('threads.assignOthers'), now);
  },
});

export const unassign = endpoint({
  summary: 'Takes it from everybody',
  params: byId,
  answer: shapes.threadSummary,
  run: ({ db }, { viewer, params, now }) => lifecycle.assignThread(db, viewer, params.id, { userId: null }, true, now),
});

export const close = endpoint({
  summary: 'Closes it',
  params: byId,
  answer: shapes.threadSummary,
  run: ({ db }, { viewer, params, now }) => lifecycle.closeThread(db, viewer, params.id, now),
});

export const reopen = endpoint({
  summary: 'Opens it again',
  params: byId,
  answer: shapes.threadSummary,
  run: ({ db }, { viewer, params, now }) => lifecycle.reopenThread(db, viewer, params.id, now),
});

export const snooze = endpoint({
  summary: 'Puts it away until a time',
  params: byId,
  body: shapes.snooze,
  answer: shapes.threadSummary,
  run: ({ db }, { viewer, params, body, now }) =>
    lifecycle.snoozeThread(db, viewer, params.id, new Date(body.until), now),
});

export const tag = endpoint({
  summary: 'Adds a tag',
  params: ofTag,
  answer: shapes.threadSummary,
  run: ({ db }, { viewer, params, now }) => lifecycle.tagThread(db, viewer, params.id, params.tag, true, now),
});

export const untag = endpoint({
  summary: 'Removes a tag',
  params: ofTag,
  answer: shapes.threadSummary,
  run: ({ db }, { viewer, params, now }) => lifecycle.tagThread(db, viewer, params.id, params.tag, false, now),
});

export const tags = shortList({
  summary: 'Every tag in use',
  item: z.string(),
  run: async ({ db }) => {
    const rows = await db.$queryRaw<
      { tag: string }[]
    >`SELECT DISTINCT unnest(tags) AS tag FROM thread WHERE tags <> '{}' ORDER BY tag LIMIT 1000`;
    return rows.map((row) => row.tag);
  },
});

export const handToBot = endpoint({
  summary: 'Hands it back to the bot',
  params: byId,
  answer: shapes.threadSummary,
  run: ({ db }, { viewer, params, now }) => lifecycle.setBot(db, viewer, params.id, true, now),
});

export const takeFromBot = endpoint({
  summary: 'Takes it from the bot',
  params: byId,
  answer: shapes.threadSummary,
  run: ({ db }, { viewer, params, now }) => lifecycle.setBot(db, viewer, params.id, false, now),
});

export const ofClient = endpoint({
  summary: 'Gives a thread to another client, or to the writer of a forwarded letter; answers whose it was',
  params: byId,
  body: shapes.threadClient,
  answer: z.object({ clientId: id, beforeId: id }),
  run: ({ db }, { viewer, params, body, now }) => giveToClient(db, viewer, params.id, body, now),
});

export const merge = endpoint({
  summary: 'Brings another thread of the same client into this one',
  params: byId,
  body: shapes.mergeThreads,
  answer: z.object({ id }),
  status: 201,
  run: ({ db }, { viewer, params, body, now }) => moves.mergeThreads(db, viewer, params.id, body.otherId, now),
});

export const split = endpoint({
  summary: 'Makes a thread of its own of some messages',
  params: byId,
  body: shapes.splitThread,
  answer: z.object({ id, threadId: id }),
  status: 201,
  run: ({ db }, { viewer, params, body, now }) => moves.splitThread(db, viewer, params.id, body.messageIds, now),
});

export const unmerge = endpoint({
  summary: 'Undoes a merge',
  params: ofMove,
  run: ({ db }, { viewer, params, now }) => moves.undoMove(db, viewer, params.id, params.moveId, 'merge', now),
});

export const unsplit = endpoint({
  summary: 'Undoes a split',
  params: ofMove,
  run: ({ db }, { viewer, params, now }) => moves.undoMove(db, viewer, params.id, params.moveId, 'split', now),
});

export const seen = endpoint({
  summary: 'I have read it',
  params: byId,
  run: ({ db }, { viewer, params, now }) => markRead(db, viewer, params.id, now),
});

export const draft = endpoint({
  summary: 'My half-written answer',
  params: byId,
  answer: shapes.draft.nullable(),
  run: ({ db }, { viewer, params }) => readDraft(db, viewer, params.id),
});

export const keepDraft = endpoint({
  summary: 'Keeps my half-written answer',
  params: byId,
  body: shapes.draft,
  run: ({ db }, { viewer, params, body, now }) => saveDraft(db, viewer, params.id, body, now),
});

export const dropDraft = endpoint({
  summary: 'Throws my half-written answer away',
  params: byId,
  run: ({ db }, { viewer, params }) => deleteDraft(db, viewer, params.id),
});

export const uploads = endpoint({
  summary: 'A file to attach',
  fileBytes: uploadLimitBytes,
  answer: shapes.attachment,
  status: 201,
  run: (deps, { viewer, file, now }) => upload(deps, { userId: viewer.userId }, file, now),
});

export const attachment = endpoint({
  summary: 'An attached file',
  params: byId,
  query: z.object({ download: z.enum(['1']).optional() }),
  run: (deps, { viewer, params, query }) => readAttachment(deps, viewer, params.id, query.download === '1'),
});
