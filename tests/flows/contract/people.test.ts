import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startApp } from '../../support/app.ts';
import { letter, makeChannel, telegramText } from '../../support/cast.ts';
import { contractShop, type Json, noSuchId, reply, time } from '../../support/contractShop.ts';
import { makeChat, visit } from '../../support/visitor.ts';

const shop = contractShop();
const { get, opened, raw } = shop;

describe('a thread', () => {
  it('is listed and read in the published shape, its original too', async () => {
    const { threadId, messageId } = await opened('shape@client.example', 'Shape');
    const summary = {
      id: threadId,
      subject: 'Shape',
      status: 'open',
      channelKind: 'email',
      waitingSince: time,
      dueAt: time,
    };
    expect((await get('/threads?q=Shape&status=open&sort=waiting')).items[0]).toMatchObject(summary);
    expect(await get<Json>(`/threads/${threadId}`)).toMatchObject(summary);
    const { items } = await get(`/threads/${threadId}/messages`);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      id: messageId,
      threadId,
      channelId: shop.mailbox,
      channelKind: 'email',
      direction: 'inbound',
      author: { kind: 'client', address: 'shape@client.example' },
      text: 'Do you have it?',
      html: null,
      attachments: [],
      classification: 'person',
      delivery: null,
      sentAt: time,
      receivedAt: time,
    });
    const original = await raw(`/api/v1/messages/${messageId}/raw`);
    expect(original.status).toBe(200);
    expect(original.headers.get('content-type')).toContain('message/rfc822');
    expect(original.headers.get('x-parley-cursor')).toMatch(/^\d+$/);
    expect(await original.text()).toContain('Message-ID:');
  });

  it('is filtered by each of its places, and the longest waiting comes first when asked', async () => {
    const first = await opened('long@waits.example', 'Waits long');
    shop.test.clock.advance(60_000);
    const second = await opened('short@waits.example', 'Waits short');
    const ids = async (query: string) => (await get(`/threads?limit=100&${query}`)).items.map((item) => item.id);
    const waiting = await ids('sort=waiting');
    expect(waiting.indexOf(first.threadId)).toBeLessThan(waiting.indexOf(second.threadId));
    const last = await ids('');
    expect(last.indexOf(second.threadId)).toBeLessThan(last.indexOf(first.threadId));
    await shop.ada.call('PUT', `/threads/${first.threadId}/assignment`, { userId: 'me' }, 200);
    const { clientId } = await get<{ clientId: string }>(`/threads/${first.threadId}`);
    for (const query of ['assignee=me', `assignee=${shop.ada.id}`, `client=${clientId}`])
      expect(await ids(query)).toEqual([first.threadId]);
    expect(await ids('assignee=none')).not.toContain(first.threadId);
    expect(await ids(`channel=${shop.mailbox}`)).toContain(first.threadId);
    for (const query of [`team=${noSuchId}`, `store=${noSuchId}`, 'tag=none', 'status=snoozed'])
      expect(await ids(query)).toEqual([]);
  });

  it('is answered once for one key, only by who has seen the last word, and taken back only in time', async () => {
    const { threadId, messageId } = await opened('seen@client.example');
    const path = `/threads/${threadId}/messages`;
    expect(await shop.ada.ask('POST', path, reply())).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'seenMessageId', message: expect.any(String) }] },
    });
    const [later] = await shop.test.app.deps.host.ingest(shop.mailbox, {
      messages: [letter('seen@client.example', { subject: 'Re: A question', text: 'In blue?' })],
    });
    expect(later?.threadId).toBe(threadId);
    expect(await shop.ada.ask('POST', path, reply(messageId))).toMatchObject({
      status: 409,
      body: { status: 409, code: 'thread.newMessage', newMessages: [{ id: later?.messageId, text: 'In blue?' }] },
    });
    const said = reply(later?.messageId ?? '');
    const sent = await shop.ada.call('POST', path, said, 201);
    expect(sent).toMatchObject({ direction: 'outbound', delivery: { state: 'pending', attempts: 0, error: null } });
    expect((await shop.ada.call('POST', path, said, 201)).id).toBe(sent.id);
    await shop.ada.call('DELETE', `${path}/${sent.id}/delivery`, undefined, 204);
    expect((await get(path)).items).toHaveLength(2);

    const again = await shop.ada.call('POST', path, reply(later?.messageId ?? ''), 201);
    await shop.test.app.deps.db.delivery.updateMany({
      where: { messageId: String(again.id) },
      data: { state: 'sent' },
    });
    expect(await shop.ada.ask('DELETE', `${path}/${again.id}/delivery`)).toMatchObject({
      status: 409,
      body: { status: 409, code: 'delivery.tooLate', state: 'sent' },
    });
    const note = await shop.ada.call('POST', path, { clientKey: randomUUID(), kind: 'note', text: 'Cafe\u0301' }, 201);
    expect(note).toMatchObject({ direction: 'note', text: 'Caf\u00e9', delivery: null });
    expect(await shop.ada.ask('POST', path, { kind: 'note', text: 'x' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'clientKey' }] },
    });
  });

  it('takes files that were uploaded before', async () => {
    const { threadId } = await opened('files@client.example');
    const form = new FormData();
    form.set('file', new Blob(['price list']), 'prices.txt');
    const file = await shop.ada.call<{ id: string; url: string }>('POST', '/uploads', form, 201);
    expect(file).toMatchObject({ name: 'prices.txt', sizeBytes: 10 });
    const sent = await shop.ada.call(
      'POST',
      `/threads/${threadId}/messages`,
      { ...reply(), force: true, attachmentIds: [file.id] },
      201,
    );
    expect(sent.attachments).toMatchObject([{ id: file.id, name: 'prices.txt' }]);
    expect(await (await raw(`/api/v1/attachments/${file.id}`)).text()).toBe('price list');
  });

  it('is assigned, closed, snoozed and tagged by PUT, and each undone by DELETE', async () => {
    const { threadId } = await opened('steps@client.example');
    const step = (method: string, what: string, body?: object) =>
      shop.ada.call(method, `/threads/${threadId}/${what}`, body, 200);
    expect(await step('PUT', 'assignment', { userId: shop.connie.id })).toMatchObject({ assigneeId: shop.connie.id });
    expect(await step('DELETE', 'assignment')).toMatchObject({ assigneeId: null });
    expect(await step('PUT', 'closure')).toMatchObject({ status: 'closed', closedAt: time, waitingSince: null });
    expect(await step('DELETE', 'closure')).toMatchObject({ status: 'open', closedAt: null, waitingSince: time });
    expect(await step('PUT', 'snooze', { until: '2099-01-01T00:00:00Z' })).toMatchObject({
      status: 'snoozed',
      snoozedUntil: '2099-01-01T00:00:00.000Z',
    });
    expect(await step('DELETE', 'snooze')).toMatchObject({ status: 'open', snoozedUntil: null });
    expect(await step('PUT', 'tags/late%20delivery')).toMatchObject({ tags: ['late delivery'] });
    expect((await get('/threads?tag=late%20delivery')).items).toMatchObject([{ id: threadId }]);
    expect(await step('DELETE', 'tags/late%20delivery')).toMatchObject({ tags: [] });
    const other = (method: string, what: string, body?: object) =>
      shop.ada.ask(method, `/threads/${threadId}/${what}`, body);
    expect((await other('PUT', 'snooze', { until: 'tomorrow' })).status).toBe(400);
    expect((await other('PUT', 'snooze', { until: '2001-01-01T00:00:00Z' })).status).toBe(422);
    expect((await other('PUT', 'assignment', { userId: noSuchId })).status).toBe(422);
  });

  it('is merged and split, and both are undone by their id', async () => {
    const one = await opened('twice@client.example', 'One');
    const two = await opened('twice@client.example', 'Two');
    expect(two.threadId).not.toBe(one.threadId);
    const path = `/threads/${one.threadId}`;
    const merge = await shop.ada.call('POST', `${path}/merge`, { otherId: two.threadId }, 201);
    expect(merge).toEqual({ id: expect.any(String) });
    const messages = async () => (await get(`${path}/messages`)).items.map((item) => item.id);
    expect((await messages()).sort()).toEqual([one.messageId, two.messageId].sort());
    expect((await shop.ada.ask('POST', `${path}/merge`, { otherId: two.threadId })).status).toBe(409);
    expect(await get<Json>(path)).toMatchObject({ moves: [{ id: merge.id, kind: 'merge' }] });
    await shop.ada.call('DELETE', `${path}/merges/${merge.id}`, undefined, 204);
    expect(await messages()).toEqual([one.messageId]);
    const note = await shop.ada.call(
      'POST',
      `${path}/messages`,
      { clientKey: randomUUID(), kind: 'note', text: 'n' },
      201,
    );
    const split = await shop.ada.call('POST', `${path}/split`, { messageIds: [note.id] }, 201);
    expect(split).toMatchObject({ id: expect.any(String) });
    expect(await messages()).toEqual([one.messageId]);
    await shop.ada.call('DELETE', `${path}/splits/${split.id}`, undefined, 204);
    expect((await messages()).sort()).toEqual([one.messageId, note.id].sort());
    expect((await shop.ada.ask('DELETE', `${path}/merges/${noSuchId}`)).status).toBe(404);
  });
});

