import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../server/http/routes.ts';
import { type Staff, startApp, type TestApp } from '../support/app.ts';
import { letter, makeChannel, telegramText } from '../support/cast.ts';
import { importPhoneShop } from '../support/phoneShop.ts';
import { openStaffSocket } from '../support/staffSocket.ts';
import { until } from '../support/until.ts';
import { makeChat, visit } from '../support/visitor.ts';

/** What programs outside rely on, call by call, as they would call it: a key, a path, and what comes back. */

type Json = Record<string, unknown>;
type List = { items: Json[]; nextCursor: string | null };

const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const time = expect.stringMatching(iso);
const noSuchId = '00000000-0000-4000-8000-000000000000';

let test: TestApp;
let ada: Staff;
let connie: Staff;
let mailbox: string;

beforeAll(async () => {
  test = await startApp({ keep: true });
  ada = await test.staff('admin', 'Ada');
  connie = await test.staff('consultant', 'Connie');
  mailbox = await makeChannel(test, 'email', { targetMs: 15 * 60_000 });
  await importPhoneShop(ada, test.clock.now());
}, 90_000);
afterAll(() => test?.stop());

const get = <T = List>(path: string) => ada.call<T>('GET', path, undefined, 200);
const put = (path: string, name: string, content: string, fields: Record<string, string> = {}) => {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) form.set(key, value);
  form.set('file', new Blob([content]), name);
  return ada.call<Json>('POST', path, form, 200);
};
const raw = (path: string, init: RequestInit = {}) =>
  fetch(`${test.url}${path}`, {
    ...init,
    headers: { Authorization: `Bearer ${ada.key}`, ...(init.headers as Record<string, string> | undefined) },
  });

/** A thread that a letter opens. */
async function opened(from: string, subject = 'A question') {
  const [stored] = await test.app.deps.host.ingest(mailbox, { messages: [letter(from, { subject })] });
  return { threadId: stored?.threadId ?? '', messageId: stored?.messageId ?? '' };
}
const reply = (seenMessageId?: string) => ({
  clientKey: randomUUID(),
  kind: 'reply',
  text: 'Yes, we do.',
  ...(seenMessageId === undefined ? {} : { seenMessageId }),
});

