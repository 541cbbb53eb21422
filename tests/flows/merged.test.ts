import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../server/clients/schema.ts';
import type { Draft, Message, Thread, ThreadRow } from '../../server/threads/schema.ts';
import { type Staff, startApp, type TestApp } from '../support/app.ts';
import { letter, makeChannel } from '../support/cast.ts';

type List<T> = { items: T[]; nextCursor: string | null };

let test: TestApp;
let mira: Staff;
let samir: Staff;
let channel: string;
/** Who writes, anew in each test. */
let anna: string;

beforeAll(async () => {
  test = await startApp({ keep: true });
  mira = await test.staff('manager', 'Mira');
  samir = await test.staff('supervisor', 'Samir');
  channel = await makeChannel(test, 'email');
});
afterAll(async () => {
  await test?.stop();
});
let writers = 0;
beforeEach(() => {
  anna = `anna${++writers}@client.example`;
});

/** Threads of one client by their subjects, each with one letter that says the same. */
async function threadsOf(...subjects: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const subject of subjects) {
    const [stored] = await test.app.deps.host.ingest(channel, { messages: [letter(anna, { subject, text: subject })] });
    ids.push(stored?.threadId ?? '');
  }
  return ids;
}

const thread = (id: string | undefined) => mira.call<Thread>('GET', `/threads/${id}`);
/** This client's threads as the inbox lists them. */
async function listed(): Promise<ThreadRow[]> {
  const { items } = await mira.call<List<ThreadRow>>('GET', '/threads?status=all&limit=100');
  return items.filter(({ clientName }) => clientName === anna.split('@')[0]);
}
async function texts(id: string | undefined): Promise<string[]> {
  const { items } = await mira.call<List<{ text: string }>>('GET', `/threads/${id}/messages`);
  return items.map(({ text }) => text).sort();
}
async function merge(into: string | undefined, other: string | undefined): Promise<string> {
  const { id } = await mira.call<{ id: string }>('POST', `/threads/${into}/merge`, { otherId: other }, 201);
  return `/threads/${into}/merges/${id}`;
}

