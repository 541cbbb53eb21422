import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../../server/clients/schema.ts';
import type { FeedEvent } from '../../../server/realtime/schema.ts';
import type { Attachment, Message, Thread } from '../../../server/threads/schema.ts';
import type { Stored } from '../../../server/visitors/schema.ts';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';
import { letter, makeChannel } from '../../support/cast.ts';
import { openStaffSocket } from '../../support/staffSocket.ts';
import { until } from '../../support/until.ts';
import { makeChat, visit } from '../../support/visitor.ts';
import { withoutChannels } from '../../support/waiting.ts';

/** What people try who mean no good, and what careless programs send. */

let test: TestApp;
let anna: Staff;
let ben: Staff;
beforeAll(async () => {
  test = await startApp({ keep: true, ...withoutChannels });
  anna = await test.staff('admin', 'Anna');
  ben = await test.staff('consultant', 'Ben');
});
afterAll(() => test?.stop());

const reply = (more: object = {}) => ({ clientKey: randomUUID(), kind: 'reply', text: 'Yes.', force: true, ...more });

async function upload(who: Staff, name = 'offer.txt'): Promise<Attachment> {
  const form = new FormData();
  form.append('file', new Blob(['two of them']), name);
  return who.call<Attachment>('POST', '/uploads', form);
}