describe('a refusal', () => {
  const cases: [number, string, () => Promise<Response>][] = [
    [400, 'a wrong field', () => raw('/api/v1/threads?limit=0')],
    [400, 'no JSON', () => raw('/api/v1/articles', { method: 'POST', body: '{', headers: json })],
    [400, 'a foreign cursor', () => raw('/api/v1/threads?cursor=nonsense')],
    [400, 'a path that is none', () => raw('/api/v1/threads/%E0%A4%A')],
    [401, 'no key', () => fetch(`${test.url}/api/v1/me`)],
    [401, 'a wrong key', () => raw('/api/v1/me', { headers: { Authorization: 'Bearer parley_wrong' } })],
    [
      403,
      'a role that may not',
      () => raw('/api/v1/users/accounts', { headers: { Authorization: `Bearer ${connie.key}` } }),
    ],
    [404, 'an unknown id', () => raw(`/api/v1/threads/${noSuchId}`)],
    [404, 'an id that is none', () => raw('/api/v1/threads/x')],
    [404, 'an unknown path', () => raw('/api/v1/nothing')],
    [410, 'a cursor of tomorrow', () => raw('/api/v1/feed?after=999999999')],
    [
      413,
      'too much',
      () => raw('/api/v1/articles', { method: 'POST', body: JSON.stringify({ body: 'x'.repeat(3e6) }), headers: json }),
    ],
    [
      422,
      'no meaning',
      () => raw('/api/v1/consult', { method: 'POST', body: JSON.stringify({ question: ' ' }), headers: json }),
    ],
  ];
  it.each(cases)('of %i, for %s, is a problem with status, code and title', async (status, _, ask) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const problem = (await answer.json()) as Json;
    expect(problem).toMatchObject({ status, code: expect.stringMatching(/^\w+(\.\w+)*$/), title: expect.any(String) });
    expect(JSON.stringify(problem)).not.toMatch(/node_modules|\.ts:|\bat \w+ \(/);
    if (status === 400 || status === 422)
      for (const one of (problem.errors as Json[] | undefined) ?? [])
        expect(one).toEqual({ path: expect.any(String), message: expect.any(String) });
  });

  it('of bad input names each field', async () => {
    const answer = await ada.ask('POST', '/articles', { title: 3 });
    expect(answer.status).toBe(400);
    expect((answer.body.errors as { path: string }[]).map((one) => one.path).sort()).toEqual(['body', 'title']);
    const deep = await ada.ask('POST', '/channels', { kind: 'email', name: 'M', config: { address: 'none' } });
    expect(deep).toMatchObject({ status: 400, body: { errors: [{ path: 'config.address' }] } });
  });

  it('of sign-in has the same shape, and after ten failures says when to come again', async () => {
    const signIn = (password: string) =>
      fetch(`${test.url}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { ...json, Origin: test.url },
        body: JSON.stringify({ email: connie.email, password }),
      });
    const good = await signIn(connie.password);
    expect(good.status).toBe(200);
    const cookie = good.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const me = await fetch(`${test.url}/api/v1/me`, { headers: { Cookie: cookie } });
    expect(await me.json()).toMatchObject({ id: connie.id, role: 'consultant' });
    for (let tries = 0; tries < 10; tries++) expect((await signIn('wrong-password')).status).toBe(401);
    const late = await signIn(connie.password);
    expect(late.status).toBe(429);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await late.json()).toMatchObject({ status: 429, code: 'signIn.tooMany', title: expect.any(String) });
    const signUp = await fetch(`${test.url}/api/auth/sign-up/email`, {
      method: 'POST',
      headers: { ...json, Origin: test.url },
      body: JSON.stringify({ email: 'eve@evil.example', password: 'a-long-password-1', name: 'Eve' }),
    });
    expect(signUp.status).toBeGreaterThanOrEqual(400);
    expect(signUp.headers.get('content-type')).toContain('application/problem+json');
  });
});

const json = { 'Content-Type': 'application/json' };

describe('every GET', () => {
  it('says the cursor its answer is true for, and answers as its published shape says, every list with items and nextCursor', async () => {
    const { threadId } = await opened('every@client.example');
    const { items: clients } = await get('/clients?q=every');
    const { items: products } = await get('/products');
    const ids: Record<string, string> = {
      threads: threadId,
      clients: String(clients[0]?.id),
      channels: mailbox,
      products: String(products[0]?.id),
    };
    const without = ['/openapi.json', '/search', '/lookups', '/feed'];
    let seen = 0;
    for (const { method, path, answer: shape } of routes) {
      if (method !== 'get' || /:(?!id\b)/.test(path) || without.includes(path)) continue;
      const kind = path.split('/')[1] ?? '';
      if (path.includes(':id') && ids[kind] === undefined) continue;
      const answer = await ada.ask('GET', path.replace(':id', ids[kind] ?? ''));
      if (answer.status >= 400) continue;
      seen++;
      expect(answer.headers.get('x-parley-cursor'), path).toMatch(/^\d+$/);
      const wrong = shape?.safeParse(answer.body).error?.issues;
      expect(wrong, path).toBeUndefined();
      const { items, nextCursor } = (answer.body ?? {}) as { items?: unknown; nextCursor?: unknown };
      if (Array.isArray(items)) expect(nextCursor === null || typeof nextCursor === 'string', path).toBe(true);
    }
    expect(seen).toBeGreaterThan(40);
  });

  it('of a list goes on by its cursor, without a gap or a repetition while rows arrive', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await opened(`${name}@pages.example`);
    for (const path of ['/threads', '/clients', '/products', '/stores', '/users', '/channels', '/articles', '/rules']) {
      const whole = await get(`${path}?limit=100`);
      const walked: unknown[] = [];
      let cursor: string | null = null;
      do {
        const page: List = await get(
          `${path}?limit=2${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
        );
        expect(page.items.length, path).toBeLessThanOrEqual(2);
        walked.push(...page.items.map((item) => item.id));
        if (cursor === null && path === '/threads') await opened('f@pages.example');
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(walked, path).toEqual(whole.items.map((item) => item.id));
    }
    expect((await ada.ask('GET', '/threads?limit=101')).status).toBe(400);
    expect(await ada.ask('GET', '/feed')).toMatchObject({ status: 400, body: { errors: [{ path: 'after' }] } });
  });
});

describe('me and my colleagues', () => {
  it('keep what a change does not name', async () => {
    const quiet = { from: '22:00', to: '07:00', timezone: 'Europe/Berlin' };
    await ada.call('PATCH', '/me', { preferences: { signature: 'Ada', quietHours: quiet, alertsByMail: true } });
    // Two devices at once lose nothing of each other's.
    const [changed] = await Promise.all([
      ada.call('PATCH', '/me', { preferences: { scheme: 'dark' } }),
      ada.call('PATCH', '/me', { preferences: { alertsToTelegram: '4711' } }),
    ]);
    expect(await get('/me')).toMatchObject({ preferences: { scheme: 'dark', alertsToTelegram: '4711' } });
    const kept = { scheme: 'dark', signature: 'Ada', quietHours: quiet, alertsByMail: true, sounds: true };
    expect(changed).toMatchObject({ id: ada.id, role: 'admin', preferences: kept });
    expect(await get<Json>('/me')).toMatchObject({
      permissions: expect.arrayContaining(['threads.read']),
      preferences: kept,
    });
    const team = await ada.call('POST', '/teams', { name: 'Repairs', memberIds: [connie.id] }, 201);
    expect(await ada.call('PATCH', `/teams/${team.id}`, { name: 'Workshop' })).toMatchObject({
      name: 'Workshop',
      memberIds: [connie.id],
    });
    await ada.call('PATCH', `/teams/${team.id}`, { memberIds: [] }, 200);
    await ada.call('DELETE', `/teams/${team.id}`, undefined, 204);
  });

  it('make keys for programs, shown once', async () => {
    const made = await ada.call<{ id: string; key: string }>('POST', '/api-keys', { name: 'script' }, 201);
    const me = () => fetch(`${test.url}/api/v1/me`, { headers: { Authorization: `Bearer ${made.key}` } });
    expect((await me()).status).toBe(200);
    expect(JSON.stringify(await get('/api-keys'))).not.toContain(made.key);
    await ada.call('DELETE', `/api-keys/${made.id}`, undefined, 204);
    expect((await me()).status).toBe(401);
    await ada.call('POST', '/api-keys', { name: 'ends', expiresAt: '2099-01-01T00:00:00Z' }, 201);
  });
});

