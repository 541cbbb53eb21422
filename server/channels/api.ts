import { z } from 'zod';
import { byId, endpoint, RawAnswer } from '../http/endpoint.ts';
import { shortList } from '../http/shortList.ts';
import { id, pageOf } from '../lib/wire.ts';
import { compareChannel } from './compare.ts';
import { connect, findChannel } from './connected.ts';
import { editChannel, listChannels, makeChannel, presentChannel, removeChannel } from './manage.ts';
import { listHeldBack, needHeldBack, retryHeldBack } from './quarantine.ts';
import { readHealth } from './readHealth.ts';
import { adapters } from './registry.ts';
import * as shapes from './schema.ts';

export const list = shortList({
  summary: 'Connected accounts with their health',
  item: shapes.channel,
  run: ({ db, config }) => listChannels(db, config.publicUrl),
});

export const read = endpoint({
  summary: 'One connected account',
  params: byId,
  answer: shapes.channel,
  run: async ({ db, config }, { params }) => presentChannel(db, config.publicUrl, await findChannel(db, params.id)),
});

export const make = endpoint({
  summary: 'Connects an account',
  body: shapes.newChannel,
  answer: shapes.channel,
  status: 201,
  run: async ({ db, box, config, receivers }, { user, body, now }) => {
    const made = await makeChannel({ db, box, publicUrl: config.publicUrl }, body, user.id, now);
    await receivers?.refresh();
    return made;
  },
});

export const edit = endpoint({
  summary: 'Changes, pauses or resumes an account',
  params: byId,
  body: shapes.editChannel,
  answer: shapes.channel,
  run: async ({ db, box, config, receivers }, { user, params, body, now }) => {
    const changed = await editChannel({ db, box, publicUrl: config.publicUrl }, params.id, body, user.id, now);
    await receivers?.refresh();
    return changed;
  },
});

export const remove = endpoint({
  summary: 'Removes an account; what it received stays',
  params: byId,
  run: async ({ db, box, host, receivers }, { user, params, now }) => {
    const row = await findChannel(db, params.id);
    await adapters[row.kind].disconnect?.(connect(box, row) as never, host);
    await removeChannel(db, params.id, user.id, now);
    await receivers?.refresh();
  },
});

export const test = endpoint({
  summary: 'Tries the connection and says each step in words',
  params: byId,
  answer: shapes.channelTest,
  run: async ({ db, box, host }, { params }) => {
    const row = await findChannel(db, params.id);
    const steps = await adapters[row.kind].test(connect(box, row) as never, host);
    return { ok: steps.every((step) => step.ok), steps };
  },
});

export const health = endpoint({
  summary: 'How the account is',
  params: byId,
  answer: shapes.channelHealth,
  run: async ({ db }, { params }) => readHealth(db, await findChannel(db, params.id)),
});

export const compare = endpoint({
  summary: 'What the mailbox holds now against what is here, letter by letter',
  params: byId,
  answer: shapes.mailboxComparison,
  run: async ({ db, box, host }, { params }) => {
    const row = await findChannel(db, params.id);
    return compareChannel({ db, host }, connect(box, row), adapters[row.kind] as never);
  },
});

const ofReceipt = z.object({ id, receiptId: z.string().min(1).max(2000) });

export const heldBack = endpoint({
  summary:
    'What the account received and nobody could read, or (`outcome=ignored`) is nothing said to us; newest first',
  params: byId,
  query: shapes.heldBackQuery,
  answer: pageOf(shapes.heldBack),
  run: async ({ db, files }, { params, query }) =>
    listHeldBack({ db, files }, (await findChannel(db, params.id)).id, query),
});

export const heldBackRaw = endpoint({
  summary: 'The original of something that became no message',
  params: ofReceipt,
  run: async ({ db, files }, { params }) => {
    const receipt = await needHeldBack(db, params.id, params.receiptId);
    return new RawAnswer(await files.stream(receipt.rawKey), 'application/octet-stream', {
      'Content-Disposition': 'attachment; filename="original.eml"',
      'Content-Security-Policy': 'sandbox',
    });
  },
});

export const retryHeldBackNow = endpoint({
  summary: 'Reads an original again; answers what became of it',
  params: ofReceipt,
  answer: z.object({ outcome: z.string(), threadId: z.string().nullable() }),
  run: async ({ db, files, box, host }, { params }) => {
    const row = await findChannel(db, params.id);
    return retryHeldBack({ db, files, host }, connect(box, row), adapters[row.kind] as never, params.receiptId);
  },
});
