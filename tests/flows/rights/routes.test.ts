import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { styles } from '../../../server/assist/styles.ts';
import type { Route } from '../../../server/http/endpoint.ts';
import { routes, testRoutes } from '../../../server/http/routes.ts';
import { newId } from '../../../server/lib/id.ts';
import { type Role, roles } from '../../../server/users/schema.ts';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';
import { letter, makeChannel } from '../../support/cast.ts';
import { answers, writes } from '../../support/waiting.ts';

/**
 * Who may use what: the least role for each method and path, the first line that fits. `*` at the end is anything below;
 * a route that fits none fails, so that nobody adds one without saying who it is for.
 */
const expected: [methods: string, path: string, least: Role | 'anyone'][] = [
  ['get', '/openapi.json', 'anyone'],
  ['get', '/start', 'anyone'],
  ['get', '/invitations/by-token/:token', 'anyone'],
  ['post', '/invitations/accept', 'anyone'],
  ['post', '/test/clock', 'anyone'],
  ['*', '/wall/:token*', 'anyone'],
  ['*', '/ratings/:token', 'anyone'],
  ['*', '/unsubscribe/:token', 'anyone'],
  // Whoever has the secret of the channel: a signature is asked for instead of a sign-in.
  ['post', '/calls/events/:id', 'anyone'],

  ['*', '/me*', 'consultant'],
  ['*', '/api-keys*', 'consultant'],
  ['*', '/notifications*', 'consultant'],
  ['get', '/feed', 'consultant'],
  ['get', '/reports/response-times/mine*', 'consultant'],
  ['get', '/reports/work/mine*', 'consultant'],

  ['*', '/threads*', 'consultant'],
  ['*', '/messages*', 'consultant'],
  ['*', '/clients*', 'consultant'],
  ['*', '/promises*', 'consultant'],
  ['*', '/calls*', 'consultant'],
  ['*', '/requests*', 'consultant'],
  ['*', '/suggestions*', 'consultant'],
  ['*', '/uploads', 'consultant'],
  ['*', '/attachments*', 'consultant'],
  ['get', '/tags', 'consultant'],
  ['*', '/consult*', 'consultant'],
  ['*', '/search*', 'consultant'],
  ['get', '/users', 'consultant'],
  ['get', '/teams', 'consultant'],
  ['get', '/calendars*', 'consultant'],
  ['*', '/absences*', 'consultant'],
  ['get', '/presence*', 'consultant'],
  ['get', '/week*', 'consultant'],
  ['get', '/acknowledgement', 'consultant'],
  ['get', '/routing*', 'consultant'],
  ['get', '/targets*', 'consultant'],
  ['get', '/articles*', 'consultant'],
  ['get', '/synonyms', 'consultant'],
  ['get', '/imports/:id', 'consultant'],
  ['get', '/article-images/:id', 'consultant'],
  ['get', '/bot/settings', 'consultant'],
  ['get', '/stores*', 'consultant'],
  ['get', '/products*', 'consultant'],
  ['get', '/rules*', 'consultant'],

  ['*', '/articles*', 'manager'],
  ['*', '/synonyms*', 'manager'],
  ['post', '/article-images', 'manager'],
  ['*', '/wrong-answers*', 'manager'],
  ['*', '/gaps*', 'manager'],

  ['*', '/stores*', 'supervisor'],
  ['*', '/products*', 'supervisor'],
  ['*', '/offers*', 'supervisor'],
  ['*', '/rules*', 'supervisor'],
  ['*', '/catalogue-feeds*', 'supervisor'],
  ['get', '/reports*', 'supervisor'],
  ['*', '/wall-links*', 'supervisor'],
  ['*', '/report-schedules*', 'supervisor'],
  ['get', '/ratings', 'supervisor'],
  ['get', '/rating-settings', 'consultant'],
  ['put', '/rating-settings', 'admin'],
  ['get', '/shop*', 'anyone'],
  ['*', '/shop*', 'admin'],
  ['get', '/reasons', 'consultant'],
  ['put', '/reasons', 'admin'],

  ['*', '/webhook', 'admin'],
  ['*', '/channels/:id/quarantine*', 'admin'],
  ['get', '/channels/:id/mailbox', 'admin'],
  ['get', '/channels*', 'consultant'],
  ['*', '/channels*', 'admin'],
  ['*', '/users*', 'admin'],
  ['*', '/invitations*', 'admin'],
  ['*', '/teams*', 'admin'],
  ['*', '/calendars*', 'admin'],
  ['*', '/targets*', 'admin'],
  ['*', '/acknowledgement', 'admin'],
  ['*', '/routing*', 'admin'],
  ['*', '/lookups*', 'admin'],
  ['*', '/settings*', 'admin'],
  ['put', '/bot/settings', 'admin'],
];