describe('a key of the caller', () => {
  it('makes any POST repeatable: the same key answers with the first result, also at once', async () => {
    const clientKey = randomUUID();
    const article = { title: 'Once', body: 'Made once.', clientKey };
    const made = await Promise.all(Array.from({ length: 4 }, () => ada.call<Json>('POST', '/articles', article, 201)));
    expect(new Set(made.map((one) => one.id)).size).toBe(1);
    expect(made[3]).toEqual(made[0]);
    const key = { name: 'once', clientKey: randomUUID() };
    expect(await ada.call('POST', '/api-keys', key, 201)).toEqual(await ada.call('POST', '/api-keys', key, 201));
    expect((await get('/api-keys')).items.filter((one) => one.name === 'once')).toHaveLength(1);
    expect(await ada.ask('POST', '/teams', { name: 'T', clientKey })).toMatchObject({
      status: 422,
      body: { code: 'clientKey.used', errors: [{ path: 'clientKey' }] },
    });
    expect(await ada.ask('POST', '/teams', { name: 'T', clientKey: 'x' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'clientKey' }] },
    });
    const again = randomUUID();
    expect((await ada.ask('POST', '/articles', { clientKey: again })).status).toBe(400);
    await ada.call('POST', '/articles', { title: 'Then', body: 'Right.', clientKey: again }, 201);
    const uploadKey = randomUUID();
    const form = () => {
      const sent = new FormData();
      sent.set('clientKey', uploadKey);
      sent.set('file', new Blob(['x']), 'x.txt');
      return sent;
    };
    const file = await ada.call('POST', '/uploads', form(), 201);
    expect(await ada.call('POST', '/uploads', form(), 201)).toEqual(file);
  });
});

