import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { automaticPerHour } from '../../../server/alerts/spend.ts';
import { BOT_WORDS } from '../../../server/bot/words/spoken.ts';
import type { Classification, InboundMessage, OutboundMessage } from '../../../server/channels/channel.ts';
import { composeLetter } from '../../../server/channels/email/smtp/compose.ts';
import { takeIn } from '../../../server/channels/email/takeIn.ts';
import { emailConfig } from '../../../server/channels/schema.ts';
import type { Live } from '../../../server/reports/schema.ts';
import type { Thread } from '../../../server/threads/schema.ts';
import { absentAfterMs, followUp } from '../../../server/visitors/followUp.ts';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';
import { letter, makeChannel, telegramText } from '../../support/cast.ts';
import { placeFarMail } from '../../support/farMail.ts';
import { hour, withoutChannels } from '../../support/waiting.ts';

/** What the bot knows, and what it does not. */
const known = 'How is an eSIM activated?';

const far = placeFarMail();
let test: TestApp;
let mira: Staff;
/** By kind, each with a bot that answers first; and a mailbox without one. */
let channels: Record<'email' | 'telegram' | 'chat', string>;
let quiet: string;
let clients = 9000;

const ours = emailConfig.parse({
  address: 'shop@parley.example',
  smtp: { host: '127.0.0.1', port: 1, secure: false, user: '' },
});
const theirs = emailConfig.parse({ address: 'shop@other.example' });

beforeAll(async () => {
  test = await startApp({ ...withoutChannels, keep: true });
  mira = await test.staff('admin', 'Mira');
  await mira.call('POST', '/articles', {
    title: 'eSIM',
    body: 'An eSIM is activated by a QR code that we send by e-mail.',
    locale: 'en',
  });
  channels = {
    email: await makeChannel(test, 'email', { botMode: 'first', config: { smtp: ours.smtp } }),
    telegram: await makeChannel(test, 'telegram', { botMode: 'first' }),
    chat: await makeChannel(test, 'chat', { botMode: 'first' }),
  };
  quiet = await makeChannel(test, 'email');
  // Closed now and for two days: whoever writes is told so.
  const days = Array.from({ length: 7 }, () => [] as object[]);
  days[(test.clock.now().getUTCDay() + 2) % 7] = [{ from: '09:00', to: '18:00' }];
  await mira.call('PUT', '/calendars/company/company', { timezone: 'UTC', week: days });
  await mira.call('PUT', '/acknowledgement', { on: true });
});
afterAll(() => test?.stop());
beforeEach(() => {
  far.sent.length = 0;
});

async function hear(channel: string, message: InboundMessage): Promise<string> {
  const [stored] = await test.app.deps.host.ingest(channel, { messages: [message] });
  await test.settle();
  return stored?.threadId ?? '';
}

const mail = (from: string, subject: string, more: Partial<InboundMessage> = {}) =>
  letter(from, { subject, text: known, arrivedAt: test.clock.now(), ...more });

/** A message of a client on a channel of the kind. */
function from(kind: keyof typeof channels, client: string, text: string): InboundMessage {
  const more = { arrivedAt: test.clock.now() };
  if (kind === 'email') return letter(`c${client}@client.example`, { ...more, subject: 'A question', text });
  if (kind === 'telegram') return telegramText(client, text, more);
  return telegramText(client, text, { ...more, from: [{ kind: 'visitor', value: client, verified: true }] });
}

const threadOf = (id: string) => mira.call<Thread>('GET', `/threads/${id}`);
const botSaid = async (threadId: string) =>
  (
    await test.app.deps.db.message.findMany({
      where: { threadId, authorKind: 'bot', direction: 'outbound' },
      orderBy: { createdAt: 'asc' },
    })
  ).map((message) => message.text);
const answers = (threadId: string, text = 'I take over.') =>
  mira.call('POST', `/threads/${threadId}/messages`, { clientKey: randomUUID(), kind: 'reply', text, force: true });