describe('a client', () => {
  it('is found, changed, read back over everything, and merged with another until that is undone', async () => {
    const telegram = await makeChannel(shop.test, 'telegram');
    await opened('zoe@client.example');
    await shop.test.app.deps.host.ingest(telegram, { messages: [telegramText('900', 'It is Zoe')] });
    const [zoe] = (await get('/clients?q=zoe@client.example')).items;
    const [other] = (await get('/clients?q=Client 900')).items;
    expect(zoe).toMatchObject({ identities: [{ kind: 'email', value: 'zoe@client.example' }] });
    expect(await shop.ada.call('PATCH', `/clients/${zoe?.id}`, { name: 'Zoe Zimmer', level: 'vip' })).toMatchObject({
      name: 'Zoe Zimmer',
      level: 'vip',
      note: '',
    });
    const merge = await shop.ada.call('POST', `/clients/${zoe?.id}/merge`, { otherId: other?.id }, 201);
    expect(merge).toEqual({ id: expect.any(String) });
    const read = () => get<{ identities: Json[] }>(`/clients/${zoe?.id}`);
    expect((await read()).identities.map((one) => one.kind).sort()).toEqual(['email', 'telegram']);
    const timeline = await get(`/clients/${zoe?.id}/timeline`);
    expect(timeline.items.map((item) => item.text)).toEqual(expect.arrayContaining(['It is Zoe', 'Do you have it?']));
    await shop.ada.call('DELETE', `/clients/${zoe?.id}/merge/${merge.id}`, undefined, 204);
    expect((await read()).identities.map((one) => one.kind)).toEqual(['email']);
  });
});