describe('connected accounts', () => {
  it('never read a secret back, keep what a change does not name, and say how they are', async () => {
    const server = { host: '127.0.0.1', port: 9, secure: false, user: 'u', password: 'the-secret-word' };
    const made = await ada.call(
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
    const changed = await ada.call('PATCH', `/channels/${made.id}`, { config: { fromName: 'Shop' }, paused: true });
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
    const tried = await ada.call('POST', `/channels/${made.id}/test`, {}, 200);
    expect(tried).toMatchObject({ ok: false, steps: expect.arrayContaining([expect.objectContaining({ ok: false })]) });
    await ada.call('DELETE', `/channels/${made.id}`, undefined, 204);
    expect((await ada.ask('GET', `/channels/${made.id}`)).status).toBe(404);
  });
});

describe('the shop', () => {
  it('has a name, an accent and a logo, which its chat and its letters carry', async () => {
    const test = await startApp();
    const admin = await test.staff('admin', 'Ada');
    expect(await (await fetch(`${test.url}/api/v1/shop`)).json()).toMatchObject({ name: '', logoUrl: null });
    const shop = await admin.call('PATCH', '/shop', { name: 'Tideline Phones', accent: '#ffd43b' });
    // White words on bright yellow could not be read.
    expect(shop).toMatchObject({ name: 'Tideline Phones', accent: '#ffd43b' });
    expect(shop.ground).not.toBe('#ffd43b');
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
      channelId: mailbox,
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
    test.clock.advance(60_000);
    const second = await opened('short@waits.example', 'Waits short');
    const ids = async (query: string) => (await get(`/threads?limit=100&${query}`)).items.map((item) => item.id);
    const waiting = await ids('sort=waiting');
    expect(waiting.indexOf(first.threadId)).toBeLessThan(waiting.indexOf(second.threadId));
    const last = await ids('');
    expect(last.indexOf(second.threadId)).toBeLessThan(last.indexOf(first.threadId));
    await ada.call('PUT', `/threads/${first.threadId}/assignment`, { userId: 'me' }, 200);
    const { clientId } = await get<{ clientId: string }>(`/threads/${first.threadId}`);
    for (const query of ['assignee=me', `assignee=${ada.id}`, `client=${clientId}`])
      expect(await ids(query)).toEqual([first.threadId]);
    expect(await ids('assignee=none')).not.toContain(first.threadId);
    expect(await ids(`channel=${mailbox}`)).toContain(first.threadId);
    for (const query of [`team=${noSuchId}`, `store=${noSuchId}`, 'tag=none', 'status=snoozed'])
      expect(await ids(query)).toEqual([]);
  });

  it('is answered once for one key, only by who has seen the last word, and taken back only in time', async () => {
    const { threadId, messageId } = await opened('seen@client.example');
    const path = `/threads/${threadId}/messages`;
    expect(await ada.ask('POST', path, reply())).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'seenMessageId', message: expect.any(String) }] },
    });
    const [later] = await test.app.deps.host.ingest(mailbox, {
      messages: [letter('seen@client.example', { subject: 'Re: A question', text: 'In blue?' })],
    });
    expect(later?.threadId).toBe(threadId);
    expect(await ada.ask('POST', path, reply(messageId))).toMatchObject({
      status: 409,
      body: { status: 409, code: 'thread.newMessage', newMessages: [{ id: later?.messageId, text: 'In blue?' }] },
    });
    const said = reply(later?.messageId ?? '');
    const sent = await ada.call('POST', path, said, 201);
    expect(sent).toMatchObject({ direction: 'outbound', delivery: { state: 'pending', attempts: 0, error: null } });
    expect((await ada.call('POST', path, said, 201)).id).toBe(sent.id);
    await ada.call('DELETE', `${path}/${sent.id}/delivery`, undefined, 204);
    expect((await get(path)).items).toHaveLength(2);

    const again = await ada.call('POST', path, reply(later?.messageId ?? ''), 201);
    await test.app.deps.db.delivery.updateMany({ where: { messageId: String(again.id) }, data: { state: 'sent' } });
    expect(await ada.ask('DELETE', `${path}/${again.id}/delivery`)).toMatchObject({
      status: 409,
      body: { status: 409, code: 'delivery.tooLate', state: 'sent' },
    });
    const note = await ada.call('POST', path, { clientKey: randomUUID(), kind: 'note', text: 'Cafe\u0301' }, 201);
    expect(note).toMatchObject({ direction: 'note', text: 'Caf\u00e9', delivery: null });
    expect(await ada.ask('POST', path, { kind: 'note', text: 'x' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'clientKey' }] },
    });
  });

  it('takes files that were uploaded before', async () => {
    const { threadId } = await opened('files@client.example');
    const form = new FormData();
    form.set('file', new Blob(['price list']), 'prices.txt');
    const file = await ada.call<{ id: string; url: string }>('POST', '/uploads', form, 201);
    expect(file).toMatchObject({ name: 'prices.txt', sizeBytes: 10 });
    const sent = await ada.call(
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
      ada.call(method, `/threads/${threadId}/${what}`, body, 200);
    expect(await step('PUT', 'assignment', { userId: connie.id })).toMatchObject({ assigneeId: connie.id });
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
      ada.ask(method, `/threads/${threadId}/${what}`, body);
    expect((await other('PUT', 'snooze', { until: 'tomorrow' })).status).toBe(400);
    expect((await other('PUT', 'snooze', { until: '2001-01-01T00:00:00Z' })).status).toBe(422);
    expect((await other('PUT', 'assignment', { userId: noSuchId })).status).toBe(422);
  });

  it('is merged and split, and both are undone by their id', async () => {
    const one = await opened('twice@client.example', 'One');
    const two = await opened('twice@client.example', 'Two');
    expect(two.threadId).not.toBe(one.threadId);
    const path = `/threads/${one.threadId}`;
    const merge = await ada.call('POST', `${path}/merge`, { otherId: two.threadId }, 201);
    expect(merge).toEqual({ id: expect.any(String) });
    const messages = async () => (await get(`${path}/messages`)).items.map((item) => item.id);
    expect((await messages()).sort()).toEqual([one.messageId, two.messageId].sort());
    expect((await ada.ask('POST', `${path}/merge`, { otherId: two.threadId })).status).toBe(409);
    expect(await get<Json>(path)).toMatchObject({ moves: [{ id: merge.id, kind: 'merge' }] });
    await ada.call('DELETE', `${path}/merges/${merge.id}`, undefined, 204);
    expect(await messages()).toEqual([one.messageId]);
    const note = await ada.call('POST', `${path}/messages`, { clientKey: randomUUID(), kind: 'note', text: 'n' }, 201);
    const split = await ada.call('POST', `${path}/split`, { messageIds: [note.id] }, 201);
    expect(split).toMatchObject({ id: expect.any(String) });
    expect(await messages()).toEqual([one.messageId]);
    await ada.call('DELETE', `${path}/splits/${split.id}`, undefined, 204);
    expect((await messages()).sort()).toEqual([one.messageId, note.id].sort());
    expect((await ada.ask('DELETE', `${path}/merges/${noSuchId}`)).status).toBe(404);
  });
});