describe('threads of one client', () => {
  it('merge into one and come apart again as they were', async () => {
    const [a, b] = await threadsOf('One', 'Two');
    const undo = await merge(a, b);
    expect(await listed()).toMatchObject([{ id: a, messageCount: 2 }]);
    await mira.call('DELETE', undo);
    expect((await listed()).map((row) => [row.id, row.messageCount]).sort()).toEqual(
      [
        [a, 1],
        [b, 1],
      ].sort(),
    );
    const split = await mira.ask('POST', `/threads/${a}/split`, {
      messageIds: [(await thread(a)).lastMessageId],
    });
    expect(split).toMatchObject({ status: 422, body: { code: 'split.all' } });
  });

  it('take along what was being written in them, and give it back', async () => {
    const [a, b] = await threadsOf('One', 'Two');
    const write = (staff: Staff, threadId: string | undefined, text: string, more = {}) =>
      staff.call('PUT', `/threads/${threadId}/draft`, { kind: 'reply', text, ...more });
    const draft = async (staff: Staff, threadId: string | undefined) =>
      (await staff.call<Draft | null>('GET', `/threads/${threadId}/draft`)) ?? null;
    await write(mira, b, 'Mira in Two', { cc: ['bo@client.example'] });
    await write(samir, a, 'Samir in One');
    await write(samir, b, 'Samir in Two', { kind: 'note' });

    const first = await merge(a, b);
    expect(await draft(mira, a)).toMatchObject({ text: 'Mira in Two', cc: ['bo@client.example'] });
    expect(await draft(samir, a)).toMatchObject({ text: 'Samir in One\n\nSamir in Two', kind: 'note' });
    expect(await mira.ask('PUT', `/threads/${b}/draft`, { text: 'Too late' })).toMatchObject({
      status: 409,
      body: { code: 'thread.merged', intoId: a },
    });
    expect((await mira.call<Thread>('GET', `/threads/${a}`)).moves).toMatchObject([
      { id: first.split('/').at(-1), byUserId: mira.id },
    ]);
    await write(mira, a, 'Mira in Two, and on');
    await samir.call('DELETE', first);
    expect(await draft(mira, a)).toBeNull();
    expect(await draft(mira, b)).toMatchObject({ text: 'Mira in Two, and on' });
    expect(await draft(samir, a)).toMatchObject({ text: 'Samir in One', kind: 'reply' });
    expect(await draft(samir, b)).toMatchObject({ text: 'Samir in Two', kind: 'note' });

    // Of two that were joined and written on nothing is torn apart; what is sent to where it was goes to where it is.
    const second = await merge(a, b);
    await write(samir, a, 'Both in one');
    const sent = await mira.call<Message>(
      'POST',
      `/threads/${b}/messages`,
      { clientKey: randomUUID(), kind: 'reply', text: 'An answer', force: true },
      201,
    );
    expect(sent.threadId).toBe(a);
    await samir.call('DELETE', second);
    expect(await draft(samir, a)).toMatchObject({ text: 'Both in one' });
    expect(await draft(samir, b)).toBeNull();
  });

  it.each([
    ['the first merge first', 0],
    ['the last merge first', 1],
  ] as const)('merged in a chain come apart in any order: %s', async (_, begin) => {
    const [a, b, c] = await threadsOf('One', 'Two', 'Three');
    const undo = [await merge(b, a), await merge(c, b)];
    await mira.call('DELETE', undo[begin] ?? '');
    expect((await listed()).map((row) => row.messageCount).sort()).toEqual([1, 2]);
    await mira.call('DELETE', undo[1 - begin] ?? '');
    for (const [id, text] of [
      [a, 'One'],
      [b, 'Two'],
      [c, 'Three'],
    ]) {
      expect(await mira.call<ThreadRow>('GET', `/threads/${id}`)).toMatchObject({ mergedIntoId: null, status: 'open' });
      expect(await texts(id)).toEqual([text]);
    }
  });

  it('are done to where the messages are: what is asked of one that was merged away is asked of the other', async () => {
    const [a, b] = await threadsOf('One', 'Two');
    const undo = await merge(a, b);
    const { lastMessageId: ghost, status } = await thread(b);
    await mira.call('PUT', `/threads/${b}/assignment`, { userId: 'me' });
    await mira.call('PUT', `/threads/${b}/tags/repair`);
    await mira.call('POST', `/threads/${b}/requests`, { text: 'Is it there?', toUserId: samir.id });
    expect(await thread(a)).toMatchObject({ assigneeId: mira.id, tags: ['repair'] });
    await mira.call('PUT', `/threads/${b}/closure`);
    expect(await thread(a)).toMatchObject({ status: 'closed' });
    await mira.call('DELETE', `/threads/${b}/closure`);
    expect(await thread(a)).toMatchObject({ status: 'open' });
    expect(await thread(b)).toMatchObject({
      assigneeId: null,
      tags: [],
      lastMessageId: ghost,
      status,
      mergedIntoId: a,
    });
    expect((await mira.call<List<object>>('GET', `/threads/${a}/requests`)).items).toHaveLength(1);
    const { id } = await mira.call<Message>(
      'POST',
      `/threads/${b}/messages`,
      { clientKey: randomUUID(), kind: 'reply', text: 'An answer', force: true },
      201,
    );
    await mira.call('DELETE', `/threads/${b}/messages/${id}/delivery`, undefined, 204);
    await mira.call('DELETE', undo);
    expect(await thread(b)).toMatchObject({ mergedIntoId: null, assigneeId: null });
  });

  it('split off and merged elsewhere give back what was split, and leave no empty one', async () => {
    const [a, c] = await threadsOf('One', 'Two');
    await test.app.deps.host.ingest(channel, { messages: [letter(anna, { subject: 'Re: Two', text: 'Three' })] });
    const messageIds = [(await thread(c)).lastMessageId];
    const split = await mira.call<{ id: string; threadId: string }>('POST', `/threads/${c}/split`, { messageIds }, 201);
    const undoMerge = await merge(a, split.threadId);
    expect(await texts(a)).toEqual(['One', 'Three']);
    await mira.call('DELETE', `/threads/${c}/splits/${split.id}`, undefined, 204);
    expect([await texts(a), await texts(c)]).toEqual([['One'], ['Three', 'Two']]);
    expect(await thread(split.threadId)).toMatchObject({ mergedIntoId: a });
    await mira.call('DELETE', undoMerge, undefined, 204);
    expect(await thread(split.threadId)).toMatchObject({ mergedIntoId: c, status: 'closed' });
    expect((await listed()).map(({ id, messageCount }) => [id, messageCount]).sort()).toEqual(
      [
        [a, 1],
        [c, 2],
      ].sort(),
    );
  });
});

describe('clients', () => {
  it.each([
    ['the first merge first', 0],
    ['the last merge first', 1],
  ] as const)('merged in a chain come apart in any order: %s', async (_, begin) => {
    const addresses = ['ada', 'ben', 'cleo'].map((name) => `${name}.${randomUUID()}@client.example`);
    const clients: string[] = [];
    for (const address of addresses) {
      const [stored] = await test.app.deps.host.ingest(channel, { messages: [letter(address)] });
      clients.push((await thread(stored?.threadId ?? '')).clientId);
    }
    const [a, b, c] = clients;
    const mergeClients = async (into: string | undefined, otherId: string | undefined) =>
      `/clients/${into}/merge/${(await mira.call<{ id: string }>('POST', `/clients/${into}/merge`, { otherId }, 201)).id}`;
    const undo = [await mergeClients(b, c), await mergeClients(a, b)];
    await mira.call('DELETE', undo[begin] ?? '', undefined, 204);
    await mira.call('DELETE', undo[1 - begin] ?? '', undefined, 204);
    for (const [at, id] of clients.entries()) {
      const { identities } = await mira.call<Client>('GET', `/clients/${id}`);
      expect(identities.map(({ value }) => value)).toEqual([addresses[at]]);
    }
  });
});
