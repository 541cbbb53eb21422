import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseLetter } from '../../server/channels/email/mime/parse.ts';
import { type Staff, startApp, type TestApp } from '../support/app.ts';
import { type Dovecot, hasDovecot, startDovecot } from '../support/dovecot.ts';
import { hasPostfix, type Postfix, startPostfix } from '../support/postfix.ts';
import { describeWith } from '../support/realPart.ts';
import { until } from '../support/until.ts';

interface Message {
  id: string;
  threadId: string;
  direction: string;
  text: string;
  classification: string;
  delivery: { state: string; error: string | null } | null;
}

describeWith('Dovecot and Postfix', hasDovecot && hasPostfix, 'a client writes by mail', () => {
  let dovecot: Dovecot;
  let postfix: Postfix;
  let test: TestApp;
  let mia: Staff;
  let channelId: string;
  let lines = 0;

  beforeAll(async () => {
    dovecot = await startDovecot();
    postfix = await startPostfix(dovecot.mail, ['shop@shop.example', 'ann@client.example']);
    test = await startApp({ keep: true });
    mia = await test.staff('admin', 'Mia');
    const login = (port: number) => ({
      host: '127.0.0.1',
      port,
      secure: false,
      user: 'shop',
      password: dovecot.password,
    });
    const channel = await mia.call<{ id: string }>('POST', '/channels', {
      kind: 'email',
      name: 'Riverside',
      config: {
        address: 'shop@shop.example',
        plusAddress: true,
        allowInsecure: true,
        imap: login(dovecot.port),
        smtp: { ...login(postfix.port), user: '' },
      },
    });
    channelId = channel.id;
    await test.app.deps.receivers?.refresh();
    await until(
      () => mia.call<{ state: string }>('GET', `/channels/${channelId}/health`),
      (health) => health.state === 'ok',
    );
  });
  afterAll(async () => {
    await test?.stop();
    await postfix?.remove();
    await dovecot?.remove();
  });

  const write = (letter: { from: string; subject: string; text: string; to?: string; inReplyTo?: string }) =>
    createTransport({
      host: '127.0.0.1',
      port: postfix.port,
      secure: false,
      ignoreTLS: true,
      socketTimeout: 10_000,
    }).sendMail({
      to: 'shop@shop.example',
      ...letter,
    });
  const threads = () =>
    mia.call<{ items: { id: string; subject: string; status: string; messageCount: number }[] }>(
      'GET',
      '/threads?limit=100',
    );
  const messages = async (threadId: string) =>
    (await mia.call<{ items: Message[] }>('GET', `/threads/${threadId}/messages?limit=100`)).items;
  const threadAbout = async (subject: string) => {
    const list = await until(threads, ({ items }) => items.some((one) => one.subject === subject));
    return list.items.find((one) => one.subject === subject)?.id ?? '';
  };
  const reply = async (threadId: string, text: string, more: object = {}) => {
    const sent = await mia.call<{ id: string }>('POST', `/threads/${threadId}/messages`, {
      clientKey: `00000000-0000-4000-8000-${String(++lines).padStart(12, '0')}`,
      kind: 'reply',
      text,
      force: true,
      ...more,
    });
    test.clock.advance(15_000);
    await test.app.deps.schedule.runAll();
    return sent.id;
  };

  it('and the answer reaches their mailbox, and their answer comes back to the same thread', {
    timeout: 90_000,
  }, async () => {
    await write({
      from: 'Ann <ann@client.example>',
      subject: 'Is it in stock?',
      text: 'Hello, is the blue one in stock?',
    });
    const threadId = await threadAbout('Is it in stock?');
    await reply(threadId, 'Yes, two of them.');
    const [raw = ''] = await until(
      () => dovecot.letters('ann'),
      (letters) => letters.length === 1,
      40_000,
    );
    const answer = await parseLetter(Buffer.from(raw));
    expect(answer.subject).toBe('Re: Is it in stock?');
    expect(answer.text).toContain('Yes, two of them.');
    await write({
      from: 'Ann <ann@client.example>',
      to: answer.replyTo[0]?.address ?? '',
      subject: 'AW: Is it in stock?',
      inReplyTo: answer.messageId ?? '',
      text: 'Great, I take one.\n\nAm 03.04.2024 um 16:19 schrieb Riverside:\n> Yes, two of them.',
    });
    const all = await until(
      () => messages(threadId),
      (rows) => rows.length === 3,
    );
    expect(all.map((one) => one.text).sort()).toEqual([
      'Great, I take one.',
      'Hello, is the blue one in stock?',
      'Yes, two of them.',
    ]);
  });

  it('and a real bounce of our answer marks it', { timeout: 90_000 }, async () => {
    await write({ from: 'Ghost <ghost@client.example>', subject: 'Nobody here', text: 'Hello' });
    const threadId = await threadAbout('Nobody here');
    const answerId = await reply(threadId, 'Are you there?');
    const all = await until(
      () => messages(threadId),
      (rows) => rows.some((one) => one.classification === 'bounce'),
      40_000,
    );
    const answer = all.find((one) => one.id === answerId);
    expect(answer?.delivery).toMatchObject({ state: 'failed' });
    expect(answer?.delivery?.error).toMatch(/5\.1\.1 userunknown/);
  });

  it('and an address that is refused at once fails the answer in words', { timeout: 60_000 }, async () => {
    await write({ from: 'Dead <dead@client.example>', subject: 'Dead end', text: 'Hello' });
    const threadId = await threadAbout('Dead end');
    const answerId = await reply(threadId, 'Hello?');
    const all = await until(
      () => messages(threadId),
      (rows) => rows.some((one) => one.id === answerId && one.delivery?.state === 'failed'),
      40_000,
    );
    expect(all.find((one) => one.id === answerId)?.delivery?.error).toMatch(/refused it: .*User unknown/);
  });
});