describe('a client', () => {
  it('is found, changed, read back over everything, and merged with another until that is undone', async () => {
    const telegram = await makeChannel(test, 'telegram');
    await opened('zoe@client.example');
    await test.app.deps.host.ingest(telegram, { messages: [telegramText('900', 'It is Zoe')] });
    const [zoe] = (await get('/clients?q=zoe@client.example')).items;
    const [other] = (await get('/clients?q=Client 900')).items;
    expect(zoe).toMatchObject({ identities: [{ kind: 'email', value: 'zoe@client.example' }] });
    expect(await ada.call('PATCH', `/clients/${zoe?.id}`, { name: 'Zoe Zimmer', level: 'vip' })).toMatchObject({
      name: 'Zoe Zimmer',
      level: 'vip',
      note: '',
    });
    const merge = await ada.call('POST', `/clients/${zoe?.id}/merge`, { otherId: other?.id }, 201);
    expect(merge).toEqual({ id: expect.any(String) });
    const read = () => get<{ identities: Json[] }>(`/clients/${zoe?.id}`);
    expect((await read()).identities.map((one) => one.kind).sort()).toEqual(['email', 'telegram']);
    const timeline = await get(`/clients/${zoe?.id}/timeline`);
    expect(timeline.items.map((item) => item.text)).toEqual(expect.arrayContaining(['It is Zoe', 'Do you have it?']));
    await ada.call('DELETE', `/clients/${zoe?.id}/merge/${merge.id}`, undefined, 204);
    expect((await read()).identities.map((one) => one.kind)).toEqual(['email']);
  });
});

describe('search', () => {
  it('looks where it is told, in everything that was ever said', async () => {
    await opened('quartz@client.example', 'Quartzite table');
    await ada.call('POST', '/articles', { title: 'Quartzite care', body: 'Wipe quartzite with water.' }, 201);
    const found = await get<Record<string, Json[]>>('/search?q=quartzite&in=threads,articles');
    expect(Object.keys(found).sort()).toEqual(['articles', 'threads']);
    expect(found.articles).toMatchObject([{ title: 'Quartzite care' }]);
    expect(found.threads).toMatchObject([{ subject: 'Quartzite table' }]);
    const all = await get<Record<string, Json[]>>('/search?q=pixel');
    expect(Object.keys(all).sort()).toEqual(['articles', 'clients', 'messages', 'products', 'threads']);
    expect(all.products?.[0]).toMatchObject({ sku: 'PX9A-128' });
    expect(await ada.ask('GET', '/search?q=x&in=moon')).toMatchObject({ status: 400 });
  });
});

describe('imports', () => {
  const report = (imported: number, updated: number, skipped: number, errors: unknown[] = []) => ({
    imported,
    updated,
    skipped,
    errors,
  });
  const rule = {
    kind: 'warranty',
    appliesTo: { category: 'phone' },
    value: { months: 24 },
    text: '24 months.',
    jurisdiction: 'DE',
    validFrom: '2020-01-01',
  };
  const wrong = [{ row: 3, column: expect.any(String), message: expect.any(String) }];
  const cases: [string, string, string, string][] = [
    [
      '/stores/import',
      's.csv',
      'code,name,address,city,lat,lon,phone,timezone,hours,holidays,services\nmarket,Market,Hall 1,Berlin,52.5,13.4,+4930,Europe/Berlin,Mo-Fr 10:00-20:00; Sa 10:00-18:00,2026-12-25;2026-12-26,repair;pickup\n',
      'broken,Broken,,,x,,,Mars/Base,Mo-Fr 10:00-20:00,,\n',
    ],
    [
      '/products/import',
      'p.csv',
      'sku,name,brand,category,gtin,groupSku,description,storage_gb\nP1,Phone One,Acme,phone,,,,64\n',
      ',No sku,Acme,phone,,,,\n',
    ],
    [
      '/offers/import',
      'o.csv',
      'sku,store,price,currency,stock,onDisplay,validUntil,asOf\nPX9A-128,station,489,EUR,1,true,,2026-11-01T00:00:00Z\n',
      'NOPE,station,x,EUR,1,,,\n',
    ],
  ];
  it.each(cases)('%s takes all or nothing, or what is right of it', async (path, name, good, bad) => {
    const aborted = await put(path, name, good + bad);
    expect(aborted).toMatchObject({ imported: 0, updated: 0, skipped: expect.any(Number) });
    expect(aborted.errors).toEqual(expect.arrayContaining(wrong));
    const skipped = await put(`${path}?onError=skip`, name, good + bad);
    expect(skipped).toMatchObject({ skipped: 1, errors: expect.arrayContaining(wrong) });
    expect(Number(skipped.imported) + Number(skipped.updated)).toBe(1);
    expect(await put(path, name, good)).toEqual(report(0, 1, 0));
    expect(await put(path, name, good + bad, { onError: 'skip' })).toMatchObject({ updated: 1, skipped: 1 });
    expect(await ada.ask('POST', `${path}?onError=maybe`, new FormData())).toMatchObject({ status: 400 });
    expect((await ada.ask('POST', path, new FormData())).status).toBeGreaterThanOrEqual(400);
  });

  it('of rules are a JSON list', async () => {
    expect(await put('/rules/import', 'r.json', JSON.stringify([rule, { ...rule, kind: 'luck' }]))).toMatchObject({
      imported: 0,
      errors: [{ row: 2, column: 'kind', message: expect.any(String) }],
    });
    expect(await put('/rules/import', 'r.json', JSON.stringify([rule]))).toEqual(report(1, 0, 0));
    expect(await put('/rules/import', 'r.json', JSON.stringify([rule]))).toEqual(report(0, 1, 0));
    expect((await get('/rules')).items).toMatchObject([
      { ...rule, id: expect.any(String), validFrom: '2020-01-01T00:00:00.000Z', validUntil: null },
    ]);
  });

  it('of products take JSON Lines too, and any other column is an attribute', async () => {
    const line = JSON.stringify({
      sku: 'T1',
      name: 'Tariff M',
      brand: 'Net',
      category: 'tariff',
      minutes: 'unlimited',
      data_gb: 20,
    });
    expect(await put('/products/import', 'p.jsonl', `${line}\n`)).toEqual(report(1, 0, 0));
    expect((await get('/products?category=tariff')).items).toMatchObject([
      { sku: 'T1', attributes: { minutes: 'unlimited', data_gb: 20 } },
    ]);
  });

  it('of articles update by external id or path', async () => {
    const list = (body: string) =>
      JSON.stringify([{ externalId: 'x-1', title: 'Opening', body, locale: 'en', path: 'shop' }]);
    expect(await put('/articles/import', 'a.json', list('We open at ten.'))).toEqual(report(1, 0, 0));
    expect(await put('/articles/import', 'a.json', list('We open at nine.'))).toEqual(report(0, 1, 0));
    expect(await put('/articles/import', 'help/closing.md', '# Closing\n\nWe close at eight.')).toMatchObject({
      imported: 1,
    });
    expect(await put('/articles/import', 'help/closing.md', '# Closing\n\nWe close at six.')).toMatchObject({
      imported: 0,
      updated: 1,
    });
    expect((await get('/articles?q=Opening')).items).toMatchObject([{ externalId: 'x-1', body: 'We open at nine.' }]);
  });
});