describe('search', () => {
  it('looks where it is told, in everything that was ever said', async () => {
    await opened('quartz@client.example', 'Quartzite table');
    await shop.ada.call('POST', '/articles', { title: 'Quartzite care', body: 'Wipe quartzite with water.' }, 201);
    const found = await get<Record<string, Json[]>>('/search?q=quartzite&in=threads,articles');
    expect(Object.keys(found).sort()).toEqual(['articles', 'threads']);
    expect(found.articles).toMatchObject([{ title: 'Quartzite care' }]);
    expect(found.threads).toMatchObject([{ subject: 'Quartzite table' }]);
    const all = await get<Record<string, Json[]>>('/search?q=pixel');
    expect(Object.keys(all).sort()).toEqual(['articles', 'clients', 'messages', 'products', 'threads']);
    expect(all.products?.[0]).toMatchObject({ sku: 'PX9A-128' });
    expect(await shop.ada.ask('GET', '/search?q=x&in=moon')).toMatchObject({ status: 400 });
  });

  it('takes any words as people type them: several, half a word, in any script, with signs that mean something to a query', async () => {
    const said =
      'Возврат заказа 11776 «ещё раз», please call +49 30 1234567 – it’s R&D (or “urgent”)! 東京タワーの近く、سفارش ۱۰۴۵۶ را می‌خواهم يك';
    await shop.test.app.deps.host.ingest(shop.mailbox, {
      messages: [letter('words@client.example', { subject: 'Many words', text: said })],
    });
    const found = async (q: string) =>
      (await get<Record<string, Json[]>>(`/search?q=${encodeURIComponent(q)}`)).messages?.length;
    for (const q of [
      'возврат заказа',
      'заказа 117',

      '11776 please',
      '"please call"',
      'please urg',
      'еще раз',
      'タワー',
      '東京 近く',
      '10456 سفارش',
      'می خواهم',
      'یک',
      'please -nothing',
    ])
      expect(await found(q), q).toBe(1);
    for (const q of ['возврат moon', 'foo & bar', 'qa | qb', '(', "'", '\\', '! qx', ':* qx', 'call -please', '%', '"'])
      expect(await found(q), q).toBe(0);
  });
});

