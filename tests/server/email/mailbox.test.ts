import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ConnectedChannel } from '../../../server/channels/channel.ts';
import { compareChannel } from '../../../server/channels/compare.ts';
import { email } from '../../../server/channels/email/adapter.ts';
import { watchMailbox } from '../../../server/channels/email/imap/watch.ts';
import { listHeldBack, retryHeldBack } from '../../../server/channels/quarantine.ts';
import { readHealth } from '../../../server/channels/readHealth.ts';
import { type EmailConfig, emailConfig } from '../../../server/channels/schema.ts';
import { selfSigned } from '../../../server/lib/selfSigned.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { makeChannel } from '../../support/cast.ts';
import { startCutProxy } from '../../support/cutProxy.ts';
import { type Dovecot, hasDovecot, startDovecot } from '../../support/dovecot.ts';
import { plainLetter } from '../../support/letters.ts';
import { describeWith } from '../../support/realPart.ts';
import { until } from '../../support/until.ts';

/** Parts in parts, past what anybody reads. */
const tooDeep = `From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n--b0\r\n${Array.from({ length: 200 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i + 1}\r\n\r\n--b${i + 1}\r\n`).join('')}`;

const soon = { pausesMs: [20], pauseForPersonMs: 20 };

describeWith('Dovecot', hasDovecot, 'a mailbox at a real Dovecot', () => {
  let dovecot: Dovecot;
  let test: TestApp;
  let users = 0;
  /** `PARLEY_TEST_FLOOD=10000` makes it the full flood, which takes minutes on a busy machine. */
  const flood = Number(process.env.PARLEY_TEST_FLOOD ?? 2_000);
  beforeAll(async () => {
    dovecot = await startDovecot();
    test = await startApp({ keep: true });
  });
  afterAll(async () => {
    await test.stop();
    await dovecot.remove();
  });

  /** A channel on a fresh user's mailbox, received by the test itself. */
  async function mailbox(
    more: {
      port?: number;
      password?: string;
      secure?: boolean;
      history?: EmailConfig['history'];
      folders?: string[];
      connectedAt?: Date;
    } = {},
  ) {
    const user = `user${++users}`;
    const config = emailConfig.parse({
      address: `${user}@shop.example`,
      history: more.history ?? 'now',
      allowInsecure: !more.secure,
      imap: {
        host: '127.0.0.1',
        port: more.port ?? dovecot.port,
        secure: more.secure ?? false,
        user,
        password: more.password ?? dovecot.password,
        folders: more.folders ?? ['INBOX'],
      },
    });
    const id = await makeChannel(test, 'email', { config: { address: config.address } });
    const connectedAt = more.connectedAt ?? new Date(Date.now() - 5_000);
    const channel: ConnectedChannel<EmailConfig> = { id, name: 'Shop', config, connectedAt };
    const receipts = () =>
      test.app.deps.db.receipt.findMany({ where: { channelId: id }, orderBy: { arrivedAt: 'asc' } });
    const messages = () => test.app.deps.db.message.findMany({ where: { channelId: id }, include: { thread: true } });
    const health = () => test.app.deps.db.channelHealth.findUnique({ where: { channelId: id } });
    return { user, channel, receipts, messages, health, watch: () => watchMailbox(channel, test.app.deps.host, soon) };
  }
  const fill = (user: string, count: number, at?: Date) => {
    for (let i = 0; i < count; i++)
      dovecot.deliver(
        user,
        plainLetter({ subject: `Letter ${i}`, from: `c${i}.${user}@client.example` }),
        at ? { at } : {},
      );
  };

  it('tells of a new letter at once, and marks nothing', async () => {
    const { user, watch, messages, health } = await mailbox();
    const receiver = watch();
    await until(health, (row) => row?.state === 'ok');
    dovecot.deliver(user, plainLetter({ subject: 'Quick', text: 'Are you open?' }));
    const [message] = await until(messages, (rows) => rows.length === 1, 5_000);
    expect(message).toMatchObject({ subject: 'Quick', text: 'Are you open?', classification: 'person' });
    await receiver.stop();
    expect(dovecot.flags(user)).toBe('');
  });

  it('is caught up after an outage of the server, each letter once', async () => {
    const { user, watch, messages, health } = await mailbox();
    fill(user, 3);
    const receiver = watch();
    await until(messages, (rows) => rows.length === 3);
    await dovecot.stop();
    await until(health, (row) => row?.state === 'retrying');
    fill(user, 40);
    await dovecot.start();
    await until(messages, (rows) => rows.length === 43);
    await until(health, (row) => row?.state === 'ok' && row.remoteCount === 43);
    await receiver.stop();
  });

  it('is read again without doubling after a changed UIDVALIDITY, and the books stay right', async () => {
    const { user, channel, watch, messages, receipts } = await mailbox({ history: 'all' });
    const { db, host, files } = test.app.deps;
    const bell = 'From: door@device.example\r\nSubject: Door\r\n\r\nDoor opened\r\n';
    fill(user, 5);
    for (const letter of [bell, bell, tooDeep]) dovecot.deliver(user, letter);
    const before = watch();
    await until(receipts, (rows) => rows.length === 8);
    await before.stop();
    const booksOf = async () => {
      const { storedCount, quarantined } = await readHealth(db, { id: channel.id, pausedAt: null });
      const { there, stored, differences } = await compareChannel({ db, host }, channel, email as never);
      return { storedCount, quarantined, there, stored, different: differences.map(({ why }) => why) };
    };
    const books = { storedCount: 8, quarantined: 1, there: 8, stored: 7, different: ['quarantined'] };
    expect(await booksOf()).toEqual(books);
    await dovecot.stop();
    dovecot.newUidValidity(user);
    await dovecot.start();
    dovecot.deliver(user, plainLetter({ subject: 'After', from: 'late@client.example' }));
    const after = watch();
    await until(messages, (rows) => rows.length === 8);
    await after.stop();
    expect((await messages()).map((row) => row.subject).sort()).toEqual(
      ['After', 'Door', 'Door', ...Array.from({ length: 5 }, (_, at) => `Letter ${at}`)].sort(),
    );
    expect(await booksOf()).toEqual({ ...books, storedCount: 9, there: 9, stored: 8 });

    const { items } = await listHeldBack({ db, files }, channel.id, { limit: 10 });
    expect(items).toHaveLength(1);
    const retried = await retryHeldBack(test.app.deps, channel, email as never, items[0]?.id ?? '');
    expect(retried).toMatchObject({ outcome: 'quarantined' });
    // A letter that is really missing is seen among them.
    const [one] = await messages();
    await db.receipt.deleteMany({ where: { messageId: one?.id ?? '' } });
    expect((await booksOf()).different.sort()).toEqual(['missing', 'quarantined']);
  });

  it('keeps its old letters out, in as history, or from a date, as it is told', { timeout: 60_000 }, async () => {
    const year = new Date(Date.now() - 365 * 24 * 3_600_000);
    const month = new Date(Date.now() - 30 * 24 * 3_600_000);
    for (const [history, expected] of [
      ['now', 1],
      ['all', 5],
      [{ since: new Date(Date.now() - 60 * 24 * 3_600_000).toISOString() }, 3],
    ] as const) {
      const { user, watch, messages } = await mailbox({ history });
      fill(user, 2, year);
      fill(user, 2, month);
      dovecot.deliver(user, plainLetter({ subject: 'New', from: `new.${user}@client.example` }));
      const receiver = watch();
      const rows = await until(messages, (found) => found.some((row) => row.subject === 'New'));
      await receiver.stop();
      expect(rows.length).toBe(expected);
      for (const row of rows) {
        const isNew = row.subject === 'New';
        expect(row.thread.status).toBe(isNew ? 'open' : 'closed');
        expect(row.thread.waitingSince === null).toBe(!isNew);
      }
    }
  });

  it('of another account is read from its beginning, though its numbers are the same', async () => {
    const first = await mailbox({ history: 'all' });
    const second = `user${++users}`;
    fill(first.user, 3);
    fill(second, 2);
    const receiver = first.watch();
    await until(first.messages, (rows) => rows.length === 3);
    await receiver.stop();
    const { imap } = first.channel.config;
    if (!imap) throw new Error('no mailbox');
    const moved = { ...first.channel, config: { ...first.channel.config, imap: { ...imap, user: second } } };
    const again = watchMailbox(moved, test.app.deps.host, soon);
    await until(first.messages, (rows) => rows.length === 5);
    await again.stop();
    const back = first.watch();
    fill(first.user, 1);
    await until(first.messages, (rows) => rows.length === 6);
    await back.stop();
  });

  it('has two letters where a device wrote the same bytes twice', async () => {
    const { user, watch, messages } = await mailbox({ history: 'all' });
    const bell = 'From: door@device.example\r\nSubject: Door\r\n\r\nDoor opened\r\n';
    dovecot.deliver(user, bell);
    dovecot.deliver(user, bell);
    const receiver = watch();
    await until(messages, (rows) => rows.length === 2);
    await receiver.stop();
  });

  it('is held against what is here letter by letter, and what was passed over is read', async () => {
    const { user, channel, watch, messages, receipts } = await mailbox({ history: 'all' });
    fill(user, 3);
    dovecot.deliver(user, 'Subject: nothing\r\n\r\n');
    const receiver = watch();
    await until(receipts, (rows) => rows.length === 4);
    await receiver.stop();
    const { db, host } = test.app.deps;
    const compare = () => compareChannel({ db, host }, channel, email as never);
    const whole = await compare();
    expect(whole).toMatchObject({ there: 4 });
    const [one] = await messages();
    await db.receipt.deleteMany({ where: { messageId: one?.id ?? '' } });
    await db.message.deleteMany({ where: { id: one?.id ?? '' } });
    const lacking = await compare();
    expect(lacking.differing).toBe(whole.differing + 1);
    expect(lacking.differences).toContainEqual(
      expect.objectContaining({ why: 'missing', subject: one?.subject, from: one?.authorAddress, threadId: null }),
    );
    const again = watch();
    await until(messages, (rows) => rows.some((row) => row.subject === one?.subject));
    await again.stop();
    expect((await compare()).differing).toBe(whole.differing);
  });

  it('may have several folders', async () => {
    const { user, watch, messages } = await mailbox({ folders: ['INBOX', 'Orders'] });
    dovecot.deliver(user, plainLetter({ subject: 'In' }));
    dovecot.deliver(user, plainLetter({ subject: 'Ordered', from: 'b@client.example' }), { folder: 'Orders' });
    const receiver = watch();
    const rows = await until(messages, (found) => found.length === 2);
    expect(rows.map((row) => row.subject).sort()).toEqual(['In', 'Ordered']);
    await receiver.stop();
  });

  it('says in words when the login is refused', async () => {
    const { watch, health } = await mailbox({ password: 'wrong' });
    const receiver = watch();
    const row = await until(health, (found) => found?.state === 'failed');
    expect(row?.error).toMatch(/refuses the login/);
    await receiver.stop();
  });

  it('says in words when the certificate has expired, and sends no password over such a line', async () => {
    const longAgo = new Date(Date.now() - 20 * 365 * 24 * 3_600_000);
    let heard = '';
    const server = createTlsServer(selfSigned('localhost', longAgo), (socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        heard += bytes.toString();
      });
      socket.write('* OK ready\r\n');
    });
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const { watch, health } = await mailbox({ port: (server.address() as AddressInfo).port, secure: true });
    const receiver = watch();
    const row = await until(health, (found) => found?.error != null);
    expect(row?.error).toMatch(/certificate/);
    expect(heard).toBe('');
    await receiver.stop();
    await new Promise((resolve) => server.close(resolve));
  });

  it('is read to its end from a server that hangs up after each few answers', { timeout: 120_000 }, async () => {
    const proxy = await startCutProxy(dovecot.port);
    const { user, watch, messages } = await mailbox({ port: proxy.port });
    fill(user, 25);
    // Enough to sign in, look round and fetch a little; then the line is gone, each time.
    proxy.cutAfterBytes = 6_000;
    const receiver = watch();
    await until(messages, (rows) => rows.length === 25, 90_000);
    expect(proxy.connections).toBeGreaterThan(2);
    expect(new Set((await messages()).map((row) => row.subject)).size).toBe(25);
    await receiver.stop();
    await proxy.close();
  });

  it('holds back the one letter at which the server hangs up, reads the others, and asks for it again by hand', {
    timeout: 120_000,
  }, async () => {
    const proxy = await startCutProxy(dovecot.port);
    const { user, channel, watch, messages, receipts, health } = await mailbox({ port: proxy.port });
    dovecot.deliver(user, plainLetter({ subject: 'Before it' }));
    dovecot.deliver(user, plainLetter({ subject: 'POISON', from: 'b@client.example' }));
    dovecot.deliver(user, plainLetter({ subject: 'Behind it', from: 'c@client.example' }));
    proxy.cutAtWord = 'POISON';
    const receiver = watch();
    await until(health, (row) => /hangs up at the letter with UID 2/.test(row?.error ?? ''));
    await until(messages, (rows) => rows.length === 2, 60_000);
    await until(health, (row) => row?.state === 'ok');
    expect((await messages()).map((row) => row.subject).sort()).toEqual(['Before it', 'Behind it']);
    const aside = (await receipts()).find((row) => row.outcome === 'quarantined');
    expect(aside).toMatchObject({ reason: 'hangs-up', rawKey: null });
    await receiver.stop();
    const tools = { ...test.app.deps, db: test.app.deps.db };
    const retry = () => retryHeldBack(tools, channel, email as never, aside?.externalId ?? '');
    await expect(retry()).rejects.toMatchObject({ code: 'channel.trouble' });
    proxy.cutAtWord = null;
    expect(await retry()).toMatchObject({ outcome: 'stored' });
    expect((await messages()).map((row) => row.subject)).toContain('POISON');
    await proxy.close();
  });

  it('takes a letter of 55 MB, puts aside one that is larger than 60 MB, and goes on', {
    timeout: 180_000,
  }, async () => {
    const { user, watch, messages, receipts } = await mailbox();
    const large = (subject: string, mb: number) =>
      Buffer.concat([
        plainLetter({ subject, text: 'The log follows.' }),
        Buffer.alloc(mb * 1024 * 1024, `${'x'.repeat(76)}\r\n`),
      ]);
    dovecot.deliver(user, large('Large', 55));
    dovecot.deliver(user, large('Too large', 61));
    dovecot.deliver(user, plainLetter({ subject: 'Behind them' }));
    const receiver = watch();
    await until(messages, (rows) => rows.length === 2, 120_000);
    expect((await messages()).map((row) => row.subject).sort()).toEqual(['Behind them', 'Large']);
    const aside = (await receipts()).find((row) => row.outcome === 'quarantined');
    expect(aside?.reason).toBe('too-large');
    // It stays where it is: nobody needs 60 MB of memory to hear of it.
    expect(aside?.rawKey).toBeNull();
    await receiver.stop();
  });

  it('puts a letter that nobody can read aside, keeps it whole, and goes on', async () => {
    const { user, channel, watch, receipts, messages } = await mailbox();
    const poison = tooDeep;
    dovecot.deliver(user, poison);
    dovecot.deliver(user, plainLetter({ subject: 'Behind it' }));
    const receiver = watch();
    await until(messages, (rows) => rows.length === 1);
    const aside = (await receipts()).find((row) => row.outcome === 'quarantined');
    expect(aside?.reason).toBe('too-deep');
    expect(aside?.rawKey && Buffer.from(await test.app.deps.files.read(aside.rawKey)).toString()).toBe(poison);
    const { email } = await import('../../../server/channels/email/adapter.ts');
    const original = { externalId: 'again', raw: Buffer.from(poison), arrivedAt: new Date() };
    expect(await email.reread?.(channel, original, test.app.deps.host)).toMatchObject({
      quarantined: { reason: 'too-deep' },
    });
    const readable = { ...original, raw: plainLetter({ subject: 'Now it can be read' }) };
    expect(await email.reread?.(channel, readable, test.app.deps.host)).toMatchObject({
      message: { subject: 'Now it can be read' },
    });
    await receiver.stop();
  });

  it('loses and doubles nothing when the line is cut after any byte', { timeout: 120_000 }, async () => {
    const proxy = await startCutProxy(dovecot.port);
    const { user, watch, messages, receipts } = await mailbox({ port: proxy.port });
    fill(user, 120);
    const receiver = watch();
    // From the greeting through login and listing into the letters themselves, then a little further each time.
    for (const bytes of [10, 300, 700, 1_000, 1_400, 3_000, 8_000, 20_000, 40_000, 60_000]) {
      proxy.cutAfterBytes = bytes;
      const seen = proxy.connections;
      proxy.cutAll();
      const isOver = async () => proxy.connections >= seen + 2 || (await messages()).length === 120;
      await until(isOver, (over) => over);
    }
    proxy.cutAfterBytes = null;
    proxy.cutAll();
    await until(messages, (rows) => rows.length === 120);
    expect(new Set((await messages()).map((row) => row.subject)).size).toBe(120);
    expect((await receipts()).length).toBe(120);
    await receiver.stop();
    await proxy.close();
  });

  it('takes thousands of letters at once in bounded memory, while another mailbox is not kept waiting', {
    timeout: 240_000,
  }, async () => {
    const full = await mailbox({ history: 'all' });
    const quiet = await mailbox();
    for (let i = 0; i < flood; i++) {
      const padding = 'x'.repeat(i % 50 === 0 ? 60_000 : 500);
      dovecot.deliver(
        full.user,
        plainLetter({ subject: `Flood ${i}`, from: `f${i % 500}@client.example`, text: `Hi\n${padding}` }),
      );
    }
    const quietReceiver = quiet.watch();
    await until(quiet.health, (row) => row?.state === 'ok');
    const before = process.memoryUsage().heapUsed;
    const receiver = full.watch();
    const stored = () => test.app.deps.db.receipt.count({ where: { channelId: full.channel.id } });
    await until(stored, (count) => count > 100, 60_000);
    dovecot.deliver(quiet.user, plainLetter({ subject: 'And me?', from: 'quiet@client.example' }));
    await until(quiet.messages, (rows) => rows.length === 1, 60_000);
    expect(await stored()).toBeLessThan(flood);
    let highest = 0;
    await until(
      () => {
        highest = Math.max(highest, process.memoryUsage().heapUsed);
        return stored();
      },
      (count) => count === flood,
      200_000,
    );
    expect((highest - before) / 1024 / 1024).toBeLessThan(400);
    expect(await test.app.deps.db.message.count({ where: { channelId: full.channel.id } })).toBe(flood);
    await receiver.stop();
    await quietReceiver.stop();
  });

  it('is tested step by step', async () => {
    const { channel } = await mailbox({ folders: ['INBOX', 'Nowhere'] });
    const { email } = await import('../../../server/channels/email/adapter.ts');
    const steps = await email.test(channel, test.app.deps.host);
    expect(steps.map(({ name, ok }) => [name, ok])).toEqual([
      ['Sign in to receive', true],
      ['Folder INBOX', true],
      ['Folder Nowhere', false],
      ['Send', false],
    ]);
  });
});