describe('the catalogue', () => {
  it('is found by words, store and stock, and names what stands in', async () => {
    const { items } = await get('/products?q=A55&store=riverside&inStock=true');
    expect(items.map((item) => item.sku).sort()).toEqual(['A55-128-LIL', 'A55-256-BLU']);
    const blue = items.find((item) => item.sku === 'A55-256-BLU');
    expect(blue).toMatchObject({
      brand: 'Samsung',
      category: 'phone',
      groupSku: 'A55',
      attributes: { storage_gb: 256 },
    });
    expect(await get<Json>(`/products/${blue?.id}`)).toMatchObject({ id: blue?.id, offers: expect.any(Array) });
    const stores = (await get('/stores')).items;
    const riverside = stores.find((item) => item.code === 'riverside');
    expect(await get<Json>(`/stores/${riverside?.id}`)).toMatchObject({ code: 'riverside', hours: expect.any(String) });
    const others = await get(`/products/${blue?.id}/alternatives?store=${riverside?.id}`);
    expect(others).toMatchObject({
      items: [{ product: { sku: 'A55-128-LIL' }, reasons: expect.any(Array) }, {}],
      nextCursor: null,
    });
  });
});

describe('an article', () => {
  it('is made, read, changed and deleted', async () => {
    const made = await ada.call(
      'POST',
      '/articles',
      { title: 'SIM swap', body: 'Bring a passport.', path: 'sim' },
      201,
    );
    expect(made).toMatchObject({ title: 'SIM swap', locale: 'en', path: 'sim', state: 'published', updatedAt: time });
    expect(await ada.call('PATCH', `/articles/${made.id}`, { body: 'Bring an ID.' })).toMatchObject({
      title: 'SIM swap',
      body: 'Bring an ID.',
      path: 'sim',
    });
    await ada.call('DELETE', `/articles/${made.id}`, undefined, 204);
    expect((await ada.ask('GET', `/articles/${made.id}`)).status).toBe(404);
  });
});