describe('a visitor', () => {
  it('is greeted, writes a burst of sixty, and hears the answer; a malformed message is refused in words', async () => {
    const chat = await makeChat(shop.ada);
    expect(chat.embedCode).toBe(`<script src="${shop.test.url}/widget.js" data-channel="${chat.key}" async></script>`);
    const screen = await visit(shop.test, { channelKey: chat.key });
    expect(screen.hello).toMatchObject({ visitorToken: expect.any(String), thread: null });
    const answers = await Promise.all(Array.from({ length: 60 }, (_, at) => screen.write(`Word ${at}`)));
    const ids = answers.map((one) => ('messageId' in one ? one.messageId : JSON.stringify(one)));
    expect(new Set(ids).size).toBe(60);
    const threadId = 'threadId' in (answers[0] ?? {}) ? (answers[0] as { threadId: string }).threadId : '';
    expect(await get<Json>(`/threads/${threadId}`)).toMatchObject({ messageCount: 60, channelKind: 'chat' });
    expect(await screen.write('', {})).toMatchObject({ error: { code: 'input.invalid', title: expect.any(String) } });
    expect(await screen.write('x', { clientKey: 'none' })).toMatchObject({ error: { code: 'input.invalid' } });
    await shop.ada.call('POST', `/threads/${threadId}/messages`, { ...reply(), force: true }, 201);
    await screen.until((heard) => heard.messages.length > 0);
    expect(screen.heard.messages[0]).toMatchObject({ direction: 'outbound', text: 'Yes, we do.' });
    screen.close();
    const back = await visit(shop.test, { channelKey: chat.key, visitorToken: screen.hello.visitorToken });
    expect(back.hello.thread).toMatchObject({ id: threadId });
    back.close();
  });
});

describe('me and my colleagues', () => {
  it('keep what a change does not name', async () => {
    const quiet = { from: '22:00', to: '07:00', timezone: 'Europe/Berlin' };
    await shop.ada.call('PATCH', '/me', { preferences: { signature: 'Ada', quietHours: quiet, alertsByMail: true } });
    // Two devices at once lose nothing of each other's.
    const [changed] = await Promise.all([
      shop.ada.call('PATCH', '/me', { preferences: { scheme: 'dark' } }),
      shop.ada.call('PATCH', '/me', { preferences: { alertsToTelegram: '4711' } }),
    ]);
    expect(await get('/me')).toMatchObject({ preferences: { scheme: 'dark', alertsToTelegram: '4711' } });
    const kept = { scheme: 'dark', signature: 'Ada', quietHours: quiet, alertsByMail: true, sounds: true };
    expect(changed).toMatchObject({ id: shop.ada.id, role: 'admin', preferences: kept });
    expect(await get<Json>('/me')).toMatchObject({
      permissions: expect.arrayContaining(['threads.read']),
      preferences: kept,
    });
    const team = await shop.ada.call('POST', '/teams', { name: 'Repairs', memberIds: [shop.connie.id] }, 201);
    expect(await shop.ada.call('PATCH', `/teams/${team.id}`, { name: 'Workshop' })).toMatchObject({
      name: 'Workshop',
      memberIds: [shop.connie.id],
    });
    await shop.ada.call('PATCH', `/teams/${team.id}`, { memberIds: [] }, 200);
    await shop.ada.call('DELETE', `/teams/${team.id}`, undefined, 204);
  });

  it('make keys for programs, shown once', async () => {
    const made = await shop.ada.call<{ id: string; key: string }>('POST', '/api-keys', { name: 'script' }, 201);
    const me = () => fetch(`${shop.test.url}/api/v1/me`, { headers: { Authorization: `Bearer ${made.key}` } });
    expect((await me()).status).toBe(200);
    expect(JSON.stringify(await get('/api-keys'))).not.toContain(made.key);
    await shop.ada.call('DELETE', `/api-keys/${made.id}`, undefined, 204);
    expect((await me()).status).toBe(401);
    await shop.ada.call('POST', '/api-keys', { name: 'ends', expiresAt: '2099-01-01T00:00:00Z' }, 201);
  });
});

