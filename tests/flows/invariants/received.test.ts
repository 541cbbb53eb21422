import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Classification } from '../../../server/channels/channel.ts';
import type { ChannelHealth } from '../../../server/channels/schema.ts';
import type { ThreadRow } from '../../../server/threads/schema.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { letter, makeChannel, telegramText } from '../../support/cast.ts';

let test: TestApp;
const broken = { files: false };

beforeAll(async () => {
  const { openFiles } = await import('../../../server/lib/files.ts');
  const { mkdtempSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const files = await openFiles(mkdtempSync(`${tmpdir()}/parley-files-`), undefined);
  const { putAll } = files;
  files.putAll = (many) => (broken.files ? Promise.reject(new Error('the disk is gone')) : putAll(many));
  test = await startApp({ keep: true, overrides: { files } });
});
afterAll(() => test?.stop());

describe('what was received', () => {
  it('is not lost: a batch that cannot be stored moves no cursor, and comes whole the next time', async () => {
    const { host, db } = test.app.deps;
    const channel = await makeChannel(test, 'email');
    const batch = {
      messages: [letter('anna@lost.example'), letter('bo@lost.example')],
      cursor: { name: 'INBOX', position: { uid: 2 } },
    };
    broken.files = true;
    await expect(host.ingest(channel, batch)).rejects.toThrow('the disk is gone');
    broken.files = false;
    expect(await host.cursor(channel, 'INBOX')).toBeNull();
    expect(await db.receipt.count({ where: { channelId: channel } })).toBe(0);

    await db.$executeRaw`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END'`;
    await db.$executeRaw`CREATE TRIGGER refuse BEFORE INSERT ON channel_cursor FOR EACH ROW EXECUTE FUNCTION refuse()`;
    await expect(host.ingest(channel, batch)).rejects.toThrow();
    await db.$executeRaw`DROP TRIGGER refuse ON channel_cursor`;
    expect(await db.message.count({ where: { channelId: channel } })).toBe(0);

    // The line to the database breaks with the batch half stored.
    await db.$executeRaw`CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'`;
    await db.$executeRaw`CREATE TRIGGER cut AFTER INSERT ON message FOR EACH ROW EXECUTE FUNCTION cut()`;
    await expect(host.ingest(channel, batch)).rejects.toThrow();
    await db.$executeRaw`DROP TRIGGER cut ON message`;
    expect(await host.cursor(channel, 'INBOX')).toBeNull();
    expect(await db.receipt.count({ where: { channelId: channel } })).toBe(0);

    expect((await host.ingest(channel, batch)).map((one) => one.outcome)).toEqual(['stored', 'stored']);
    expect(await host.cursor(channel, 'INBOX')).toEqual({ uid: 2 });
  });

  it('is stored once when four processes on one database get the same letters at once, in any order', async () => {
    const channel = await makeChannel(test, 'email');
    const processes = [test];
    while (processes.length < 4)
      processes.push(
        await startApp({ databaseUrl: test.databaseUrl, dataDir: test.dataDir, env: { PARLEY_ROLES: 'web' } }),
      );
    const letters = Array.from({ length: 60 }, (_, index) =>
      letter(`c${index % 7}@four.example`, { subject: `Matter ${index % 20}` }),
    );
    const orders = [letters, [...letters].reverse(), [...letters.slice(30), ...letters.slice(0, 30)], letters];
    await Promise.all(
      processes.map(async ({ app }, index) => {
        for (let at = 0; at < 60; at += 12)
          await app.deps.host.ingest(channel, { messages: orders[index]?.slice(at, at + 12) ?? [] });
      }),
    );
    const { db } = test.app.deps;
    expect(await db.message.count({ where: { channelId: channel } })).toBe(60);
    expect(await db.receipt.count({ where: { channelId: channel, outcome: 'stored' } })).toBe(60);
    expect(await db.client.count({ where: { identities: { some: { value: { endsWith: '@four.example' } } } } })).toBe(
      7,
    );
    const told = await db.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM event WHERE type = 'message.received' AND ids->>'channelId' = ${channel}`;
    expect(told[0]?.n).toBe(60);
    const counted = await db.$queryRaw<{ wrong: number }[]>`
      SELECT count(*)::int AS wrong FROM thread t WHERE "messageCount" <> (SELECT count(*) FROM message WHERE "threadId" = t.id)`;
    expect(counted[0]?.wrong).toBe(0);
  });

  it('is stored once when the mailbox gives it new numbers, or a second mailbox of ours gets it too', async () => {
    const { host } = test.app.deps;
    const [first, second] = [await makeChannel(test, 'email'), await makeChannel(test, 'email')];
    const one = letter('twice@client.example');
    const outcomes = await host.ingest(first, {
      messages: [one, { ...one, externalId: '2:1' }, { ...one, externalId: '2:1' }],
    });
    expect(outcomes.map((each) => each.outcome)).toEqual(['stored', 'duplicate', 'duplicate']);
    expect(new Set(outcomes.map((each) => each.messageId)).size).toBe(1);
    const [twin] = await host.ingest(second, { messages: [{ ...one, raw: Buffer.from('by another way') }] });
    expect(twin).toMatchObject({ outcome: 'duplicate', messageId: outcomes[0]?.messageId });
    const ada = await test.staff('admin');
    const { items } = await ada.call<{ items: { alsoTo: string[] }[] }>('GET', `/threads/${twin?.threadId}/messages`);
    expect(items[0]?.alsoTo).toEqual([second]);
  });

  it('is stored once when only its trace differs, and twice when its words, writer, subject or files do', async () => {
    const { host, db } = test.app.deps;
    const channel = await makeChannel(test, 'email');
    const file = (content: string) => ({
      name: 'scan.pdf',
      type: 'application/pdf',
      content: Buffer.from(content),
      inline: false,
    });
    const first = letter('relay@trace.example', { subject: 'Hello', attachments: [file('page one')] });
    let copies = 1;
    const again = (more: Parameters<typeof letter>[1] = {}) => ({
      ...first,
      externalId: `1:copy${++copies}`,
      raw: Buffer.from(`Received: by relay ${copies}\r\n${first.raw}`),
      ...more,
    });
    const [one] = await host.ingest(channel, { messages: [first] });
    const same = await host.ingest(channel, { messages: [again(), again({ subject: '[shop] Hello' })] });
    expect(same).toMatchObject(Array(2).fill({ outcome: 'duplicate', messageId: one?.messageId }));
    const receipt = await db.receipt.findFirst({ where: { externalId: same[0]?.externalId ?? '' } });
    expect(receipt).toMatchObject({ messageId: one?.messageId, reason: expect.stringContaining('another way') });

    const others = await host.ingest(channel, {
      messages: [
        again({ text: 'Other words' }),
        again({ subject: 'Other matter' }),
        again({ from: letter('mallory@trace.example').from }),
        again({ attachments: [file('page two')] }),
        again({ attachments: [] }),
        again({ messageId: null }),
        again({ messageId: null }),
      ],
    });
    expect(others.map(({ outcome }) => outcome)).toEqual(Array(7).fill('stored'));
    // Without words what else it says tells two apart.
    const wordless = { messageId: '<wordless@trace.example>', text: '', attachments: [] };
    const quoting = await host.ingest(channel, {
      messages: ['> one', '> two', '> one'].map((rest) => again({ ...wordless, rest })),
    });
    expect(quoting.map(({ outcome }) => outcome)).toEqual(['stored', 'stored', 'duplicate']);
  });

  it('is stored once when it comes two ways at the same moment', async () => {
    const { host, db } = test.app.deps;
    const channel = await makeChannel(test, 'email');
    const letters = Array.from({ length: 12 }, (_, at) => letter(`both${at}@ways.example`));
    const ways = ['imap', 'smtp', 'alias'].map((way) =>
      letters.map((one, at) => ({ ...one, externalId: `${way}:${at}`, raw: Buffer.from(`${way}${one.raw}`) })),
    );
    await Promise.all(ways.flatMap((way) => way.map((one) => host.ingest(channel, { messages: [one] }))));
    expect(await db.message.count({ where: { channelId: channel } })).toBe(12);
    expect(await db.receipt.count({ where: { channelId: channel, outcome: 'duplicate' } })).toBe(24);
  });

  it('gives the same threads in one batch as one by one', async () => {
    const { host, db } = test.app.deps;
    const story = (domain: string) => {
      const opener = letter(`anna@${domain}`, { subject: 'Screen' });
      return [
        opener,
        letter(`bo@${domain}`, { subject: 'Screen' }),
        letter(`anna@${domain}`, { subject: 'Re: Screen', references: [opener.messageId ?? ''] }),
        letter(`anna@${domain}`, { subject: 'AW: screen' }),
        letter(`anna@${domain}`, { subject: 'Battery' }),
        letter(`mallory@${domain}`, { subject: 'Re: Screen', references: [opener.messageId ?? ''] }),
        letter(`bo@${domain}`, { subject: 'Screen' }),
      ];
    };
    const shape = async (threads: (string | null)[]) => {
      const rows = await db.thread.findMany({ where: { id: { in: threads.filter((id) => id !== null) } } });
      const first = [...new Set(threads)];
      return {
        places: threads.map((id) => first.indexOf(id)),
        counts: first.map((id) => rows.find((row) => row.id === id)?.messageCount),
      };
    };
    const together = await host.ingest(await makeChannel(test, 'email'), { messages: story('together.example') });
    const channel = await makeChannel(test, 'email');
    const apart: (string | null)[] = [];
    for (const one of story('apart.example'))
      apart.push((await host.ingest(channel, { messages: [one] }))[0]?.threadId ?? null);
    const expected = { places: [0, 1, 0, 0, 2, 3, 1], counts: [3, 2, 1, 1] };
    expect(await shape(apart)).toEqual(expected);
    expect(await shape(together.map((one) => one.threadId))).toEqual(expected);
  });

  it('is never dropped silently: robots’ letters are kept, named and shown, and start no clock', async () => {
    const mira = await test.staff('manager', 'Robots');
    const channel = await makeChannel(test, 'email', { targetMs: 60_000 });
    const kinds: Classification[] = ['autoReply', 'bounce', 'feedbackReport', 'delay', 'bulk', 'loop', 'person'];
    const outcomes = await test.app.deps.host.ingest(channel, {
      messages: kinds.map((classification) =>
        letter(`${classification}@robots.example`.toLowerCase(), { classification }),
      ),
      quarantined: [
        { externalId: '1:bad', raw: Buffer.from('???'), reason: 'It cannot be read', arrivedAt: test.clock.now() },
      ],
    });
    for (const [index, classification] of kinds.entries()) {
      const threadId = outcomes[index]?.threadId ?? '';
      const { items } = await mira.call<{ items: { classification: string }[] }>(
        'GET',
        `/threads/${threadId}/messages`,
      );
      expect(items).toMatchObject([{ classification }]);
      const thread = await mira.call<ThreadRow>('GET', `/threads/${threadId}`);
      expect(thread.waitingSince === null, classification).toBe(classification !== 'person');
      expect(thread.status).toBe(classification === 'person' ? 'open' : 'closed');
    }
    expect(await mira.call<ChannelHealth>('GET', `/channels/${channel}/health`)).toMatchObject({ quarantined: 1 });
    const kept = await test.app.deps.db.receipt.findFirst({ where: { channelId: channel, externalId: '1:bad' } });
    expect(kept).toMatchObject({ outcome: 'quarantined', reason: 'It cannot be read', rawKey: expect.any(String) });
    expect(Buffer.from(await test.app.deps.files.read(kept?.rawKey ?? '')).toString()).toBe('???');
  });

  it('without a Message-ID, or with an empty one, matches nothing', async () => {
    const { host } = test.app.deps;
    const channel = await makeChannel(test, 'email');
    const nameless = (from: string, more = {}) => letter(from, { messageId: '', raw: Buffer.from(from), ...more });
    const outcomes = await host.ingest(channel, {
      messages: [
        nameless('a@nameless.example', { subject: 'One' }),
        nameless('b@nameless.example', { subject: 'Two', references: [''] }),
        nameless('a@nameless.example', { subject: 'Three', references: ['', ' '], messageId: null, raw: null }),
        nameless('a@nameless.example', { subject: '', raw: null }),
        nameless('a@nameless.example', { subject: '', text: 'again', raw: null }),
      ],
    });
    expect(outcomes.map((one) => one.outcome)).toEqual(Array(5).fill('stored'));
    expect(new Set(outcomes.map((one) => one.threadId)).size).toBe(5);
  });

  it('from a stranger who quotes our reference does not get into the thread; with the signed address it does', async () => {
    const { host, db } = test.app.deps;
    const channel = await makeChannel(test, 'email');
    const first = letter('own@quote.example');
    const [opened] = await host.ingest(channel, { messages: [first] });
    const reference = { subject: 'Re: A question', references: [first.messageId ?? ''] };
    const thread = await db.thread.findUniqueOrThrow({ where: { id: opened?.threadId ?? '' } });
    const outcomes = await host.ingest(channel, {
      messages: [
        letter('stranger@evil.example', reference),
        letter('own@quote.example', { ...reference, authentication: { dmarc: 'fail' } }),
        letter('colleague@quote.example', { ...reference, threadToken: thread.token }),
        letter('own@quote.example', reference),
      ],
    });
    const inside = outcomes.map((one) => one.threadId === opened?.threadId);
    expect(inside).toEqual([false, false, true, true]);
    const forged = host.signToken(thread.token).replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'));
    expect(host.readToken(host.signToken(thread.token))).toBe(thread.token);
    expect(host.readToken(forged)).toBeNull();
  });

  it('starts the clock when the far side got it; what is older than the connection is history without one', async () => {
    const { host } = test.app.deps;
    const mira = await test.staff('manager', 'Clocks');
    const channel = await makeChannel(test, 'telegram', { targetMs: 60_000, botMode: 'first' });
    const threeHoursAgo = new Date(test.clock.now().getTime() - 3 * 3_600_000);
    const [late, old] = await host.ingest(channel, {
      messages: [
        telegramText('7001', 'Are you there?', { arrivedAt: threeHoursAgo }),
        telegramText('7002', 'Long ago', { arrivedAt: threeHoursAgo, historical: true }),
      ],
    });
    expect(await mira.call<ThreadRow>('GET', `/threads/${late?.threadId}`)).toMatchObject({
      waitingSince: threeHoursAgo.toISOString(),
      dueAt: new Date(threeHoursAgo.getTime() + 60_000).toISOString(),
    });
    expect(await mira.call<ThreadRow>('GET', `/threads/${old?.threadId}`)).toMatchObject({
      status: 'closed',
      historical: true,
      waitingSince: null,
      dueAt: null,
      botState: 'off',
    });
  });
});
