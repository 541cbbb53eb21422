import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carryAlert } from '../../server/alerts/carry.ts';
import type { Notification } from '../../server/alerts/schema.ts';
import type { Client } from '../../server/clients/schema.ts';
import type { Bot } from '../../server/demo/botApi/bot.ts';
import { type BotApi, startBotApi } from '../../server/demo/botApi/server.ts';
import { type Sink, startSink } from '../../server/demo/sink.ts';
import { nextDue, periodBefore } from '../../server/reports/scheduled.ts';
import type { ReportSchedule } from '../../server/reports/schema.ts';
import { type Staff, startApp, type TestApp } from '../support/app.ts';
import { letter, makeChannel } from '../support/cast.ts';
import { until } from '../support/until.ts';
import { answers, goTo, hour, minute, withoutChannels, writes } from '../support/waiting.ts';

type List<T> = { items: T[] };
/** A Monday. */
const noon = new Date('2026-11-16T12:00:00.000Z');
const at = (ms: number) => new Date(noon.getTime() + ms);

type Letter = Sink['letters'][number] | undefined;

const unsubscribeOf = (letter: Letter) =>
  /^<(http[^>]+)>$/.exec(letter?.headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? '')?.[1] ?? '';

/** What a mail program does at "Unsubscribe" (RFC 8058). */
async function clickOnce(letter: Letter): Promise<void> {
  expect(letter?.headers.find(({ key }) => key === 'list-unsubscribe-post')?.value).toBe('List-Unsubscribe=One-Click');
  const done = await fetch(unsubscribeOf(letter), {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  });
  expect(done.status).toBe(200);
}

