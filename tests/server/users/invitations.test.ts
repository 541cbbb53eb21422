import { expect, it } from 'vitest';
import { invite, makeFirstAdmin, startLink } from '../../../server/users/accounts.ts';
import { startApp } from '../../support/app.ts';

const post = (url: string, body: object, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

it('lets the start link make the first admin, once, who can then sign in', async () => {
  const test = await startApp();
  const start = async () => (await fetch(`${test.url}/api/v1/start`)).json();
  expect(await start()).toEqual({ needed: true });
  const [link, other] = [await startLink(test.app.deps), await startLink(test.app.deps)];
  const token = link?.split('/').at(-1) ?? '';
  const account = { token, name: 'Ada', email: 'Ada@Shop.example', password: 'a-long-password-1' };
  expect((await post(`${test.url}/api/v1/invitations/accept`, account)).status).toBe(201);
  expect((await post(`${test.url}/api/v1/invitations/accept`, { ...account, email: 'eve@shop.example' })).status).toBe(
    404,
  );
  const ofAnotherProcess = { ...account, token: other?.split('/').at(-1), email: 'eve@shop.example' };
  expect((await post(`${test.url}/api/v1/invitations/accept`, ofAnotherProcess)).status).toBe(410);
  expect(await startLink(test.app.deps)).toBeNull();
  expect(await start()).toEqual({ needed: false });

  const signIn = await post(
    `${test.url}/api/auth/sign-in/email`,
    { email: 'ada@shop.example', password: account.password },
    { Origin: test.url },
  );
  expect(signIn.status).toBe(200);
  const cookie = signIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const me = await fetch(`${test.url}/api/v1/me`, { headers: { cookie } });
  expect(await me.json()).toMatchObject({ name: 'Ada', role: 'admin' });
});

it('makes one first admin when several processes start together with the same settings', async () => {
  const test = await startApp();
  const admin = { email: 'ada@shop.example', password: 'a-long-password-1' };
  const made = await Promise.all([1, 2, 3].map(() => makeFirstAdmin(test.app.deps, admin)));
  expect(made.sort()).toEqual([false, false, true]);
  expect(await test.app.deps.db.user.count()).toBe(1);
});

it('leads a browser without a session to the sign-in and back, before it asks anything', async () => {
  const test = await startApp();
  const goTo = (path: string, headers: Record<string, string> = {}) =>
    fetch(test.url + path, { headers: { accept: 'text/html,*/*', ...headers }, redirect: 'manual' });
  const answer = await goTo('/t/1?tab=all');
  expect(answer.status).toBe(302);
  expect(answer.headers.get('location')).toBe('/sign-in?to=%2Ft%2F1%3Ftab%3Dall');
  expect((await goTo('/')).headers.get('location')).toBe('/sign-in');
  for (const path of ['/sign-in', '/start/x', '/wall/x', '/rate/x', '/invite/x', '/reset'])
    expect((await goTo(path)).headers.get('location')).toBeNull();
  expect((await goTo('/', { cookie: 'parley.session_token=x' })).headers.get('location')).toBeNull();
});

it('invites a colleague with a role, and the link works once', async () => {
  const test = await startApp();
  const admin = await test.staff('admin', 'Ada');
  const invitation = await admin.call<{ link: string }>(
    'POST',
    '/invitations',
    { email: 'bo@shop.example', name: 'Bo', role: 'consultant' },
    201,
  );
  const token = invitation.link.split('/').at(-1);
  const offered = await fetch(`${test.url}/api/v1/invitations/by-token/${token}`);
  expect(await offered.json()).toMatchObject({ email: 'bo@shop.example', role: 'consultant' });
  const account = { token, name: 'Bo', password: 'a-long-password-2' };
  expect((await post(`${test.url}/api/v1/invitations/accept`, account)).status).toBe(201);
  expect((await post(`${test.url}/api/v1/invitations/accept`, account)).status).toBe(404);
  expect(
    await admin.ask('POST', '/invitations', { email: 'bo@shop.example', name: 'Bo', role: 'admin' }),
  ).toMatchObject({ status: 409 });
});

it('gives the link to hand on where the mailbox does not send', async () => {
  const test = await startApp();
  const admin = await test.staff('admin', 'Ada');
  const sendSystemMail = () => Promise.reject(new Error('There is no server named smtp.shop.example.'));
  const made = await invite(
    { ...test.app.deps, sendSystemMail },
    admin.id,
    { email: 'mira@shop.example', name: 'Mira', role: 'manager', storeIds: [] },
    test.clock.now(),
  );
  expect(made).toMatchObject({ mailed: false, link: expect.stringContaining('/invite/') });
});
