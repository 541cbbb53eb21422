import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { routes } from '../../../server/http/routes.ts';
import { contractShop, type Json, type List, noSuchId, time } from '../../support/contractShop.ts';
import { openStaffSocket } from '../../support/staffSocket.ts';
import { until } from '../../support/until.ts';

const shop = contractShop();
const { get, opened, raw } = shop;

const json = { 'Content-Type': 'application/json' };

describe('a refusal', () => {
  const cases: [number, string, () => Promise<Response>][] = [
    [400, 'a wrong field', () => raw('/api/v1/threads?limit=0')],
    [400, 'no JSON', () => raw('/api/v1/articles', { method: 'POST', body: '{', headers: json })],
    [400, 'a foreign cursor', () => raw('/api/v1/threads?cursor=nonsense')],
    [400, 'a path that is none', () => raw('/api/v1/threads/%E0%A4%A')],
    [401, 'no key', () => fetch(`${shop.test.url}/api/v1/me`)],
    [401, 'a wrong key', () => raw('/api/v1/me', { headers: { Authorization: 'Bearer parley_wrong' } })],
    [
      403,
      'a role that may not',
      () => raw('/api/v1/users/accounts', { headers: { Authorization: `Bearer ${shop.connie.key}` } }),
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
        expect(one).toMatchObject({ path: expect.any(String), message: expect.any(String) });
    if (status === 413)
      expect(problem).toMatchObject({ maxBytes: 2 * 1024 * 1024, title: expect.stringContaining('2 MB') });
  });

  it('of bad input says in plain words what is wrong, also in an address', async () => {
    const { body } = await shop.ada.ask('POST', '/articles', { title: 'T', locale: 'en' });
    expect(body.errors).toEqual([{ path: 'body', message: 'is missing', code: 'required' }]);
    const tag = await shop.ada.ask('PUT', `/threads/${noSuchId}/tags/${'t'.repeat(500)}`, {});
    expect(tag).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'tag', message: 'is too long: at most 60 characters', values: { max: 60 } }] },
    });
  });

  it('of bad input names each field', async () => {
    const answer = await shop.ada.ask('POST', '/articles', { title: 3 });
    expect(answer.status).toBe(400);
    expect((answer.body.errors as { path: string }[]).map((one) => one.path).sort()).toEqual(['body', 'title']);
    const deep = await shop.ada.ask('POST', '/channels', { kind: 'email', name: 'M', config: { address: 'none' } });
    expect(deep).toMatchObject({ status: 400, body: { errors: [{ path: 'config.address' }] } });
  });

  it('of sign-in has the same shape, and after ten failures says when to come again', async () => {
    const signIn = (password: string) =>
      fetch(`${shop.test.url}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { ...json, Origin: shop.test.url },
        body: JSON.stringify({ email: shop.connie.email, password }),
      });
    const good = await signIn(shop.connie.password);
    expect(good.status).toBe(200);
    const cookie = good.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const me = await fetch(`${shop.test.url}/api/v1/me`, { headers: { Cookie: cookie } });
    expect(await me.json()).toMatchObject({ id: shop.connie.id, role: 'consultant' });
    for (let tries = 0; tries < 10; tries++) expect((await signIn('wrong-password')).status).toBe(401);
    const late = await signIn(shop.connie.password);
    expect(late.status).toBe(429);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await late.json()).toMatchObject({ status: 429, code: 'signIn.tooMany', title: expect.any(String) });
    const signUp = await fetch(`${shop.test.url}/api/auth/sign-up/email`, {
      method: 'POST',
      headers: { ...json, Origin: shop.test.url },
      body: JSON.stringify({ email: 'eve@evil.example', password: 'a-long-password-1', name: 'Eve' }),
    });
    expect(signUp.status).toBeGreaterThanOrEqual(400);
    expect(signUp.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('every GET', () => {
  it('says the cursor its answer is true for, and answers as its published shape says, every list with items and nextCursor', async () => {
    const { threadId } = await opened('every@client.example');
    const { items: clients } = await get('/clients?q=every');
    const { items: products } = await get('/products');
    const ids: Record<string, string> = {
      threads: threadId,
      clients: String(clients[0]?.id),
      channels: shop.mailbox,
      products: String(products[0]?.id),
    };
    const without = ['/openapi.json', '/search', '/lookups', '/feed'];
    let seen = 0;
    for (const { method, path, answer: shape } of routes) {
      if (method !== 'get' || /:(?!id\b)/.test(path) || without.includes(path)) continue;
      const kind = path.split('/')[1] ?? '';
      if (path.includes(':id') && ids[kind] === undefined) continue;
      const answer = await shop.ada.ask('GET', path.replace(':id', ids[kind] ?? ''));
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
    expect((await shop.ada.ask('GET', '/threads?limit=101')).status).toBe(400);
    expect(await shop.ada.ask('GET', '/feed')).toMatchObject({ status: 400, body: { errors: [{ path: 'after' }] } });
  });
});

describe('a key of the caller', () => {
  it('makes any POST repeatable: the same key answers with the first result, also at once', async () => {
    const clientKey = randomUUID();
    const article = { title: 'Once', body: 'Made once.', clientKey };
    const made = await Promise.all(
      Array.from({ length: 4 }, () => shop.ada.call<Json>('POST', '/articles', article, 201)),
    );
    expect(new Set(made.map((one) => one.id)).size).toBe(1);
    expect(made[3]).toEqual(made[0]);
    const key = { name: 'once', clientKey: randomUUID() };
    expect(await shop.ada.call('POST', '/api-keys', key, 201)).toEqual(
      await shop.ada.call('POST', '/api-keys', key, 201),
    );
    expect((await get('/api-keys')).items.filter((one) => one.name === 'once')).toHaveLength(1);
    expect(await shop.ada.ask('POST', '/teams', { name: 'T', clientKey })).toMatchObject({
      status: 422,
      body: { code: 'clientKey.used', errors: [{ path: 'clientKey' }] },
    });
    expect(await shop.ada.ask('POST', '/teams', { name: 'T', clientKey: 'x' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'clientKey' }] },
    });
    const again = randomUUID();
    expect((await shop.ada.ask('POST', '/articles', { clientKey: again })).status).toBe(400);
    await shop.ada.call('POST', '/articles', { title: 'Then', body: 'Right.', clientKey: again }, 201);
    const uploadKey = randomUUID();
    const form = () => {
      const sent = new FormData();
      sent.set('clientKey', uploadKey);
      sent.set('file', new Blob(['x']), 'x.txt');
      return sent;
    };
    const file = await shop.ada.call('POST', '/uploads', form(), 201);
    expect(await shop.ada.call('POST', '/uploads', form(), 201)).toEqual(file);
  });
});

describe('the feed', () => {
  it('tells everything after a cursor, page by page, and a screen hears the same', async () => {
    const before = (await shop.ada.ask('GET', '/me')).headers.get('x-parley-cursor') ?? '';
    const screen = await openStaffSocket(shop.test, { token: shop.ada.key, cursor: before });
    expect(screen.hello.cursor).toMatch(/^\d+$/);
    const { threadId } = await opened('feed@client.example');
    await shop.ada.call('PUT', `/threads/${threadId}/closure`, undefined, 200);
    await shop.test.settle();
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
    const old = await openStaffSocket(shop.test, { token: shop.ada.key, cursor: '999999999' });
    await until(
      () => old.resyncs,
      (times) => times > 0,
    );
    old.socket.close();
  });
});

describe('the house', () => {
  it('says that it lives, that it is ready, and what it measures', async () => {
    expect((await fetch(`${shop.test.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${shop.test.url}/readyz`)).status).toBe(200);
    const metrics = await fetch(`${shop.test.url}/metrics`);
    expect(metrics.headers.get('content-type')).toContain('text/plain');
    expect(await metrics.text()).toMatch(/^# TYPE \w+ (counter|gauge|histogram)$/m);
  });

  it('publishes every call of its own as OpenAPI 3.1, and each of its shapes is one', async () => {
    const answer = await fetch(`${shop.test.url}/api/v1/openapi.json`);
    const api = (await answer.json()) as {
      openapi: string;
      servers: { url: string }[];
      paths: Record<string, Record<string, Operation>>;
      components: Json;
    };
    expect(api.openapi).toMatch(/^3\.1\./);
    expect(api.servers).toEqual([{ url: `${shop.test.url}/api/v1` }]);
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