let test: TestApp;
const staff = new Map<Role, Staff>();

beforeAll(async () => {
  test = await startApp({ keep: true });
  for (const role of roles) staff.set(role, await test.staff(role));
});
afterAll(() => test?.stop());

function leastRole({ method, path }: Route): Role | 'anyone' | undefined {
  return expected.find(
    ([methods, pattern]) =>
      (methods === '*' || methods === method) &&
      (pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern),
  )?.[2];
}

const concrete = (path: string) => path.replace(/:\w+/g, () => newId());

describe.each(
  [...routes, ...testRoutes].map((route) => ({ name: `${route.method.toUpperCase()} ${route.path}`, route })),
)('$name', ({ route }) => {
  it('answers exactly those whose role allows it', async () => {
    const least = leastRole(route);
    expect(least, 'say in the table who this is for').toBeDefined();
    const path = concrete(route.path);
    const method = route.method.toUpperCase();
    const nobody = await fetch(`${test.url}/api/v1${path}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      ...(method === 'GET' || method === 'DELETE' ? {} : { body: '{}' }),
    });
    if (least === 'anyone') expect([401, 403]).not.toContain(nobody.status);
    else {
      expect(nobody.status).toBe(401);
      expect(nobody.headers.get('content-type')).toContain('application/problem+json');
    }
    for (const role of roles) {
      const allowed = least === 'anyone' || roles.indexOf(role) >= roles.indexOf(least as Role);
      const answer = await staff.get(role)?.ask(method, path, method === 'GET' || method === 'DELETE' ? undefined : {});
      expect(answer?.status, `${role} is answered by a fault of ours`).toBeLessThan(500);
      if (allowed) expect([401, 403], `${role} may`).not.toContain(answer?.status);
      else expect(answer, `${role} may not`).toMatchObject({ status: 403, body: { code: 'forbidden', status: 403 } });
    }
  });
});

/** What each route that takes a body needs to get past its shape. */
const bodies: Record<string, () => object> = {
  '/threads/:id/messages': () => ({ clientKey: randomUUID(), kind: 'note', text: 'x' }),
  '/threads/:id/assignment': () => ({ userId: 'me' }),
  '/threads/:id/snooze': () => ({ until: '2099-01-01T00:00:00Z' }),
  '/threads/:id/draft': () => ({ text: 'x' }),
  '/threads/:id/merge': () => ({ otherId: newId() }),
  '/threads/:id/client': () => ({ clientId: newId() }),
  '/threads/:id/split': () => ({ messageIds: [newId()] }),
  '/threads/:id/rewriting': () => ({ text: 'x', style: styles[0] }),
  '/threads/:id/reasons/:reasonId': () => ({ state: 'confirmed' }),
  '/threads/:id/requests': () => ({ text: 'x', toUserId: staff.get('manager')?.id }),
};

it('a thread of another store does not exist for a consultant, whichever way they ask; for its own it does', async () => {
  const { db, host } = test.app.deps;
  const [here, there] = [newId(), newId()];
  for (const [id, code] of [
    [here, 'HERE'],
    [there, 'THERE'],
  ] as const)
    await db.store.create({ data: { id, code, name: code } });
  const own = await test.staff('consultant', 'Own', { storeIds: [there] });
  const foreign = await test.staff('consultant', 'Foreign', { storeIds: [here] });
  const channel = await makeChannel(test, 'email');
  await db.channel.update({ where: { id: channel }, data: { storeId: there } });
  const [stored] = await host.ingest(channel, {
    messages: [
      letter('anna@store.example', {
        attachments: [{ name: 'a.txt', type: 'text/plain', content: Buffer.from('a'), inline: false }],
      }),
    ],
  });
  const attachment = await db.attachment.findFirstOrThrow({ where: { messageId: stored?.messageId ?? '' } });
  const { clientId } = await db.thread.findUniqueOrThrow({ where: { id: stored?.threadId ?? '' } });
  const real = (path: string) =>
    path
      .replace(/^\/threads\/:id/, `/threads/${stored?.threadId}`)
      .replace(/^\/messages\/:id|:mid/, (at) =>
        at === ':mid' ? (stored?.messageId ?? '') : `/messages/${stored?.messageId}`,
      )
      .replace(/^\/attachments\/:id/, `/attachments/${attachment.id}`)
      .replace(/^\/clients\/:id/, `/clients/${clientId}`)
      .replace(':tag', 'word')
      .replace(/:\w+/g, () => newId())
      .replace(/\/images$/, '/images?url=https://pictures.example/1.png');
  const about = routes.filter(({ path }) => /^\/(threads|messages|attachments|clients)\/:id/.test(path));
  expect(about.length).toBeGreaterThan(25);
  const wrong: string[] = [];
  for (const route of about) {
    const method = route.method.toUpperCase();
    const body = method === 'GET' || method === 'DELETE' ? undefined : (bodies[route.path]?.() ?? {});
    const refused = await foreign.ask(method, real(route.path), body);
    if (refused.status !== 404 && refused.status !== 400)
      wrong.push(`${method} ${route.path} answered ${refused.status}`);
    if (refused.status === 400 && route.path.startsWith('/threads'))
      wrong.push(`${method} ${route.path} needs a body here`);
    // This letter has no original, and names no picture.
    if (method === 'GET' && !/\/(raw|images)$/.test(route.path)) {
      const seen = await own.ask(method, real(route.path));
      if (seen.status !== 200) wrong.push(`GET ${route.path} answered its own consultant ${seen.status}`);
    }
  }
  expect(wrong).toEqual([]);
  expect((await foreign.call<{ items: unknown[] }>('GET', '/threads?status=all')).items).toEqual([]);
  expect((await own.call<{ items: unknown[] }>('GET', '/threads?status=all')).items).toHaveLength(1);
  // What colleagues do is known to all; of the thread and its client, nothing.
  const feed = await foreign.call<{ items: { ids: Record<string, string | null> }[] }>('GET', '/feed?after=0');
  expect(feed.items.filter(({ ids }) => ids.threadId || ids.clientId || ids.messageId)).toEqual([]);
});

it('a consultant drills own figures to own threads; one that went away is counted and not told', async () => {
  const { db, clock } = test.app.deps;
  const [store, elsewhere] = [newId(), newId()];
  for (const id of [store, elsewhere]) await db.store.create({ data: { id, code: id, name: id } });
  const nora = await test.staff('consultant', 'Nora', { storeIds: [store] });
  const other = await test.staff('consultant', 'Other', { storeIds: [store] });
  const channel = await makeChannel(test, 'telegram');
  await db.channel.update({ where: { id: channel }, data: { storeId: store } });
  const threads: string[] = [];
  for (const who of ['7', '8', '9']) {
    const threadId = await writes(test, channel, who);
    await answers(who === '9' ? other : nora, threadId);
    threads.push(threadId);
  }
  const [kept, gone] = threads;
  const from = new Date(clock.now().getTime() - 60_000).toISOString();
  const times = `/reports/response-times/mine?from=${from}`;
  const waits = `/reports/response-times/mine/waits?from=${from}`;
  const done = `/reports/work/mine/threads?from=${from}&what=answered`;
  type Shown = { items: { threadId: string | null; clientName: string }[] };
  const of = async (path: string) => (await nora.call<Shown>('GET', path)).items.map((item) => item.threadId).sort();
  expect((await nora.call<{ total: { n: number } }>('GET', times)).total.n).toBe(2);
  expect(await of(waits)).toEqual([kept, gone].sort());
  expect(await of(done)).toEqual([kept, gone].sort());
  // Somebody else's are nobody's business here, whoever is asked for.
  expect(await of(`${waits}&user=${other.id}`)).toEqual([kept, gone].sort());
  expect((await nora.ask('GET', `/reports/response-times/waits?from=${from}`)).status).toBe(403);

  await db.thread.update({ where: { id: gone ?? '' }, data: { storeId: elsewhere, assigneeId: null } });
  expect(await of(waits)).toEqual([kept, null].sort());
  const { items } = await nora.call<Shown>('GET', done);
  expect(items).toHaveLength(2);
  expect(items.find((item) => item.threadId === null)).toMatchObject({ clientName: '', subject: '' });
});
