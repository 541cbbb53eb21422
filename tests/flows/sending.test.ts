import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Channel, ChannelHealth } from '../../server/channels/schema.ts';
import { startApp } from '../support/app.ts';
import { letter, makeChannel } from '../support/cast.ts';
import { startSmtpScript } from '../support/smtpScript.ts';

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