/** A letter of ours as a mailbox reads it from its bytes. */
async function readBy(config: typeof ours, sent: OutboundMessage): Promise<InboundMessage> {
  const { raw } = await composeLetter(sent, { config: ours, name: 'Shop', token: null });
  const taken = await takeIn(raw, {
    channel: { config },
    host: { readToken: () => null },
    externalId: `1:${randomUUID()}`,
    arrivedAt: test.clock.now(),
    historical: false,
  });
  if ('quarantined' in taken) throw new Error(taken.quarantined.reason);
  return { ...taken.message, raw };
}

describe('a robot that writes like a person', { timeout: 60_000 }, () => {
  const subjects = ['Question', 'eSIM', 'QR code', 'Your e-mail', 'Activated', 'By e-mail'];

  it.each([
    ['the bot’s answers', 'email'],
    ['words that we are closed', 'quiet'],
  ])('gets an hour’s budget of %s and no more, and waits for a person', async (_, which) => {
    const channel = which === 'email' ? channels.email : quiet;
    const robot = `robot.${which}@client.example`;
    const threads = [];
    for (const subject of subjects) threads.push(await hear(channel, mail(robot, subject)));
    expect(new Set(threads).size).toBe(subjects.length);
    expect(far.sent.map((sent) => sent.to[0]?.value)).toEqual(Array(automaticPerHour).fill(robot));
    for (const id of threads.slice(automaticPerHour))
      expect((await threadOf(id)).waitingSince, 'a person is called').not.toBeNull();
    // The budget is the address's, and the hour's: another gets theirs, and this one again later.
    await hear(channel, mail(`other.${which}@client.example`, 'Question'));
    expect(far.sent).toHaveLength(automaticPerHour + 1);
    test.clock.advance(hour);
    await hear(channel, mail(robot, 'An eSIM'));
    expect(far.sent).toHaveLength(automaticPerHour + 2);
  });

  it('gets no more of a chat’s answers either, where it is a visitor’s address', async () => {
    const { db, clock, reply } = test.app.deps;
    const visitor = String(clients++);
    const threadId = await hear(channels.chat, from('chat', visitor, known));
    await db.identity.updateMany({ where: { value: visitor }, data: { contactEmail: 'robot.chat@client.example' } });
    for (let round = 0; round < automaticPerHour + 1; round++) await hear(channels.chat, from('chat', visitor, known));
    await answers(threadId, 'Mira here.');
    await test.settle();
    const written = await db.message.findMany({ where: { threadId, direction: 'outbound' }, orderBy: { id: 'asc' } });
    expect(written.filter((message) => message.authorKind === 'bot').length).toBeGreaterThan(automaticPerHour);
    test.clock.advance(absentAfterMs + 1000);
    for (const { id } of written) await followUp({ db, clock, mailHost: reply.mailHost }, id);
    await test.settle();
    expect(far.sent.map((sent) => [sent.to[0]?.value, sent.automatic])).toEqual([
      ...Array(automaticPerHour).fill(['robot.chat@client.example', true]),
      // A person's answer goes always.
      ['robot.chat@client.example', false],
    ]);
  });

  it.each<Classification>(['autoReply', 'bounce', 'delay', 'loop', 'bulk', 'calendar', 'feedbackReport'])(
    'by no header gets an answer, and a letter known as %s none',
    async (classification) => {
      for (const channel of [channels.email, quiet]) {
        const client = `${classification.toLowerCase()}${clients++}@client.example`;
        await hear(channel, mail(client, 'Question', { classification, detail: { why: 'test' } }));
        expect(far.sent).toEqual([]);
        await hear(channel, mail(client, 'eSIM'));
        expect(far.sent.splice(0)).toHaveLength(1);
      }
    },
  );
});