describe('what is carried out of the app', { timeout: 120_000 }, () => {
  let sink: Sink;
  let botApi: BotApi;
  let bot: Bot;
  let test: TestApp;
  let sara: Staff;
  let mira: Staff;
  let channel: string;

  beforeAll(async () => {
    [sink, botApi] = await Promise.all([startSink(0), startBotApi()]);
    bot = botApi.bot('77:secret', 'Riverside');
    const env = { ...withoutChannels.env, TELEGRAM_API_ROOT: botApi.url };
    test = await startApp({ keep: true, startAt: noon, env });
    const ada = await test.staff('admin', 'Ada');
    const config = {
      address: 'shop@riverside.example',
      allowInsecure: true,
      smtp: { host: '127.0.0.1', port: sink.smtpPort, secure: false, user: '' },
    };
    await ada.call('POST', '/channels', { kind: 'email', name: 'Mailbox', config });
    await ada.call('POST', '/channels', { kind: 'telegram', name: 'Bot', config: { token: bot.token } });
    channel = await makeChannel(test, 'chat', { targetMs: 15 * minute });
    sara = await test.staff('supervisor', 'Sara');
    mira = await test.staff('manager', 'Mira');
    // Telegram lets a bot write only to who has written to it.
    bot.client({ id: 4711, first_name: 'Sara' }).writes('/start');
    test.clock.set(noon);
  });

  afterAll(async () => {
    await test?.stop();
    await Promise.all([sink?.close(), botApi?.close()]);
  });

  const letters = (to: string) => sink.letters.filter((letter) => letter.to.includes(to));
  const told = () => bot.sent.filter((message) => message.chatId === 4711);

  it('a breach goes by mail and to Telegram once, and waits for the end of quiet hours', async () => {
    await sara.call('PATCH', '/me', { preferences: { alertsByMail: true, alertsToTelegram: '4711' } });
    const threadId = await writes(test, channel, '41');
    await goTo(test, at(15 * minute + 1000));
    await goTo(test, at(16 * minute));
    await until(
      () => letters(sara.email),
      (list) => list.length === 1,
    );
    await until(told, (list) => list.length === 1);
    expect(letters(sara.email)[0]?.subject).toContain('has waited too long');
    expect(letters(sara.email)[0]?.text).toContain(`/t/${threadId}`);
    expect(told()[0]?.text).toContain(`/t/${threadId}`);
    await answers(mira, threadId);

    const quietHours = { from: '12:00', to: '14:00', timezone: 'UTC' };
    await sara.call('PATCH', '/me', { preferences: { quietHours } });
    test.clock.set(at(20 * minute));
    const other = await writes(test, channel, '42');
    await goTo(test, at(40 * minute));
    const unread = async () => (await sara.call<List<Notification>>('GET', '/notifications')).items;
    expect((await unread()).map((item) => item.threadId)).toEqual([threadId]);
    await goTo(test, at(2 * hour + minute));
    await until(
      () => letters(sara.email),
      (list) => list.some(({ text }) => text.includes(`/t/${other}`)),
    );
    expect((await unread()).some((item) => item.kind === 'breach' && item.threadId === other)).toBe(true);
    expect(letters(sara.email).filter(({ text }) => text.includes(`/t/${other}`))).toHaveLength(1);
    await answers(mira, other);
  });

  it('what no mailbox can send counts as not sent, and goes when one can', async () => {
    const { db } = test.app.deps;
    const [row] = await db.notification.findMany({ where: { userId: sara.id, kind: 'breach' }, take: 1 });
    const id = row?.id ?? '';
    await db.notification.update({ where: { id }, data: { mailedAt: null, readAt: null } });
    const before = letters(sara.email).length;
    await db.channel.updateMany({ where: { kind: 'email' }, data: { pausedAt: noon } });
    const carry = () =>
      carryAlert(test.app.deps, () => Promise.reject(new Error('it was told by Telegram already')), id);
    await expect(carry()).rejects.toThrow('no mailbox can send the alert');
    expect(await db.notification.findUnique({ where: { id } })).toMatchObject({
      mailedAt: null,
      messagedAt: expect.any(Date),
    });
    await db.channel.updateMany({ where: { kind: 'email' }, data: { pausedAt: null } });
    await carry();
    expect((await db.notification.findUnique({ where: { id } }))?.mailedAt).not.toBeNull();
    expect(letters(sara.email)).toHaveLength(before + 1);
  });

  it('the supervisor is told once a day of who carries more than they can', async () => {
    const ada = await test.staff('admin', 'Adam');
    await ada.call('PUT', `/routing/profiles/${mira.id}`, { skills: [], capacity: 1, weights: {} });
    for (const who of ['51', '52', '53']) {
      const threadId = await writes(test, channel, who);
      await mira.call('PUT', `/threads/${threadId}/assignment`, { userId: 'me' });
    }
    await goTo(test, at(3 * hour));
    await goTo(test, at(3 * hour + minute));
    const { items } = await sara.call<List<Notification>>('GET', '/notifications?limit=100');
    expect(items.filter((item) => item.kind === 'overloaded')).toMatchObject([{ data: { name: 'Mira', capacity: 1 } }]);
    await until(
      () => letters(sara.email),
      (list) => list.some(({ subject }) => subject.includes('more than they can')),
    );
  });

  it('a report goes to everybody named once a week, whatever processes see that it is due', async () => {
    const made = await sara.call<ReportSchedule>('POST', '/report-schedules', {
      name: 'How fast we answer',
      report: 'responseTimes',
      question: { by: 'user', measure: 'all' },
      every: 'week',
      format: 'csv',
      recipients: ['head@riverside.example', 'owner@riverside.example'],
    });
    expect(made.nextAt).toBe('2026-11-23T07:00:00.000Z');
    const second = await startApp({ databaseUrl: test.databaseUrl, dataDir: test.dataDir, env: withoutChannels.env });
    const monday = new Date('2026-11-23T07:00:10.000Z');
    second.clock.set(monday);
    test.clock.set(monday);
    const both = () => Promise.all([test, second].map(({ app }) => app.deps.schedule.runAll()));
    await both();
    await both();
    const reports = () => sink.letters.filter(({ subject }) => subject.startsWith('How fast we answer'));
    await until(reports, (list) => list.length >= 2);
    // As after a restart that came late: what was due meanwhile is sent once, for the last whole week.
    await second.stop();
    await goTo(test, new Date('2026-12-09T09:00:00.000Z'));
    await until(reports, (list) => list.length >= 4);
    expect(
      reports()
        .map(({ to, subject }) => `${to.join()} ${subject}`)
        .sort(),
    ).toEqual(
      ['head', 'owner'].flatMap((name) => [
        `${name}@riverside.example How fast we answer: 2026-11-16 – 2026-11-22`,
        `${name}@riverside.example How fast we answer: 2026-11-30 – 2026-12-06`,
      ]),
    );
    const [first] = reports();
    const file = first?.attachments.find(({ name }) => name === 'responseTimes-2026-11-16.csv');
    expect(Buffer.from(file?.content ?? '').toString('utf8')).toContain('"Mira"');
    const { items } = await sara.call<List<ReportSchedule>>('GET', '/report-schedules');
    expect(items).toMatchObject([{ id: made.id, nextAt: '2026-12-14T07:00:00.000Z' }]);
    // The mail program of one of them unsubscribes by itself, and the other still gets it.
    await clickOnce(
      // The last one: the process that sent it is still there.
      reports()
        .filter(({ to }) => to.includes('owner@riverside.example'))
        .at(-1),
    );
    const rest = (await sara.call<List<ReportSchedule>>('GET', '/report-schedules')).items;
    expect(rest).toMatchObject([{ id: made.id, recipients: ['head@riverside.example'] }]);
    await sara.call('DELETE', `/report-schedules/${made.id}`);
    expect((await sara.call<List<ReportSchedule>>('GET', '/report-schedules')).items).toEqual([]);
  });

  it('a client who wants to be asked no more how it was is not asked again', async () => {
    const ada = await test.staff('admin', 'Ada of ratings');
    await ada.call('PUT', '/rating-settings', { on: true, everyDays: 1 });
    const mailbox = (await ada.call<List<{ id: string; kind: string }>>('GET', '/channels')).items.find(
      (one) => one.kind === 'email',
    );
    const solve = async () => {
      const arrivedAt = test.clock.now();
      const [stored] = await test.app.deps.host.ingest(mailbox?.id ?? '', {
        messages: [letter('olga@client.example', { subject: `Matter ${arrivedAt.toISOString()}`, arrivedAt })],
      });
      await answers(mira, stored?.threadId ?? '');
      await mira.call('PUT', `/threads/${stored?.threadId}/closure`);
      await test.settle();
      await goTo(test, new Date(arrivedAt.getTime() + minute));
    };
    const asked = () =>
      sink.letters.filter(({ to, text }) => to.includes('olga@client.example') && /\/rate\//.test(text ?? ''));
    await solve();
    await until(asked, (list) => list.length === 1);
    const page = await fetch(unsubscribeOf(asked()[0]));
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('olga@client.example')]);
    const inRussian = await fetch(unsubscribeOf(asked()[0]), { headers: { 'Accept-Language': 'lt, ru-RU;q=0.8, en' } });
    expect(await inRussian.text()).toContain('<button>Отписаться</button>');
    expect((await fetch(unsubscribeOf(asked()[0]).replace(/.$/, '!'), { method: 'POST' })).status).toBe(404);
    await clickOnce(asked()[0]);
    await goTo(test, new Date(test.clock.now().getTime() + 48 * hour));
    await solve();
    expect(await test.app.deps.db.rating.count()).toBe(1);
    // They change their mind, and are asked again.
    const olga = await test.app.deps.db.identity.findFirstOrThrow({ where: { value: 'olga@client.example' } });
    const stopped = `/clients/${olga.clientId}/identities/${olga.id}/rating-stop`;
    const card = await mira.call<Client>('DELETE', stopped);
    expect(card.identities).toMatchObject([{ ratingsStoppedAt: null }]);
    await goTo(test, new Date(test.clock.now().getTime() + 48 * hour));
    await solve();
    expect(await test.app.deps.db.rating.count()).toBe(2);
    expect((await mira.call<Client>('PUT', stopped)).identities[0]?.ratingsStoppedAt).not.toBeNull();
    // An answer of a person is no letter to many.
    const answer = sink.letters.find(
      ({ to, text }) => to.includes('olga@client.example') && !/\/rate\//.test(text ?? ''),
    );
    expect(answer?.headers.some(({ key }) => key === 'list-unsubscribe')).toBe(false);
    await ada.call('PUT', '/rating-settings', { on: false });
  });

  it('knows whole weeks and months in the company’s own time', () => {
    const zone = 'Europe/Berlin';
    // The clocks go back in this week.
    expect(nextDue('week', zone, new Date('2026-10-20T10:00:00Z')).toISOString()).toBe('2026-10-26T06:00:00.000Z');
    expect(nextDue('month', zone, new Date('2026-12-31T23:30:00Z')).toISOString()).toBe('2027-01-01T06:00:00.000Z');
    const { from, to } = periodBefore('week', zone, new Date('2026-10-26T06:00:00Z'));
    expect([from.toISOString(), to.toISOString()]).toEqual(['2026-10-18T22:00:00.000Z', '2026-10-25T23:00:00.000Z']);
  });
});
