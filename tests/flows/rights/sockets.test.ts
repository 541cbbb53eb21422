import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../server/lib/id.ts';
import { type Role, roles } from '../../../server/users/schema.ts';
import { maySeeThread } from '../../../server/users/viewer.ts';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';
import { makeChannel, telegramText } from '../../support/cast.ts';
import { openStaffSocket, type StaffSocket } from '../../support/staffSocket.ts';
import { until } from '../../support/until.ts';
import { makeChat, visit } from '../../support/visitor.ts';

/** Who hears what, and who may say what, over sockets: every role, and nobody. */

let test: TestApp;
const staff = new Map<Role | 'elsewhere', Staff>();
const screens = new Map<Role | 'elsewhere', StaffSocket>();
let channel: string;
let threadId: string;
/** A thread of this store; consultants are of it, `elsewhere` is a consultant of another. */
const [here, there] = [newId(), newId()];

beforeAll(async () => {
  test = await startApp({ keep: true });
  const { db } = test.app.deps;
  await db.store.createMany({ data: [here, there].map((id, index) => ({ id, code: `S${index}`, name: `S${index}` })) });
  for (const role of roles) staff.set(role, await test.staff(role, role, { storeIds: [here] }));
  staff.set('elsewhere', await test.staff('consultant', 'Elsewhere', { storeIds: [there] }));
  for (const [name, { key }] of staff) screens.set(name, await openStaffSocket(test, { token: key }));
  channel = await makeChannel(test, 'telegram');
  await db.channel.update({ where: { id: channel }, data: { storeId: here } });
  const [stored] = await test.app.deps.host.ingest(channel, { messages: [telegramText('1', 'Hello')] });
  threadId = stored?.threadId ?? '';
  await test.settle();
}, 120_000);
afterAll(async () => {
  for (const screen of screens.values()) screen.socket.close();
  await test?.stop();
});

const admin = () => staff.get('admin') as Staff;
const screen = (name: Role | 'elsewhere') => screens.get(name) as StaffSocket;
const names = () => [...screens.keys()];