describe('an automatic letter', () => {
  it('is known as one by another Parley, and as our own by us; a person’s is neither', async () => {
    const threadId = await hear(channels.email, mail('ann@client.example', 'Question'));
    await hear(quiet, mail('ann@client.example', 'eSIM'));
    await test.app.deps.sendSystemMail('new@colleague.example', 'Welcome', 'Come in.');
    await answers(threadId, 'A person’s words.');
    await test.settle();
    expect(far.sent.map((sent) => sent.automatic)).toEqual([true, true, true, false]);
    const there = await Promise.all(far.sent.map((sent) => readBy(theirs, sent)));
    expect(there.map((one) => one.classification)).toEqual(['autoReply', 'autoReply', 'bulk', 'person']);
    for (const { raw } of there.slice(0, 3))
      expect(String(raw)).toMatch(/^Auto-Submitted: auto-(replied|generated)\r\nX-Auto-Response-Suppress: All\r\n/m);
    const here = await Promise.all(far.sent.slice(0, 3).map((sent) => readBy(ours, sent)));
    expect(here.map((one) => one.classification)).toEqual(['loop', 'loop', 'loop']);
  });

  it('that comes back answers nobody, also with its headers lost on the way', async () => {
    await hear(channels.email, mail('ben@client.example', 'Question'));
    const [sent] = far.sent.splice(0);
    const threads = await test.app.deps.db.thread.count({ where: { status: 'open' } });
    const back = await readBy(ours, sent as OutboundMessage);
    await hear(channels.email, back);
    const bare = { classification: 'person' as const, detail: null, raw: null, externalId: randomUUID() };
    await hear(channels.email, { ...back, ...bare });
    await hear(quiet, { ...back, ...bare, externalId: randomUUID(), text: known });
    expect(far.sent).toEqual([]);
    expect(await test.app.deps.db.thread.count({ where: { status: 'open' } })).toBe(threads);
  });

  it('lends its Message-ID to nobody: what another writes under it is kept and shown', async () => {
    await hear(channels.email, mail('bea@client.example', 'Question'));
    const [sent] = far.sent.splice(0);
    const borrowed = mail('bea@client.example', 'Under a borrowed name');
    const threadId = await hear(channels.email, { ...borrowed, messageId: sent?.externalId ?? '' });
    expect(await threadOf(threadId)).toMatchObject({ status: 'open' });
  });
});

describe.each(['email', 'telegram', 'chat'] as const)('the bot of a channel of kind %s', (kind) => {
  it('is silent after a person’s message until the thread is handed back', async () => {
    const client = String(clients++);
    const threadId = await hear(channels[kind], from(kind, client, known));
    expect(await botSaid(threadId)).toHaveLength(1);
    await answers(threadId);
    for (const text of [known, 'Hello?', 'I want to speak to a person', 'My phone is dead, I want my money back!'])
      expect(await hear(channels[kind], from(kind, client, text))).toBe(threadId);
    expect(await botSaid(threadId)).toHaveLength(1);
    const thread = await threadOf(threadId);
    expect(thread.botState).toBe('person');
    expect(thread.waitingSince).not.toBeNull();
    await answers(threadId, 'The bot may go on.');
    await mira.call('PUT', `/threads/${threadId}/bot`, {});
    await hear(channels[kind], from(kind, client, known));
    expect(await botSaid(threadId)).toHaveLength(2);
  });

  it('promises a colleague only where the client waits for one from then on', async () => {
    const promises = Object.values(BOT_WORDS).flatMap((words) => [words.passedOn, words.sorry, words.passing]);
    let promised = 0;
    for (const text of [
      'I want to speak to a person',
      'Do you have Nokia 3310?',
      'What is the capital of France?',
      'My phone is dead, I want my money back!',
      'My card is 4111 1111 1111 1111, please charge it',
      'Позовите, пожалуйста, оператора',
    ]) {
      const message = from(kind, String(clients++), text);
      const threadId = await hear(channels[kind], message);
      const said = (await botSaid(threadId)).join('\n');
      if (promises.some((words) => said.includes(words))) promised++;
      const { botState, waitingSince } = await threadOf(threadId);
      expect({ botState, waitingSince }, `${text}: ${said}`).toEqual({
        botState: 'waiting',
        waitingSince: message.arrivedAt.toISOString(),
      });
      const { waiting } = await mira.call<Live>('GET', '/reports/live');
      expect(waiting.map((one) => one.threadId)).toContain(threadId);
    }
    // By letter nothing is said at all before a person answers.
    expect(promised).toBe(kind === 'email' ? 0 : 6);
  });
});
