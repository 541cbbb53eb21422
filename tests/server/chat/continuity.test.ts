import { randomUUID } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { afterEach, describe, expect, it } from 'vitest';
import { type Sink, startSink } from '../../../server/demo/sink.ts';
import type { Message, Thread, ThreadRow } from '../../../server/threads/schema.ts';
import { absentAfterMs, followUp, nextStep, unreadAfterMs } from '../../../server/visitors/followUp.ts';
import type { Stored } from '../../../server/visitors/schema.ts';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';
import { letter } from '../../support/cast.ts';
import { freePort } from '../../support/port.ts';
import { makeChat, visit } from '../../support/visitor.ts';

type List<T> = { items: T[] };

const sinks: Sink[] = [];
afterEach(async () => {
  for (const sink of sinks.splice(0)) await sink.close();
});

/** A chat, and a mailbox that sends to a sink and receives by the built-in SMTP receiver. */
async function shopWithMailbox() {
  const sink = await startSink(0);
  sinks.push(sink);
  const smtpPort = await freePort();
  const test = await startApp({ env: { PARLEY_SMTP_PORT: String(smtpPort) } });
  const anna = await test.staff('admin', 'Anna Berg');
  const chat = await makeChat(anna);
  const mailbox = await anna.call<{ id: string }>('POST', '/channels', {
    kind: 'email',
    name: 'Shop',
    config: {
      address: 'shop@parley.example',
      inboundSmtp: true,
      allowInsecure: true,
      smtp: { host: '127.0.0.1', port: sink.smtpPort, secure: false, user: '' },
    },
  });
  const answerByMail = async (from: string, to: Sink['letters'][number], text: string) => {
    const transport = createTransport({
      host: '127.0.0.1',
      port: smtpPort,
      secure: false,
      tls: { rejectUnauthorized: false },
    });
    await transport.sendMail({
      from,
      to: to.replyTo ?? to.from,
      subject: `Re: ${to.subject}`,
      inReplyTo: to.messageId,
      references: [...to.references, to.messageId],
      text,
    });
    transport.close();
  };
  return { test, anna, chat, mailbox, sink, answerByMail };
}

async function answer(test: TestApp, anna: Staff, threadId: string, text: string): Promise<string> {
  const body = { clientKey: randomUUID(), kind: 'reply', text, force: true };
  const { id } = await anna.call<Message>('POST', `/threads/${threadId}/messages`, body);
  await test.settle();
  return id;
}

const whenAbsent = async (test: TestApp, messageId: string) => {
  test.clock.advance(absentAfterMs + 1_000);
  const { db, clock, reply } = test.app.deps;
  await followUp({ db, clock, mailHost: reply.mailHost }, messageId);
  await test.settle();
};

