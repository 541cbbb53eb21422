import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SendError } from '../../../server/channels/channel.ts';
import { holdLease, takeOver } from '../../../server/jobs/lease.ts';
import type { Message } from '../../../server/threads/schema.ts';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';
import { letter, makeChannel } from '../../support/cast.ts';
import { placeFarMail } from '../../support/farMail.ts';
import { until } from '../../support/until.ts';

const far = placeFarMail();
let test: TestApp;
let mira: Staff;
let threadId: string;

beforeAll(async () => {
  test = await startApp({ keep: true });
  mira = await test.staff('manager', 'Mira');
});
afterAll(() => test?.stop());
beforeEach(async () => {
  far.sent.length = 0;
  far.onSend = () => undefined;
  const channel = await makeChannel(test, 'email');
  const [stored] = await test.app.deps.host.ingest(channel, { messages: [letter(`${randomUUID()}@client.example`)] });
  threadId = stored?.threadId ?? '';
});

const reply = (text: string, clientKey = randomUUID()) =>
  mira.call<Message>('POST', `/threads/${threadId}/messages`, { clientKey, kind: 'reply', text, force: true });
const deliveryOf = (message: Message) =>
  test.app.deps.db.delivery.findUniqueOrThrow({ where: { messageId: message.id } });

describe('a reply', () => {
  it('is sent once, however often its writer asks and its job runs', async () => {
    const key = randomUUID();
    const [one, two] = await Promise.all([reply('Once.', key), reply('Once.', key)]);
    expect(one.id).toBe(two.id);
    await until(
      () => deliveryOf(one),
      (row) => row.state === 'sent',
    );
    await test.app.deps.db
      .$executeRaw`SELECT graphile_worker.add_job('deliver', json_build_object('deliveryId', id)) FROM delivery WHERE "messageId" = ${one.id}::uuid`;
    await test.settle();
    expect(far.sent.map((message) => message.text)).toEqual(['Once.']);
  });

  it('that was with the far side when its process died goes again under the same id, and says so', async () => {
    const { db, log } = test.app.deps;
    const dead = randomUUID();
    await holdLease(db, `process:${dead}`, dead);
    far.onSend = () => {
      throw new SendError('The far side is away', { retryAfterMs: 60 * 60_000 });
    };
    const message = await reply('Cut off.');
    await until(
      () => deliveryOf(message),
      (row) => row.state === 'retry',
    );
    far.onSend = () => undefined;
    await db.$executeRaw`UPDATE delivery SET state = 'sending', "claimedBy" = ${dead}, "dueAt" = now() - interval '1 second' WHERE "messageId" = ${message.id}::uuid`;

    await takeOver(db, test.app.processId, log, new Set());
    expect(await deliveryOf(message)).toMatchObject({ state: 'sending' });
    await db.$executeRaw`UPDATE lease SET "expiresAt" = now() - interval '1 second' WHERE owner = ${dead}`;
    await takeOver(db, test.app.processId, log, new Set());
    await until(
      () => deliveryOf(message),
      (row) => row.state === 'sent',
    );
    expect(far.sent.map(({ externalId, repeated }) => ({ externalId, repeated }))).toEqual([
      { externalId: far.sent[0]?.externalId, repeated: false },
      { externalId: far.sent[0]?.externalId, repeated: true },
    ]);
    const events = await db.event.findMany({ where: { threadId, type: 'delivery.changed' }, orderBy: { id: 'desc' } });
    expect(events[0]?.patch).toMatchObject({ delivery: { state: 'sent', repeated: true } });
  });

  it('that went out while the database was away for a moment is not sent twice', async () => {
    const { db } = test.app.deps;
    await db.$executeRaw`CREATE SEQUENCE IF NOT EXISTS stumble`;
    // A sequence does not roll back: the first two tries to write "sent" fail, the third holds.
    await db.$executeRaw`CREATE OR REPLACE FUNCTION stumble() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN IF NEW.state = ''sent'' AND nextval(''stumble'') <= 2 THEN RAISE EXCEPTION ''the database is away''; END IF; RETURN NEW; END'`;
    await db.$executeRaw`CREATE TRIGGER stumble BEFORE UPDATE ON delivery FOR EACH ROW EXECUTE FUNCTION stumble()`;
    const message = await reply('Only once.');
    await until(
      () => deliveryOf(message),
      (row) => row.state === 'sent',
    );
    await db.$executeRaw`DROP TRIGGER stumble ON delivery`;
    expect(far.sent).toHaveLength(1);
    expect(await deliveryOf(message)).toMatchObject({ repeated: false, attempts: 1 });
  });

  it('is read in the order it was written: none overtakes one that is tried again, or waits for one that failed or is for later', async () => {
    far.onSend = ({ text }) => {
      if (text === 'First.') throw new SendError('Bad gateway', { retryAfterMs: 60_000 });
    };
    const first = await reply('First.');
    await until(
      () => deliveryOf(first),
      (row) => row.state === 'retry',
    );
    const path = `/threads/${threadId}/messages`;
    const input = { clientKey: randomUUID(), kind: 'reply', text: 'Tomorrow.', force: true };
    await mira.call('POST', path, {
      ...input,
      sendAt: new Date(test.clock.now().getTime() + 86_400_000).toISOString(),
    });
    const [second, third] = [await reply('Second.'), await reply('Third.')];
    await test.app.deps.schedule.runAll();
    await test.settle();
    expect(far.sent.map(({ text }) => text)).toEqual(['First.']);
    expect(await deliveryOf(second)).toMatchObject({ state: 'pending', attempts: 0 });

    far.onSend = () => undefined;
    test.clock.advance(61_000);
    await test.app.deps.schedule.runAll();
    await until(
      () => deliveryOf(third),
      (row) => row.state === 'sent',
    );
    expect(far.sent.map(({ text }) => text)).toEqual(['First.', 'First.', 'Second.', 'Third.']);

    far.onSend = ({ text }) => {
      if (text === 'Fourth.') throw new SendError('No', { permanent: true });
    };
    const [, fifth] = [await reply('Fourth.'), await reply('Fifth.')];
    await until(
      () => deliveryOf(fifth),
      (row) => row.state === 'sent',
    );
  });

  it('that can never arrive fails with a sentence, and one for which the far side is away waits', async () => {
    far.onSend = ({ text }) => {
      throw text === 'Never.'
        ? new SendError('There is no such mailbox', { permanent: true })
        : new SendError('The far side is away');
    };
    const [never, later] = [await reply('Never.'), await reply('Later.')];
    expect(
      await until(
        () => deliveryOf(never),
        (row) => row.state === 'failed',
      ),
    ).toMatchObject({
      error: 'There is no such mailbox',
    });
    const waiting = await until(
      () => deliveryOf(later),
      (row) => row.state === 'retry',
    );
    expect(waiting.dueAt.getTime()).toBeGreaterThan(test.clock.now().getTime());
    far.onSend = () => undefined;
    test.clock.advance(60_000);
    await test.app.deps.schedule.runAll();
    await until(
      () => deliveryOf(later),
      (row) => row.state === 'sent',
    );
  });
});