describe('connected accounts', () => {
  it('never read a secret back, keep what a change does not name, and say how they are', async () => {
    const server = { host: '127.0.0.1', port: 9, secure: false, user: 'u', password: 'the-secret-word' };
    const made = await shop.ada.call(
      'POST',
      '/channels',
      {
        kind: 'email',
        name: 'Box',
        config: { address: 'box@parley.example', imap: server, smtp: server, allowInsecure: true },
      },
      201,
    );
    expect(JSON.stringify(made)).not.toContain('the-secret-word');
    expect(made).toMatchObject({
      kind: 'email',
      name: 'Box',
      config: { history: 'now', address: 'box@parley.example' },
    });
    const changed = await shop.ada.call('PATCH', `/channels/${made.id}`, {
      config: { fromName: 'Shop' },
      paused: true,
    });
    expect(changed).toMatchObject({ config: { fromName: 'Shop', imap: { host: '127.0.0.1' } } });
    expect(await get<Json>(`/channels/${made.id}/health`)).toEqual(
      expect.objectContaining({
        state: 'paused',
        lastReceivedAt: null,
        remoteCount: null,
        storedCount: 0,
        quarantined: 0,
      }),
    );
    const health = await get<Json>(`/channels/${made.id}/health`);
    for (const field of ['lastCheckedAt', 'error']) expect(health).toHaveProperty(field);
    const tried = await shop.ada.call('POST', `/channels/${made.id}/test`, {}, 200);
    expect(tried).toMatchObject({ ok: false, steps: expect.arrayContaining([expect.objectContaining({ ok: false })]) });
    await shop.ada.call('DELETE', `/channels/${made.id}`, undefined, 204);
    expect((await shop.ada.ask('GET', `/channels/${made.id}`)).status).toBe(404);
  });
});

describe('the shop', () => {
  it('has a name, an accent and a logo, which its chat and its letters carry', async () => {
    const test = await startApp();
    const admin = await test.staff('admin', 'Ada');
    expect(await (await fetch(`${test.url}/api/v1/shop`)).json()).toMatchObject({ name: '', logoUrl: null });
    const known = await admin.call('PATCH', '/shop', { name: 'Tideline Phones', accent: '#ffd43b' });
    // White words on bright yellow could not be read.
    expect(known).toMatchObject({ name: 'Tideline Phones', accent: '#ffd43b' });
    expect(known.ground).not.toBe('#ffd43b');
    const form = new FormData();
    form.set('file', new Blob(['<svg/>'], { type: 'image/svg+xml' }), 'logo.svg');
    await admin.call('PUT', '/shop/logo', form, 422);
    form.set('file', new Blob(['png'], { type: 'image/png' }), 'logo.png');
    const { logoUrl } = await admin.call<{ logoUrl: string }>('PUT', '/shop/logo', form);
    const logo = await fetch(test.url + logoUrl);
    expect([logo.headers.get('content-type'), await logo.text()]).toEqual(['image/png', 'png']);
    const chat = await admin.call<{ key: string }>('POST', '/channels', {
      kind: 'chat',
      name: 'Site',
      config: { title: '' },
    });
    const page = await (await fetch(`${test.url}/widget/chat.html?channel=${chat.key}`)).text();
    expect(page).toContain('"title":"Tideline Phones"');
    expect(page).toContain(logoUrl);
    await admin.call('DELETE', '/shop/logo');
    expect((await fetch(`${test.url}/api/v1/shop/logo`)).status).toBe(404);
  });
});