describe('a visitor who left', { timeout: 90_000 }, () => {
  it('gets the answer by e-mail, once, and the answer to that letter is in the same thread', async () => {
    const { test, anna, chat, sink, answerByMail } = await shopWithMailbox();
    const visitor = await visit(test, { channelKey: chat.key });
    const { threadId } = (await visitor.write('Do you repair screens?')) as Stored;
    await visitor.socket.emitWithAck('contact', { email: 'Mira@Client.example', name: 'Mira Olsen' });
    visitor.close();
    const messageId = await answer(test, anna, threadId, 'Yes, in an hour.');
    expect(sink.letters).toEqual([]);
    await whenAbsent(test, messageId);
    await whenAbsent(test, messageId);
    expect(sink.letters).toMatchObject([
      {
        to: ['mira@client.example'],
        text: expect.stringContaining('Yes, in an hour.'),
        subject: 'Parley Phones: Do you repair screens?',
      },
    ]);

    await answerByMail('mira@client.example', sink.letters[0] as Sink['letters'][number], 'Good, I come tomorrow.');
    await test.settle();
    const list = await anna.call<List<Message>>('GET', `/threads/${threadId}/messages`);
    expect(list.items.map((message) => [message.channelKind, message.direction, message.text])).toEqual([
      ['email', 'inbound', 'Good, I come tomorrow.'],
      ['chat', 'outbound', 'Yes, in an hour.'],
      ['chat', 'inbound', 'Do you repair screens?'],
    ]);
    expect((await anna.call<List<ThreadRow>>('GET', '/threads')).items).toHaveLength(1);

    const back = await visit(test, { channelKey: chat.key, visitorToken: visitor.hello.visitorToken });
    expect(back.hello.thread?.messages.map((message) => [message.text, message.via])).toEqual([
      ['Do you repair screens?', 'chat'],
      ['Yes, in an hour.', 'email'],
    ]);
    expect(back.hello.state.email).toBe('mira@client.example');
    back.close();
  });

  it('is answered in the same thread also when the address is another client’s, and learns nothing of theirs', async () => {
    const { test, anna, chat, mailbox, sink, answerByMail } = await shopWithMailbox();
    const [earlier] = await test.app.deps.host.ingest(mailbox.id, { messages: [letter('mira@client.example')] });
    const visitor = await visit(test, { channelKey: chat.key });
    const { threadId } = (await visitor.write('Hello')) as Stored;
    await visitor.socket.emitWithAck('contact', { email: 'mira@client.example' });
    visitor.close();
    await whenAbsent(test, await answer(test, anna, threadId, 'Hello!'));
    await answerByMail('mira@client.example', sink.letters[0] as Sink['letters'][number], 'It is me.');
    await test.settle();
    const list = await anna.call<List<Message>>('GET', `/threads/${threadId}/messages`);
    expect(list.items[0]).toMatchObject({ channelKind: 'email', text: 'It is me.' });
    const [chatThread, mailThread] = await Promise.all(
      [threadId, earlier?.threadId].map((id) => anna.call<Thread>('GET', `/threads/${id}`)),
    );
    expect(chatThread?.clientId).not.toBe(mailThread?.clientId);
    const back = await visit(test, { channelKey: chat.key, visitorToken: visitor.hello.visitorToken });
    expect(back.hello.thread?.messages.map((message) => message.text)).toEqual(['Hello', 'Hello!']);
    back.close();
  });

  it('does not get at another’s letters by naming their address', async () => {
    const { test, anna, chat, mailbox } = await shopWithMailbox();
    const stranger = await visit(test, { channelKey: chat.key });
    const asked = (await stranger.write('Hello')) as Stored;
    await stranger.socket.emitWithAck('contact', { email: 'mira@client.example', name: 'Mira' });
    await anna.call('PUT', `/threads/${asked.threadId}/closure`, {});
    const [private_] = await test.app.deps.host.ingest(mailbox.id, {
      messages: [letter('mira@client.example', { subject: 'My invoice', text: 'Where is it?' })],
    });
    const [chatThread, mailThread] = await Promise.all(
      [asked.threadId, private_?.threadId].map((id) => anna.call<Thread>('GET', `/threads/${id}`)),
    );
    expect(mailThread?.clientId).not.toBe(chatThread?.clientId);
    expect(mailThread?.clientName).not.toBe(chatThread?.clientName);
    // Somebody of ours says that they are one, or that they are not; also then the chat goes on in its own threads.
    const { proposedMerges } = await anna.call<{ proposedMerges: { otherId: string }[] }>(
      'GET',
      `/clients/${mailThread?.clientId}`,
    );
    expect(proposedMerges).toMatchObject([{ otherId: chatThread?.clientId }]);
    await anna.call('POST', `/clients/${mailThread?.clientId}/merge`, { otherId: chatThread?.clientId });
    const next = (await stranger.write('Any news of my invoice?')) as Stored;
    expect(next.threadId).not.toBe(mailThread?.id);
    stranger.close();
  });

  it('gets no letter while they are there, or when they left no address', async () => {
    const { test, anna, chat, sink } = await shopWithMailbox();
    const here = await visit(test, { channelKey: chat.key });
    const { threadId } = (await here.write('Hello')) as Stored;
    await here.socket.emitWithAck('contact', { email: 'here@client.example' });
    const messageId = await answer(test, anna, threadId, 'Hello!');
    await here.until(({ messages }) => messages.length === 1);
    const { db } = test.app.deps;
    await expect.poll(async () => (await db.delivery.findUnique({ where: { messageId } }))?.state).toBe('delivered');
    await whenAbsent(test, messageId);
    const gone = await visit(test, { channelKey: chat.key });
    const other = (await gone.write('Hello')) as Stored;
    gone.close();
    await whenAbsent(test, await answer(test, anna, other.threadId, 'Hello!'));
    expect(sink.letters).toEqual([]);
    // Shown on a screen and not read for minutes: then it goes too.
    test.clock.advance(unreadAfterMs);
    await whenAbsent(test, messageId);
    expect(sink.letters).toMatchObject([{ to: ['here@client.example'] }]);
    here.close();
  });
});

describe('what becomes of an answer in a chat', () => {
  const now = new Date('2026-01-01T12:00:00.000Z');

  it.each([
    ['sent', 0, { do: 'wait', ms: absentAfterMs }],
    ['sent', absentAfterMs, { do: 'mail' }],
    ['delivered', absentAfterMs, { do: 'wait', ms: unreadAfterMs - absentAfterMs }],
    ['delivered', unreadAfterMs, { do: 'mail' }],
    ['read', unreadAfterMs, { do: 'nothing' }],
    ['failed', unreadAfterMs, { do: 'nothing' }],
    ['pending', 0, { do: 'wait', ms: absentAfterMs }],
  ])('%s for %i ms: %o', (state, ms, step) => {
    const at = new Date(now.getTime() - ms);
    expect(nextStep({ state, sentAt: at, updatedAt: at }, now)).toEqual(step);
  });
});