describe('a mail server that hangs', () => {
  it('keeps no other channel waiting, and its own letters go when it is back', async () => {
    const { db } = test.app.deps;
    const other = await makeChannel(test, 'email');
    const [stored] = await test.app.deps.host.ingest(other, { messages: [letter(`${randomUUID()}@client.example`)] });
    let wake = () => {};
    const back = new Promise<void>((resolve) => {
      wake = resolve;
    });
    far.onSend = ({ threadId: of }) => (of === threadId ? back : undefined);
    const hung = await Promise.all(Array.from({ length: 12 }, (_, at) => reply(`Hung ${at}`)));
    await until(
      () => db.delivery.count({ where: { threadId, state: 'sending' } }),
      (sending) => sending > 0,
    );
    const path = `/threads/${stored?.threadId}/messages`;
    const free = await mira.call<Message>('POST', path, {
      clientKey: randomUUID(),
      kind: 'reply',
      text: 'Free.',
      force: true,
    });
    await until(
      () => deliveryOf(free),
      (row) => row.state === 'sent',
    );
    expect(await db.delivery.count({ where: { threadId, state: 'sent' } })).toBe(0);
    wake();
    await until(
      () => db.delivery.count({ where: { messageId: { in: hung.map(({ id }) => id) }, state: 'sent' } }),
      (sent) => sent === hung.length,
      60_000,
    );
    expect(far.sent.filter(({ text }) => text.startsWith('Hung'))).toHaveLength(hung.length);
  });
});

describe('a dead process', () => {
  it('leaves no job locked: those of a worker that nobody names are free again', async () => {
    const { db, log } = test.app.deps;
    await db.$executeRaw`SELECT graphile_worker.add_job('event', '{"eventId":"0"}', run_at => now() + interval '1 hour', job_key => 'orphan')`;
    const lock = (since: string) =>
      db.$executeRaw`UPDATE graphile_worker._private_jobs SET locked_by = 'worker-of-the-dead', locked_at = now() - ${since}::interval WHERE key = 'orphan'`;
    const lockedBy = async () => {
      const rows = await db.$queryRaw<
        { locked_by: string | null }[]
      >`SELECT locked_by FROM graphile_worker.jobs WHERE key = 'orphan'`;
      return rows[0]?.locked_by ?? null;
    };
    await lock('5 seconds');
    await takeOver(db, test.app.processId, log, new Set());
    expect(await lockedBy()).toBe('worker-of-the-dead');
    await lock('16 seconds');
    await takeOver(db, test.app.processId, log, new Set());
    expect(await lockedBy()).toBeNull();
    await db.$executeRaw`SELECT graphile_worker.remove_job('orphan')`;
  });
});
