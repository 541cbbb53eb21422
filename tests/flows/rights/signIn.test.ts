import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callerAddress, trustedProxies } from '../../../server/lib/proxies.ts';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';
import { letter, makeChannel } from '../../support/cast.ts';
import { placeFarMail } from '../../support/farMail.ts';
import { openStaffSocket } from '../../support/staffSocket.ts';
import { until } from '../../support/until.ts';

const far = placeFarMail();
let test: TestApp;
let mira: Staff;

beforeAll(async () => {
  test = await startApp({ keep: true });
  mira = await test.staff('manager', 'Mira');
});
afterAll(() => test?.stop());

/** Each test signs in from an address of its own, as the proxy in front would say. */
function post(path: string, body: object, address: string, headers: Record<string, string> = {}, at = test) {
  return fetch(`${at.url}/api/auth${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'Content-Type': 'application/json', Origin: at.url, 'X-Forwarded-For': address, ...headers },
    body: JSON.stringify(body),
  });
}
const cookieOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
const signIn = (who: Staff, address: string, password = who.password) =>
  post('/sign-in/email', { email: who.email, password }, address);
const me = (cookie: string, headers: Record<string, string> = {}) =>
  fetch(`${test.url}/api/v1/me`, { headers: { Cookie: cookie, ...headers } });

describe('signing in', () => {
  it('gives a session by password, and a wrong one is refused in the shape of every error', async () => {
    const good = await signIn(mira, '192.0.2.1');
    expect(good.status).toBe(200);
    const setCookie = good.headers.getSetCookie().join();
    expect(setCookie).toMatch(/HttpOnly/i);
    expect(setCookie).toMatch(/SameSite=Lax/i);
    expect(await (await me(cookieOf(good))).json()).toMatchObject({ email: mira.email, role: 'manager' });
    const bad = await signIn(mira, '192.0.2.1', 'not-the-password');
    expect(bad.status).toBe(401);
    expect(bad.headers.get('content-type')).toContain('application/problem+json');
    expect(await bad.json()).toMatchObject({
      status: 401,
      code: expect.stringMatching(/^signIn\./),
      title: expect.any(String),
    });
  });

  it('is refused for a while after ten failures in a minute from one address, also when they come at once', async () => {
    const tries = await Promise.all(Array.from({ length: 14 }, () => signIn(mira, '192.0.2.2', 'not-the-password')));
    expect(tries.map((one) => one.status).sort()).toEqual([...Array(10).fill(401), ...Array(4).fill(429)]);
    const late = await signIn(mira, '192.0.2.2');
    expect(late.status).toBe(429);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(late.headers.get('content-type')).toContain('application/problem+json');
    expect(await late.json()).toMatchObject({ code: 'signIn.tooMany' });
    expect((await signIn(mira, '192.0.2.3')).status).toBe(200);
  });

  it('is counted for all processes together', async () => {
    const second = await startApp({ databaseUrl: test.databaseUrl, dataDir: test.dataDir });
    const tries = await Promise.all(
      Array.from({ length: 14 }, (_, index) =>
        post(
          '/sign-in/email',
          { email: mira.email, password: 'not-the-password' },
          '192.0.2.20',
          {},
          index % 2 === 0 ? test : second,
        ),
      ),
    );
    expect(tries.map((one) => one.status).sort()).toEqual([...Array(10).fill(401), ...Array(4).fill(429)]);
  });

  it('counts the address that calls, whatever it writes into X-Forwarded-For, unless it is a trusted proxy', () => {
    const trusts = trustedProxies(['loopback', '10.0.0.0/8']);
    expect(callerAddress('203.0.113.5', '192.0.2.1', trusts)).toBe('203.0.113.5');
    expect(callerAddress('127.0.0.1', '192.0.2.1, 203.0.113.9', trusts)).toBe('203.0.113.9');
    expect(callerAddress('::ffff:127.0.0.1', '203.0.113.9, 10.1.2.3', trusts)).toBe('203.0.113.9');
    expect(callerAddress('127.0.0.1', undefined, trusts)).toBe('127.0.0.1');
    expect(callerAddress('192.168.0.7', '203.0.113.9', trusts)).toBe('192.168.0.7');
  });

  it('that succeeds costs no try', async () => {
    for (let time = 0; time < 12; time++) expect((await signIn(mira, '192.0.2.4')).status).toBe(200);
  });

  it('needs an account that somebody gave: nobody signs up, and nobody raises their own role', async () => {
    const before = await test.app.deps.db.user.count();
    const up = await post(
      '/sign-up/email',
      { email: 'new@evil.example', password: 'a-long-password-1', name: 'N' },
      '192.0.2.5',
    );
    expect(up.status).toBeGreaterThanOrEqual(400);
    expect(await test.app.deps.db.user.count()).toBe(before);
    const Cookie = cookieOf(await signIn(mira, '192.0.2.5'));
    await post('/update-user', { name: 'Mira', role: 'admin' }, '192.0.2.5', { Cookie });
    expect(await (await me(Cookie)).json()).toMatchObject({ role: 'manager' });
  });

  it('works from our own pages alone: a foreign page with the cookie is refused, a program with a key is not', async () => {
    const cookie = cookieOf(await signIn(mira, '192.0.2.6'));
    expect((await me(cookie, { Origin: test.url })).status).toBe(200);
    expect((await me(cookie, { Origin: test.url.replace('localhost', '127.0.0.1') })).status).toBe(200);
    const foreign = await me(cookie, { Origin: 'https://evil.example' });
    expect(foreign.status).toBe(403);
    expect(await foreign.json()).toMatchObject({ code: 'origin.foreign' });
    expect(
      (
        await post('/sign-in/email', { email: mira.email, password: mira.password }, '192.0.2.6', {
          Origin: 'https://evil.example',
        })
      ).status,
    ).toBe(403);
    expect((await mira.ask('GET', '/me')).status).toBe(200);
  });
});

describe('access ends', () => {
  it('for a deactivated user at once: session, key and open screens', async () => {
    const leaver = await test.staff('manager', 'Leaver');
    const admin = await test.staff('admin', 'Admin');
    const cookie = cookieOf(await signIn(leaver, '192.0.2.7'));
    const screen = await openStaffSocket(test, { token: leaver.key });
    const byCookie = await openStaffSocket(test, {}, { Cookie: cookie, Origin: test.url });
    await admin.call('PATCH', `/users/${leaver.id}`, { active: false });
    await until(
      () => [screen, byCookie].map((one) => one.closed),
      (closed) => closed.every(Boolean),
    );
    expect((await me(cookie)).status).toBe(401);
    expect((await leaver.ask('GET', '/me')).status).toBe(401);
    const again = await signIn(leaver, '192.0.2.7');
    expect(again.status).toBe(403);
    expect(await again.json()).toMatchObject({ code: 'signIn.accountDeactivated' });
    await expect(openStaffSocket(test, { token: leaver.key })).rejects.toThrow();
    await expect(openStaffSocket(test, {}, { Cookie: cookie, Origin: test.url })).rejects.toThrow();
  });

  it('by signing out everywhere, and by revoking a key, on open screens too', async () => {
    const cookies = [cookieOf(await signIn(mira, '192.0.2.8')), cookieOf(await signIn(mira, '192.0.2.8'))];
    const screen = await openStaffSocket(test, {}, { Cookie: cookies[1] ?? '', Origin: test.url });
    await mira.call('DELETE', '/me/sessions');
    for (const cookie of cookies) expect((await me(cookie)).status).toBe(401);
    await until(() => screen.closed, Boolean);

    const made = await mira.call<{ id: string; key: string }>('POST', '/api-keys', { name: 'script' }, 201);
    const byKey = await openStaffSocket(test, { token: made.key });
    const ask = () => fetch(`${test.url}/api/v1/me`, { headers: { Authorization: `Bearer ${made.key}` } });
    expect((await ask()).status).toBe(200);
    const listed = await mira.call<{ items: object[] }>('GET', '/api-keys');
    expect(JSON.stringify(listed)).not.toContain(made.key);
    await mira.call('DELETE', `/api-keys/${made.id}`);
    expect((await ask()).status).toBe(401);
    await until(() => byKey.closed, Boolean);
  });

  it('when a key reaches its end, on open screens too', async () => {
    const expiresAt = new Date(test.clock.now().getTime() + 1500).toISOString();
    const made = await mira.call<{ key: string; expiresAt: string }>(
      'POST',
      '/api-keys',
      { name: 'short', expiresAt },
      201,
    );
    expect(made.expiresAt).toBe(expiresAt);
    const ask = () => fetch(`${test.url}/api/v1/me`, { headers: { Authorization: `Bearer ${made.key}` } });
    expect((await ask()).status).toBe(200);
    const screen = await openStaffSocket(test, { token: made.key });
    await until(() => screen.closed, Boolean);
    test.clock.advance(2000);
    expect((await ask()).status).toBe(401);
    await expect(openStaffSocket(test, { token: made.key })).rejects.toThrow();
    const past = { name: 'past', expiresAt: new Date(test.clock.now().getTime() - 1).toISOString() };
    expect((await mira.ask('POST', '/api-keys', past)).status).toBe(422);
  });

  it('for who leaves a team, at once; and a team goes when nothing is its own', async () => {
    const admin = await test.staff('admin', 'Admin Two');
    const reader = await test.staff('consultant', 'Reader');
    const team = await admin.call<{ id: string }>('POST', '/teams', { name: 'Workshop', memberIds: [reader.id] }, 201);
    const channel = await makeChannel(test, 'email');
    const [stored] = await test.app.deps.host.ingest(channel, { messages: [letter('team@client.example')] });
    const path = `/threads/${stored?.threadId}`;
    await admin.call('PUT', `${path}/assignment`, { teamId: team.id });
    expect((await reader.ask('GET', path)).status).toBe(200);
    const screen = await openStaffSocket(test, { token: reader.key });
    expect((await admin.ask('DELETE', `/teams/${team.id}`)).body).toMatchObject({
      status: 409,
      code: 'team.hasThreads',
    });
    await admin.call('PATCH', `/teams/${team.id}`, { name: 'Workshop', memberIds: [] });
    await until(() => screen.closed, Boolean);
    expect((await reader.ask('GET', path)).status).toBe(404);
    await admin.call('PUT', `${path}/closure`);
    await admin.call('DELETE', `/teams/${team.id}`, undefined, 204);
    expect((await admin.ask('DELETE', `/teams/${team.id}`)).status).toBe(404);
    expect((await reader.ask('GET', path)).status).toBe(404);
  });

  it('for whoever knew the old password when it is reset by the link in a letter', async () => {
    await makeChannel(test, 'email', {
      config: { smtp: { host: 'smtp.parley.example', port: 587, secure: false, user: '' } },
    });
    const cookie = cookieOf(await signIn(mira, '192.0.2.9'));
    const asked = await post('/request-password-reset', { email: mira.email, redirectTo: '/reset' }, '192.0.2.9');
    expect(asked.status).toBe(200);
    const [mail] = await until(
      () => far.sent.filter((one) => one.to[0]?.value === mira.email),
      (sent) => sent.length > 0,
    );
    expect(mail?.automatic).toBe(true);
    const link = /https?:\S+/.exec(mail?.text ?? '')?.[0] ?? '';
    const followed = await fetch(link, { redirect: 'manual' });
    const token = new URL(followed.headers.get('location') ?? '', test.url).searchParams.get('token');
    const change = { newPassword: 'another-long-password-2', token };
    expect((await post('/reset-password', change, '192.0.2.9')).status).toBe(200);
    expect((await me(cookie)).status).toBe(401);
    expect((await signIn(mira, '192.0.2.9')).status).toBe(401);
    expect((await signIn(mira, '192.0.2.9', change.newPassword)).status).toBe(200);
    expect(
      (await post('/reset-password', { ...change, newPassword: 'a-third-password-3' }, '192.0.2.9')).status,
    ).toBeGreaterThanOrEqual(400);
    const unknown = await post('/request-password-reset', { email: 'nobody@shop.example' }, '192.0.2.9');
    expect(unknown.status).toBe(200);
  });
});