describe('an answer of the consultant', () => {
  const citation = {
    kind: expect.any(String),
    id: expect.any(String),
    title: expect.any(String),
    quote: expect.any(String),
  };

  it('has its text, its sources, its ranking and its sureness, or says why there is none', async () => {
    for (let at = 0; at < 12; at++)
      await ada.call('POST', '/articles', {
        title: `Loyalty card ${at}`,
        body: `Loyalty card rule ${at}: points last ${at + 2} years.`,
      });
    const stores = (await get('/stores')).items;
    const storeId = stores.find((item) => item.code === 'riverside')?.id;
    const { body, status } = await ada.ask('POST', '/consult', {
      question: 'How much is the Galaxy A55 256 blue and do you have it?',
      locale: 'en',
      storeId,
      history: [{ role: 'client', text: 'Hello' }],
      now: test.clock.now().toISOString(),
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      answer: { text: expect.stringContaining('429'), source: 'extractive', citations: expect.any(Array) },
      abstained: false,
      passages: expect.any(Array),
      products: expect.any(Array),
    });
    const answer = body.answer as { confidence: number; citations: (Json & { asOf: string })[] };
    expect(answer.confidence).toBeGreaterThan(0);
    expect(answer.confidence).toBeLessThanOrEqual(1);
    for (const one of answer.citations) expect(one).toMatchObject(citation);
    expect(answer.citations.find((one) => one.kind === 'offer')?.asOf).toMatch(iso);
    const known = await ada.call<{ passages: Json[] }>('POST', '/consult', {
      question: 'How long do loyalty card points last?',
    });
    expect(known.passages.length).toBeGreaterThanOrEqual(10);
    for (const one of known.passages)
      expect(one).toMatchObject({ id: expect.any(String), articleId: expect.any(String), score: expect.any(Number) });
    const scores = known.passages.map((one) => Number(one.score));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    const none = await ada.call('POST', '/consult', { question: 'Who won the chess olympiad in 1972?' });
    expect(none).toMatchObject({
      answer: null,
      abstained: true,
      reason: expect.any(String),
      passages: expect.any(Array),
    });
  });

  it('asks back when several are meant, and hands over to a person who is asked for', async () => {
    const several = await ada.call('POST', '/consult', { question: 'How much is the Galaxy A55?', locale: 'en' });
    expect(several).toMatchObject({
      clarify: {
        question: expect.any(String),
        options: expect.arrayContaining([{ label: expect.any(String), productId: expect.any(String) }]),
      },
    });
    const person = await ada.call('POST', '/consult', { question: 'I want to talk to a human, please.', locale: 'en' });
    expect(person).toMatchObject({ handover: { reason: expect.any(String) } });
  });

  it('is suggested for what a client wrote', async () => {
    const [stored] = await test.app.deps.host.ingest(mailbox, {
      messages: [letter('blue@client.example', { subject: 'Price', text: 'What does the Galaxy A55 256 blue cost?' })],
    });
    const { items } = await ada.call<List>('POST', `/threads/${stored?.threadId}/suggestions`, {}, 200);
    expect(items[0]).toMatchObject({
      threadId: stored?.threadId,
      answer: { text: expect.any(String) },
      abstained: false,
    });
    expect(items[0]).toHaveProperty('passages');
  });

  it('asks the store’s own systems where they were named', async () => {
    const target = { url: 'https://shop.example/lookup', secret: 'whsec_c2VjcmV0LXdvcmRz' };
    for (const kind of ['order', 'repair', 'purchase']) await ada.call('PUT', `/lookups/${kind}`, target, 204);
    const read = await get('/lookups');
    expect(read.items).toHaveLength(3);
    expect(JSON.stringify(read)).not.toContain('c2VjcmV0');
    expect((await ada.ask('PUT', '/lookups/moon', target)).status).toBe(404);
    expect(await ada.ask('PUT', '/lookups/order', { url: 'no' })).toMatchObject({ status: 400 });
  });
});

describe('reports', () => {
  it('tell response times by each grouping, and who waits now', async () => {
    const { threadId, messageId } = await opened('report@client.example');
    await opened('still@client.example');
    test.clock.advance(5 * 60_000);
    await ada.call('POST', `/threads/${threadId}/messages`, reply(messageId), 201);
    const row = {
      key: expect.any(String),
      n: expect.any(Number),
      medianMs: expect.any(Number),
      p90Ms: expect.any(Number),
      late: expect.any(Number),
    };
    const from = new Date(test.clock.now().getTime() - 86_400_000).toISOString();
    const to = new Date(test.clock.now().getTime() + 60_000).toISOString();
    for (const by of ['user', 'team', 'store', 'channel', 'hour'])
      for (const rest of ['measure=first&time=clock', 'measure=next&time=working']) {
        const { rows } = await get<{ rows: Json[] }>(`/reports/response-times?from=${from}&to=${to}&by=${by}&${rest}`);
        if (rest.includes('first')) expect(rows.length, by).toBeGreaterThan(0);
        for (const one of rows) {
          expect(one).toMatchObject(row);
          for (const field of ['withinTarget', 'lateMsMedian']) expect(one).toHaveProperty(field);
        }
      }
    const live = await get<{ waiting: Json[] }>('/reports/live');
    expect(live).toMatchObject({
      byChannel: expect.any(Array),
      lateNow: expect.any(Number),
      answeredToday: { n: expect.any(Number), medianMs: expect.any(Number) },
    });
    expect(live.waiting[0]).toMatchObject({ threadId: expect.any(String), waitingSince: time, dueAt: time });
  });
});

