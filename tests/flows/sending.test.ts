import { randomUUID } from 'node:crypto';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it } from 'vitest';
import type { Channel, ChannelHealth } from '../../server/channels/schema.ts';
import { addJob } from '../../server/jobs/add.ts';
import { startApp } from '../support/app.ts';
import { letter, makeChannel } from '../support/cast.ts';
import { type Dovecot, hasDovecot, startDovecot } from '../support/dovecot.ts';
import { describeWith } from '../support/realPart.ts';
import { startSmtpScript } from '../support/smtpScript.ts';
import { until } from '../support/until.ts';

/** A mailbox whose SMTP server is away is not well, whatever comes in by it. */
it('tells of a mailbox that cannot send, until a letter goes out again', async () => {
  const gone = await startSmtpScript();
  await gone.close();
  const test = await startApp();
  const [admin, sara] = [await test.staff('admin'), await test.staff('supervisor', 'Sara')];
  const smtp = (port: number) => ({ smtp: { host: '127.0.0.1', port, secure: false, user: '' } });
  const channelId = await makeChannel(test, 'email', { config: smtp(gone.port) });
  await test.app.deps.host.health(channelId, { state: 'ok' });
  const [stored] = await test.app.deps.host.ingest(channelId, { messages: [letter('ann@client.example')] });
  const health = () => admin.call<ChannelHealth>('GET', `/channels/${channelId}/health`);
  expect(await health()).toMatchObject({
    state: 'ok',
    error: null,
    storedCount: 1,
    sending: { failingSince: null, error: null, waiting: 0 },
  });

  const reply = await admin.call<{ id: string }>('POST', `/threads/${stored?.threadId}/messages`, {
    clientKey: randomUUID(),
    kind: 'reply',
    text: 'Yes, two.',
    force: true,
  });
  const later = async (ms: number) => {
    test.clock.advance(ms);
    await test.app.deps.schedule.runAll();
    await test.settle();
  };
  const since = test.clock.now().getTime();
  await later(11_000);
  const failing = await health();
  expect(failing).toMatchObject({
    state: 'retrying',
    error: expect.stringContaining(`127.0.0.1:${gone.port}`),
    sending: { error: failing.error, waiting: 1 },
  });
  expect(Date.parse(failing.sending.failingSince ?? '')).toBeGreaterThanOrEqual(since + 11_000);
  const [message] = (
    await admin.call<{ items: { id: string; delivery: object | null }[] }>(
      'GET',
      `/threads/${stored?.threadId}/messages`,
    )
  ).items.filter((one) => one.id === reply.id);
  expect(message?.delivery).toMatchObject({ state: 'retry', error: failing.error });

  // Admins can mend it, supervisors wonder: each is told once, however long it lasts.
  await later(6 * 60_000);
  await later(60_000);
  for (const who of [admin, sara]) {
    const { items } = await who.call<{ items: { kind: string; data: object }[] }>('GET', '/notifications');
    const told = items.filter((one) => one.kind === 'sendingFails');
    expect(told.map((one) => one.data)).toEqual([
      expect.objectContaining({ channelId, name: 'The email', waiting: 1, error: failing.error }),
    ]);
  }
  expect((await health()).sending.failingSince).toBe(failing.sending.failingSince);

  const server = await startSmtpScript();
  await admin.call<Channel>('PATCH', `/channels/${channelId}`, { config: smtp(server.port) });
  await later(60 * 60_000);
  expect(server.letters).toHaveLength(1);
  expect(await health()).toMatchObject({
    state: 'ok',
    error: null,
    sending: { failingSince: null, error: null, waiting: 0 },
  });
  await server.close();
});

/** A mailbox whose letter waits to be answered, and what sends the answer. */
async function mailboxOf(config: object, more: Parameters<typeof startApp>[0] = {}) {
  const test = await startApp({ ...more });
  const admin = await test.staff('admin');
  const channelId = await makeChannel(test, 'email', { config });
  const answer = async (text: string) => {
    const [stored] = await test.app.deps.host.ingest(channelId, {
      messages: [letter(`${randomUUID()}@client.example`)],
    });
    const path = `/threads/${stored?.threadId}/messages`;
    const { id } = await admin.call<{ id: string }>('POST', path, {
      clientKey: randomUUID(),
      kind: 'reply',
      text,
      force: true,
    });
    test.clock.advance(11_000);
    await test.app.deps.schedule.runAll();
    return () => test.app.deps.db.delivery.findUniqueOrThrow({ where: { messageId: id } });
  };
  return { test, answer };
}