describe('a staff socket', () => {
  it('is opened by nobody without a key or session, nor by a wrong one', async () => {
    for (const auth of [{}, { token: '' }, { token: 'parley_wrong' }, { token: 'x'.repeat(600) }, { cursor: '0' }])
      await expect(openStaffSocket(test, auth)).rejects.toThrow();
  });

  it('hears of every event exactly what its role may know, whatever happens', async () => {
    const act = (method: string, path: string, body?: object) =>
      admin().call(method, `/threads/${threadId}${path}`, body);
    await act('PUT', '/tags/word', {});
    await act('PUT', '/snooze', { until: '2099-01-01T00:00:00.000Z' });
    await act('DELETE', '/snooze');
    await act('POST', '/messages', { clientKey: randomUUID(), kind: 'note', text: 'A note' });
    await act('POST', '/messages', { clientKey: randomUUID(), kind: 'reply', text: 'Hello you', force: true });
    await act('PUT', '/assignment', { userId: admin().id });
    await act('PUT', '/closure', {});
    await act('DELETE', '/closure');
    await act('PUT', '/draft', { text: 'mine alone' });
    await admin().call('POST', '/articles', { title: 'T', body: 'B', locale: 'en' });
    await test.settle();
    const last = String(test.app.deps.feed.position);
    const rows = await test.app.deps.db.event.findMany({ orderBy: { seq: 'asc' } });
    expect(new Set(rows.map((row) => row.type)).size).toBeGreaterThan(8);
    for (const name of names()) {
      const { id } = staff.get(name) as Staff;
      const role = name === 'elsewhere' ? 'consultant' : name;
      const viewer = { userId: id, role, storeIds: [name === 'elsewhere' ? there : here], teamIds: [] };
      const heard = screen(name);
      // An oracle of its own: the row's scope, and the one rule of who sees a thread.
      const may = rows.filter(({ scope, seq }) => {
        const { userId, thread } = scope as { userId?: string; thread?: Parameters<typeof maySeeThread>[1] };
        if ((seq ?? 0n) <= BigInt(heard.hello.cursor)) return false;
        if (userId !== undefined) return userId === id;
        return thread === undefined || maySeeThread(viewer, thread);
      });
      await until(
        () => heard.events.filter((event) => event.type !== 'thread.left').length,
        (count) => count >= may.length,
      );
      const known = heard.events.filter((event) => event.type !== 'thread.left').map((event) => event.cursor);
      expect(known, `${name} up to ${last}`).toEqual(may.map((row) => String(row.seq)));
    }
    const foreign = screen('elsewhere').events;
    expect(foreign.filter((event) => event.ids.threadId || event.ids.clientId || event.ids.messageId)).toEqual([]);
    expect(JSON.stringify(foreign)).not.toMatch(/Hello|A note/);
    expect(JSON.stringify(screen('supervisor').events)).not.toContain('mine alone');
  });

  it('hears who looks and types only where it may look, and cannot look elsewhere', async () => {
    for (const name of names()) screen(name).socket.emit('presence', { threadId });
    await until(
      () => screen('admin').other.filter((one) => one.name === 'presence').length,
      (count) => count >= roles.length,
    );
    for (const name of ['manager', 'elsewhere'] as const)
      screen(name).socket.emit('typing', { threadId, typing: true });
    await until(
      () => screen('admin').other.filter((one) => one.name === 'typing'),
      (typing) => typing.length > 0,
    );
    const typists = (name: Role | 'elsewhere') =>
      screen(name)
        .other.filter((one) => one.name === 'typing')
        .map((one) => (one.value as { userId: string }).userId);
    expect(new Set(typists('admin'))).toEqual(new Set([staff.get('manager')?.id]));
    expect(typists('elsewhere')).toEqual([]);
    const looking = screen('admin')
      .other.filter((one) => one.name === 'presence')
      .map((one) => (one.value as { userId: string }).userId);
    expect(looking).not.toContain(staff.get('elsewhere')?.id);
  });

  it('tells who looks at a thread to nobody who may not see it, also who comes later, until it comes into their sight', async () => {
    const presences = (of: StaffSocket) =>
      of.other
        .filter((one) => one.name === 'presence')
        .map((one) => one.value as { userId: string; threadId: unknown });
    const manager = staff.get('manager') as Staff;
    screen('manager').socket.emit('presence', { threadId: null });
    screen('manager').socket.emit('presence', { threadId });
    const toldOf = (of: StaffSocket) =>
      presences(of).filter((one) => one.userId === manager.id && one.threadId === threadId).length;
    await until(
      () => toldOf(screen('consultant')),
      (count) => count > 0,
    );
    // Another store's consultant hears that the manager looks at nothing they know.
    await until(() => presences(screen('elsewhere')).some((one) => one.userId === manager.id), Boolean);
    const later = await openStaffSocket(test, { token: (staff.get('elsewhere') as Staff).key });
    const laterHere = await openStaffSocket(test, { token: (staff.get('consultant') as Staff).key });
    await until(
      () => toldOf(laterHere),
      (count) => count > 0,
    );
    for (const foreign of [screen('elsewhere'), later]) {
      expect(presences(foreign).filter((one) => one.threadId !== null)).toEqual([]);
      expect(JSON.stringify(foreign.other)).not.toContain(threadId);
    }
    await admin().call('PUT', `/threads/${threadId}/assignment`, { userId: (staff.get('elsewhere') as Staff).id });
    for (const foreign of [screen('elsewhere'), later])
      await until(
        () => toldOf(foreign),
        (count) => count > 0,
      );
    later.socket.close();
    laterHere.socket.close();
  });

  it('says that a cursor is wrong, and not that the key is', async () => {
    const refused = await openStaffSocket(test, { token: admin().key, cursor: 'garbage' }).catch((error) => error);
    expect((refused as { data: unknown }).data).toEqual({
      code: 'input.invalid',
      title: 'Some of what was sent is not as it should be.',
      errors: [expect.objectContaining({ path: 'cursor', message: 'a cursor that the feed gave' })],
    });
  });

  it('survives nonsense, and takes no event that is not in the contract', async () => {
    const { socket } = screen('consultant');
    for (const said of [undefined, null, 7, 'x', {}, { threadId: 'x' }, { threadId, typing: 'yes' }, [threadId]])
      for (const event of ['presence', 'typing', 'event', 'hello', 'message', 'notice']) socket.emit(event, said);
    const events = await test.app.deps.db.event.count();
    await admin().call('PUT', `/threads/${threadId}/tags/after`, {});
    await until(() => screen('consultant').events.some((event) => JSON.stringify(event).includes('after')), Boolean);
    expect(await test.app.deps.db.event.count()).toBe(events + 1);
    expect(socket.connected).toBe(true);
  });
});

describe('a visitor', () => {
  it('hears the own conversation and nothing of another’s or of ours', async () => {
    const chat = await makeChat(admin());
    const [one, two] = [await visit(test, { channelKey: chat.key }), await visit(test, { channelKey: chat.key })];
    const sent = await one.write('I am the first');
    await two.write('I am the second');
    const own = 'threadId' in sent ? sent.threadId : '';
    const heardByTwo: unknown[] = [];
    two.socket.onAny((...said: unknown[]) => heardByTwo.push(said));
    await admin().call('POST', `/threads/${own}/messages`, {
      clientKey: randomUUID(),
      kind: 'note',
      text: 'Between us',
    });
    await admin().call('POST', `/threads/${own}/messages`, {
      clientKey: randomUUID(),
      kind: 'reply',
      text: 'For the first alone',
      force: true,
    });
    await one.until((heard) => heard.messages.some((message) => message.text === 'For the first alone'));
    expect(JSON.stringify(one.heard)).not.toContain('Between us');
    // What is another's cannot be read by asking for it either.
    const theirs = one.heard.messages.at(-1)?.id ?? '';
    const history = await two.socket.timeout(10_000).emitWithAck('history', { before: theirs });
    expect(JSON.stringify(history)).not.toContain('first');
    two.socket.emit('read', { messageId: theirs });
    await two.write('Still here');
    expect(JSON.stringify(heardByTwo)).not.toContain('first');
    const row = await test.app.deps.db.message.findUniqueOrThrow({ where: { id: theirs } });
    expect(row.readAt).toBeNull();
    one.close();
    two.close();
  });
});