describe('the feed', () => {
  it('tells everything after a cursor, page by page, and a screen hears the same', async () => {
    const before = (await ada.ask('GET', '/me')).headers.get('x-parley-cursor') ?? '';
    const screen = await openStaffSocket(test, { token: ada.key, cursor: before });
    expect(screen.hello.cursor).toMatch(/^\d+$/);
    const { threadId } = await opened('feed@client.example');
    await ada.call('PUT', `/threads/${threadId}/closure`, undefined, 200);
    await test.settle();
    const all = await get(`/feed?after=${before}`);
    expect(all.items.map((item) => item.type)).toEqual(expect.arrayContaining(['message.received', 'thread.closed']));
    const walked: Json[] = [];
    let cursor = before;
    for (;;) {
      const page: List = await get(`/feed?after=${cursor}&limit=1`);
      if (page.items.length === 0 && page.nextCursor === cursor) break;
      walked.push(...page.items);
      cursor = String(page.nextCursor);
    }
    expect(walked).toEqual(all.items);
    for (const item of walked)
      expect(item).toEqual({
        cursor: expect.stringMatching(/^\d+$/),
        type: expect.any(String),
        at: time,
        ids: expect.any(Object),
        patch: expect.any(Object),
      });
    await until(
      () => screen.events.length,
      (heard) => heard >= all.items.length,
    );
    expect(screen.events).toEqual(all.items);
    screen.socket.close();
    const old = await openStaffSocket(test, { token: ada.key, cursor: '999999999' });
    await until(
      () => old.resyncs,
      (times) => times > 0,
    );
    old.socket.close();
  });
});

describe('a visitor', () => {
  it('is greeted, writes a burst of sixty, and hears the answer; a malformed message is refused in words', async () => {
    const chat = await makeChat(ada);
    expect(chat.embedCode).toBe(`<script src="${test.url}/widget.js" data-channel="${chat.key}" async></script>`);
    const screen = await visit(test, { channelKey: chat.key });
    expect(screen.hello).toMatchObject({ visitorToken: expect.any(String), thread: null });
    const answers = await Promise.all(Array.from({ length: 60 }, (_, at) => screen.write(`Word ${at}`)));
    const ids = answers.map((one) => ('messageId' in one ? one.messageId : JSON.stringify(one)));
    expect(new Set(ids).size).toBe(60);
    const threadId = 'threadId' in (answers[0] ?? {}) ? (answers[0] as { threadId: string }).threadId : '';
    expect(await get<Json>(`/threads/${threadId}`)).toMatchObject({ messageCount: 60, channelKind: 'chat' });
    expect(await screen.write('', {})).toEqual({ error: { code: 'input.invalid', title: expect.any(String) } });
    expect(await screen.write('x', { clientKey: 'none' })).toMatchObject({ error: { code: 'input.invalid' } });
    await ada.call('POST', `/threads/${threadId}/messages`, { ...reply(), force: true }, 201);
    await screen.until((heard) => heard.messages.length > 0);
    expect(screen.heard.messages[0]).toMatchObject({ direction: 'outbound', text: 'Yes, we do.' });
    screen.close();
    const back = await visit(test, { channelKey: chat.key, visitorToken: screen.hello.visitorToken });
    expect(back.hello.thread).toMatchObject({ id: threadId });
    back.close();
  });
});

describe('the house', () => {
  it('says that it lives, that it is ready, and what it measures', async () => {
    expect((await fetch(`${test.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${test.url}/readyz`)).status).toBe(200);
    const metrics = await fetch(`${test.url}/metrics`);
    expect(metrics.headers.get('content-type')).toContain('text/plain');
    expect(await metrics.text()).toMatch(/^# TYPE \w+ (counter|gauge|histogram)$/m);
  });

  it('publishes every call of its own as OpenAPI 3.1, and each of its shapes is one', async () => {
    const answer = await fetch(`${test.url}/api/v1/openapi.json`);
    const api = (await answer.json()) as {
      openapi: string;
      servers: { url: string }[];
      paths: Record<string, Record<string, Operation>>;
      components: Json;
    };
    expect(api.openapi).toMatch(/^3\.1\./);
    expect(api.servers).toEqual([{ url: `${test.url}/api/v1` }]);
    const names = new Set<string>();
    for (const { method, path } of routes) {
      const template = path.replace(/:(\w+)/g, '{$1}');
      const operation = api.paths[template]?.[method];
      expect(operation, `${method} ${path}`).toBeDefined();
      if (operation === undefined) continue;
      names.add(operation.operationId);
      const named = operation.parameters.filter((one) => one.in === 'path').map((one) => `{${one.name}}`);
      expect(named.sort(), path).toEqual((template.match(/\{\w+\}/g) ?? []).sort());
      expect(new Set(operation.parameters.map((one) => `${one.in} ${one.name}`)).size).toBe(
        operation.parameters.length,
      );
      expect(Object.keys(operation.responses).length).toBeGreaterThan(1);
      if (method === 'get') expect(operation).not.toHaveProperty('requestBody');
    }
    expect(names.size).toBe(routes.length);
    for (const at of refsIn(api)) expect(resolved(api, at), at).toBeDefined();
  });
});

interface Operation {
  operationId: string;
  parameters: { name: string; in: string }[];
  responses: Record<string, Json>;
}

function refsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : refsIn(inner),
  );
}

function resolved(document: unknown, ref: string): unknown {
  return ref
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (at as Json | undefined)?.[key], document);
}