/** An IMAP server that greets and says nothing more. */
async function silentImap() {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('* OK ready\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => void server.close() };
}

it('is sent when its server has it, whatever the folder of sent letters does; a stop waits for no hung server', async () => {
  const [smtp, imap] = [await startSmtpScript(), await silentImap()];
  const login = { host: '127.0.0.1', secure: false, user: 'shop', password: 'secret' };
  const config = {
    smtp: { ...login, user: '', port: smtp.port },
    imap: { ...login, port: imap.port },
    sentFolder: 'Sent',
  };
  const { test, answer } = await mailboxOf(config, { overrides: { finishWithinMs: 300 } });
  const first = await answer('One.');
  await until(first, (row) => row.state === 'sent');
  // Nor does it make the channel slow for what is to go out next.
  const second = await answer('Two.');
  await until(second, (row) => row.state === 'sent');
  expect(smtp.letters).toHaveLength(2);
  const { db } = test.app.deps;
  const copies = () =>
    db.$queryRaw<{ attempts: number }[]>`SELECT attempts FROM graphile_worker.jobs WHERE task_identifier = 'keepCopy'`;
  await until(copies, (jobs) => jobs.length === 2);

  // One whose server takes it and never says so.
  smtp.answers.dot = 'silence';
  await answer('Three.');
  await until(
    async () => smtp.letters.length,
    (taken) => taken === 3,
  );
  expect((await fetch(`${test.url}/readyz`)).status).toBe(200);
  // It may be in their hands already: it goes again under its own id when Parley is back, and says so.
  const after = await startApp({ databaseUrl: test.databaseUrl, dataDir: test.dataDir, env: { PARLEY_ROLES: 'web' } });
  const begun = performance.now();
  await test.app.stop();
  expect(performance.now() - begun).toBeLessThan(15_000);
  const [row] = await after.app.deps.db.delivery.findMany({ where: { state: { not: 'sent' } } });
  expect(row).toMatchObject({ state: 'retry', repeated: true, claimedBy: null });
  await after.stop();
  await test.stop();
  await smtp.close();
  imap.close();
});

describeWith('Dovecot', hasDovecot, 'a letter that was sent', () => {
  it('is kept once among the sent letters, and says so where there is no place for it', async () => {
    const dovecot: Dovecot = await startDovecot();
    const smtp = await startSmtpScript();
    const login = { host: '127.0.0.1', secure: false, user: 'sender', password: dovecot.password };
    const config = {
      smtp: { ...login, user: '', port: smtp.port },
      imap: { ...login, port: dovecot.port, folders: ['INBOX'] },
    };
    dovecot.deliver('sender', 'Subject: earlier\r\n\r\nOld\r\n', { folder: 'Sent' });
    const { test, answer } = await mailboxOf({ ...config, sentFolder: 'Sent', allowInsecure: true, dkim: undefined });
    const sent = await answer('Kept.');
    const { id } = await until(sent, (row) => row.state === 'sent');
    await until(
      async () => dovecot.letters('sender', 'Sent'),
      (letters) => letters.length === 2,
    );
    await test.settle();
    const [copy] = dovecot.letters('sender', 'Sent').filter((one) => !one.includes('earlier'));
    expect(copy?.replaceAll('\r\n', '\n')).toBe(smtp.letters[0]?.replaceAll('\r\n', '\n'));
    await addJob(test.app.deps.db, 'keepCopy', { deliveryId: id });
    await test.settle();
    expect(dovecot.letters('sender', 'Sent')).toHaveLength(2);

    // Where there is no such folder, the message says in the end that it was sent and has no copy.
    const { db } = test.app.deps;
    await db.$executeRaw`UPDATE channel SET config = jsonb_set(config, '{sentFolder}', '"Gone"')`;
    await addJob(db, 'keepCopy', { deliveryId: id }, { maxAttempts: 1 });
    const told = await until(sent, (row) => row.error !== null);
    expect(told).toMatchObject({ state: 'sent', error: expect.stringContaining('no copy') });
    await test.stop();
    await smtp.close();
    await dovecot.remove();
  });
});