describe('a hostile caller', { timeout: 90_000 }, () => {
  it('opens no staff socket with a cookie from a page elsewhere', async () => {
    const signedIn = await fetch(`${test.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: test.url },
      body: JSON.stringify({ email: ben.email, password: ben.password }),
    });
    const cookie = signedIn.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const own = await openStaffSocket(test, {}, { cookie, origin: test.url });
    own.socket.close();
    await expect(openStaffSocket(test, {}, { cookie, origin: 'https://evil.example' })).rejects.toThrow('Sign in');
  });

  it('gets a 400 for cursors, signs and uploads that are none', async () => {
    const cursor = (...parts: string[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
    for (const path of ['/threads', '/clients', '/articles', '/promises', '/notifications', '/consults'])
      for (const given of [cursor('never', randomUUID()), cursor('2026-01-01T00:00:00.000Z', 'nobody'), 'x'])
        expect([path, (await anna.ask('GET', `${path}?cursor=${given}`)).status]).toEqual([path, 400]);
    expect((await anna.ask('GET', `/products?cursor=${cursor('a name', 'nobody')}`)).status).toBe(400);
    expect((await anna.ask('GET', '/threads?q=%00')).status).toBe(400);
    const headers = { Authorization: `Bearer ${anna.key}`, 'Content-Type': 'multipart/form-data; boundary=b' };
    const brokenOff = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf';
    const half = await fetch(`${test.url}/api/v1/uploads`, { method: 'POST', headers, body: brokenOff });
    expect([half.status, half.headers.get('content-type')]).toEqual([400, expect.stringContaining('problem+json')]);
    const field = '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n';
    const many = `${field.repeat(100)}--b--\r\n`;
    expect((await fetch(`${test.url}/api/v1/uploads`, { method: 'POST', headers, body: many })).status).toBe(400);
  });

  it('sends no file that a colleague uploaded, and a file that is gone ends nothing', async () => {
    const channel = await makeChannel(test, 'telegram');
    const [stored] = await test.app.deps.host.ingest(channel, { messages: [letter('1', telegramBy('1'))] });
    const path = `/threads/${stored?.threadId}/messages`;
    const file = await upload(anna);
    await ben.call('POST', path, reply({ attachmentIds: [file.id] }), 422);
    const own = await upload(ben);
    const sent = await ben.call<Message>('POST', path, reply({ attachmentIds: [own.id] }), 201);
    expect(sent.attachments).toHaveLength(1);
    await rm(join(test.dataDir, 'files', 'up', own.id));
    expect((await ben.ask('GET', `/attachments/${own.id}`)).status).toBe(500);
    expect((await ben.ask('GET', '/me')).status).toBe(200);
  });

  it('marks nobody as dead by a report that they wrote themselves', async () => {
    const channel = await makeChannel(test, 'email');
    const deps = test.app.deps;
    const [mallory] = await deps.host.ingest(channel, { messages: [letter('mallory@client.example')] });
    await deps.host.ingest(channel, { messages: [letter('victim@client.example')] });
    const sent = await anna.call<Message>('POST', `/threads/${mallory?.threadId}/messages`, reply(), 201);
    const delivery = await deps.db.delivery.findFirstOrThrow({ where: { messageId: sent.id } });
    const dead = (address: string) => ({
      address,
      status: '5.1.1',
      replyCode: '550',
      reason: 'userunknown',
      hard: true,
    });
    const report = letter('mailer-daemon@client.example', {
      classification: 'bounce',
      detail: {
        why: 'dsn',
        originalMessageId: delivery.externalId,
        bounces: [dead('victim@client.example'), dead('Mallory@client.example')],
      },
    });
    await deps.host.ingest(channel, { messages: [report] });
    const flagged = await deps.db.identity.findMany({ where: { flaggedAt: { not: null } }, select: { value: true } });
    expect(flagged).toEqual([{ value: 'mallory@client.example' }]);
  });

  it('loses no message whose first words end in the middle of a sign', async () => {
    const channel = await makeChannel(test, 'email');
    const half = (text: string) => `${'x'.repeat(text === 'subject' ? 299 : 159)}😀 and on`;
    const more = { text: half('text'), subject: half('subject') };
    const [stored] = await test.app.deps.host.ingest(channel, { messages: [letter('eva@client.example', more)] });
    expect(stored?.outcome).toBe('stored');
  });

  it('gives the files of an undone reply back to its writer', async () => {
    const channel = await makeChannel(test, 'email');
    const [stored] = await test.app.deps.host.ingest(channel, { messages: [letter('carl@client.example')] });
    const file = await upload(ben);
    const path = `/threads/${stored?.threadId}`;
    const sent = await ben.call<Message>('POST', `${path}/messages`, reply({ attachmentIds: [file.id] }), 201);
    expect(await ben.call<Thread>('GET', path)).toMatchObject({ firstResponseAt: expect.any(String) });
    await ben.call('DELETE', `${path}/messages/${sent.id}/delivery`);
    expect(await ben.call('GET', `${path}/draft`)).toMatchObject({ text: 'Yes.', attachmentIds: [file.id] });
    expect(await ben.call<Thread>('GET', path)).toMatchObject({ firstResponseAt: null });
  });

  it('as a visitor sees only their own conversations, also after two clients were made one', async () => {
    const chat = await makeChat(anna);
    const first = await visit(test, { channelKey: chat.key });
    const second = await visit(test, { channelKey: chat.key });
    const old = (await first.write('my secret order')) as Stored;
    await anna.call('PUT', `/threads/${old.threadId}/closure`);
    const now = (await first.write('another matter')) as Stored;
    const other = (await second.write('hello')) as Stored;
    if (old.threadId === now.threadId) throw new Error('two conversations were wanted');
    const [one, two] = await Promise.all(
      [now, other].map(({ threadId }) => anna.call<Thread>('GET', `/threads/${threadId}`)),
    );
    await anna.call('POST', `/clients/${one?.clientId}/merge`, { otherId: two?.clientId });
    await anna.call('POST', `/threads/${now.threadId}/merge`, { otherId: other.threadId });
    await anna.call('POST', `/threads/${now.threadId}/messages`, reply({ text: 'to both' }));
    await second.until(({ messages }) => messages.some((message) => message.text === 'to both'));
    await anna.call('PUT', `/threads/${now.threadId}/closure`);
    await test.settle();
    const history = await second.socket.timeout(10_000).emitWithAck('history', { before: old.messageId });
    expect(JSON.stringify(history)).not.toContain('my secret order');
    first.close();
    second.close();
  });

  it('hears of no promise to a client whom they may not know', async () => {
    const channel = await makeChannel(test, 'email');
    const store = await test.app.deps.db.store.create({
      data: { id: randomUUID(), code: 'far', name: 'Far' },
    });
    await test.app.deps.db.channel.update({ where: { id: channel }, data: { storeId: store.id } });
    const [stored] = await test.app.deps.host.ingest(channel, { messages: [letter('dora@client.example')] });
    const { clientId } = await anna.call<Thread>('GET', `/threads/${stored?.threadId}`);
    await ben.call('GET', `/clients/${clientId}`, undefined, 404);
    const promise = { clientId, kind: 'callBack', text: 'about the inheritance', dueInMs: 3_600_000 };
    await anna.call<Client>('POST', '/promises', promise, 201);
    await test.settle();
    const told = await ben.call<{ items: FeedEvent[] }>('GET', '/feed?after=0&limit=1000');
    expect(JSON.stringify(told)).not.toContain('inheritance');
    const hers = await anna.call<{ items: FeedEvent[] }>('GET', '/feed?after=0&limit=1000');
    expect(JSON.stringify(hers)).toContain('inheritance');
  });

  it('as a visitor changes no stored file by saying the same again with another', async () => {
    const chat = await makeChat(anna);
    const screen = await visit(test, { channelKey: chat.key });
    const add = async (content: string) => {
      const form = new FormData();
      form.append('file', new Blob([content], { type: 'text/plain' }), 'receipt.txt');
      const headers = { Authorization: `Bearer ${screen.hello.visitorToken}` };
      const answer = await fetch(`${test.url}/widget/uploads?channel=${chat.key}`, {
        method: 'POST',
        headers,
        body: form,
      });
      return ((await answer.json()) as { id: string }).id;
    };
    const clientKey = randomUUID();
    const first = (await screen.write('', { clientKey, attachmentIds: [await add('paid 100')] })) as Stored;
    const again = (await screen.write('', { clientKey, attachmentIds: [await add('paid 900')] })) as Stored;
    expect(again.messageId).toBe(first.messageId);
    const { id } = await test.app.deps.db.attachment.findFirstOrThrow({ where: { messageId: first.messageId } });
    const file = await fetch(`${test.url}/api/v1/attachments/${id}`, {
      headers: { Authorization: `Bearer ${anna.key}` },
    });
    expect(await file.text()).toBe('paid 100');
    screen.close();
  });

  it('learns no name by a proposed merge, and what is promised follows a merge and comes back', async () => {
    const { db, host } = test.app.deps;
    const [near, far] = [await makeChannel(test, 'email'), await makeChannel(test, 'email')];
    const store = await db.store.create({ data: { id: randomUUID(), code: 'north', name: 'North' } });
    await db.channel.update({ where: { id: far }, data: { storeId: store.id } });
    const [seen] = await host.ingest(near, { messages: [letter('emil@client.example')] });
    const [hidden] = await host.ingest(far, { messages: [letter('secret-name@client.example')] });
    const clientOf = async (threadId: string | null | undefined) =>
      (await anna.call<Thread>('GET', `/threads/${threadId}`)).clientId;
    const [clientId, otherId] = [await clientOf(seen?.threadId), await clientOf(hidden?.threadId)];
    const merge = { id: randomUUID(), clientId, otherId, state: 'proposed', reason: 'phone', createdAt: new Date() };
    await db.clientMerge.create({ data: merge });
    expect((await anna.call<Client>('GET', `/clients/${clientId}`)).proposedMerges).toHaveLength(1);
    expect((await ben.call<Client>('GET', `/clients/${clientId}`)).proposedMerges).toEqual([]);
    await ben.call('DELETE', `/clients/${clientId}/merge/${merge.id}`, undefined, 404);
    const promised = { clientId: otherId, kind: 'callBack', text: 'call', dueInMs: 3_600_000 };
    const { id } = await anna.call<{ id: string }>('POST', '/promises', promised, 201);
    const owner = async () => (await db.clientPromise.findUniqueOrThrow({ where: { id } })).clientId;
    await anna.call('POST', `/clients/${clientId}/merge`, { otherId });
    expect(await owner()).toBe(clientId);
    await anna.call('DELETE', `/clients/${clientId}/merge/${merge.id}`);
    expect(await owner()).toBe(otherId);
  });

  it('gives no thread to a client whom they may not know, and so learns nothing of them', async () => {
    const { db, host } = test.app.deps;
    const channel = await makeChannel(test, 'email');
    const [open] = await host.ingest(channel, { messages: [letter('open@client.example')] });
    const [taken] = await host.ingest(channel, { messages: [letter('taken@client.example')] });
    await anna.call('PUT', `/threads/${taken?.threadId}/assignment`, { userId: anna.id });
    const { clientId } = await db.thread.findUniqueOrThrow({ where: { id: taken?.threadId ?? '' } });
    await ben.call('GET', `/clients/${clientId}`, undefined, 404);
    await ben.call('PUT', `/threads/${open?.threadId}/client`, { clientId }, 422);
    await ben.call('GET', `/clients/${clientId}`, undefined, 404);
  });

  it('reads nothing of a thread in the past of the feed that left their sight since, nor by a socket that catches up', async () => {
    const channel = await makeChannel(test, 'email');
    const before = (await anna.ask('GET', '/threads')).headers.get('x-parley-cursor') ?? '0';
    const [stored] = await test.app.deps.host.ingest(channel, {
      messages: [letter('private@client.example', { subject: 'Private words' })],
    });
    await anna.call('PUT', `/threads/${stored?.threadId}/assignment`, { userId: anna.id });
    await test.settle();
    const feed = await ben.call<{ items: FeedEvent[] }>('GET', `/feed?after=${before}`);
    const screen = await openStaffSocket(test, { token: ben.key, cursor: before });
    await until(
      () => screen.events.length,
      (count) => count >= feed.items.length,
    );
    expect(JSON.stringify([feed.items, screen.events])).not.toMatch(/Private words|private@client/);
    const about = feed.items.filter(({ ids }) => ids.threadId === stored?.threadId);
    expect(new Set(about.map(({ type, patch }) => [type, Object.keys(patch)].join()))).toEqual(
      new Set(['thread.left,']),
    );
    expect(JSON.stringify((await anna.call<{ items: FeedEvent[] }>('GET', `/feed?after=${before}`)).items)).toContain(
      'Private words',
    );
  });

  it('gets a sentence for a zip that is none, or is a bomb', async () => {
    const send = (bytes: Uint8Array<ArrayBuffer>) => {
      const form = new FormData();
      form.append('file', new Blob([bytes]), 'help.zip');
      return anna.ask('POST', '/articles/import', form);
    };
    expect(await send(new TextEncoder().encode('this is no zip'))).toMatchObject({
      status: 422,
      body: { title: 'This zip is broken, or it is none.' },
    });
    const bomb = Buffer.from(zipSync({ 'a.md': new Uint8Array(10) }));
    // What the list at its end says of the unpacked size.
    bomb.writeUInt32LE(300 * 1024 * 1024, bomb.indexOf('PK\u0001\u0002') + 24);
    expect(await send(Uint8Array.from(bomb))).toMatchObject({ status: 422, body: { code: 'zip.tooLarge' } });
  });

  it('shows colleagues nothing that runs in a reply, and sends none', async () => {
    const channel = await makeChannel(test, 'email');
    const [stored] = await test.app.deps.host.ingest(channel, { messages: [letter('fritz@client.example')] });
    const html =
      '<p onclick="x()"><b>Yes</b><script>x()</script><a href="java\nscript:x()">a</a><img src="x" onerror="x()"></p>';
    const sent = await ben.call<Message>('POST', `/threads/${stored?.threadId}/messages`, reply({ html }), 201);
    expect(sent.html).toContain('<b>Yes</b>');
    expect(sent.html).not.toMatch(/script|onclick|onerror/i);
  });

  it('leaves one admin when two demote each other at once', async () => {
    const dave = await test.staff('admin', 'Dave');
    const demote = (by: Staff, whom: Staff) => by.ask('PATCH', `/users/${whom.id}`, { role: 'manager' });
    const statuses = (await Promise.all([demote(anna, dave), demote(dave, anna)])).map(({ status }) => status);
    expect(await test.app.deps.db.user.count({ where: { role: 'admin' } })).toBe(1);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    if (statuses[0] !== 200) await dave.call('PATCH', `/users/${anna.id}`, { role: 'admin' });
  });
});

const telegramBy = (value: string) => ({
  from: [{ kind: 'telegram' as const, value, verified: true }],
  to: [],
  subject: null,
  externalId: `${value}:${randomUUID()}`,
});
