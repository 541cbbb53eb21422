import { authenticate } from 'mailauth';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseLetter } from '../../server/channels/email/mime/parse.ts';
import { type Staff, startApp, type TestApp } from '../support/app.ts';
import { type Dovecot, hasDovecot, startDovecot } from '../support/dovecot.ts';
import { nameServer, type Records } from '../support/nameServer.ts';
import { hasPostfix, type Postfix, startPostfix } from '../support/postfix.ts';
import { describeWith } from '../support/realPart.ts';
import { makeTnef } from '../support/tnef.ts';
import { until } from '../support/until.ts';

interface Message {
  id: string;
  threadId: string;
  direction: string;
  text: string;
  classification: string;
  delivery: { state: string; error: string | null } | null;
}

interface Signing {
  id: string;
  config: { dkim: { record: { name: string; value: string } } };
}

describeWith('Dovecot and Postfix', hasDovecot && hasPostfix, 'a client writes by mail', () => {
  let dovecot: Dovecot;
  let postfix: Postfix;
  let test: TestApp;
  let mia: Staff;
  let channelId: string;
  let lines = 0;
  let signing: Signing['config']['dkim'];
  const records: Records = {};

  beforeAll(async () => {
    dovecot = await startDovecot();
    postfix = await startPostfix(dovecot.mail, ['shop@shop.example', 'ann@client.example', 'wera@workshop.example']);
    test = await startApp({ keep: true, overrides: { dns: nameServer(records) } });
    mia = await test.staff('admin', 'Mia');
    const login = (port: number) => ({
      host: '127.0.0.1',
      port,
      secure: false,
      user: 'shop',
      password: dovecot.password,
    });
    const channel = await mia.call<Signing>('POST', '/channels', {
      kind: 'email',
      name: 'Riverside',
      config: {
        address: 'shop@shop.example',
        plusAddress: true,
        allowInsecure: true,
        dkim: {},
        imap: login(dovecot.port),
        smtp: { ...login(postfix.port), user: '' },
      },
    });
    channelId = channel.id;
    signing = channel.config.dkim;
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

  const write = (letter: SendMailOptions) =>
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

  it('and what Outlook packed into winmail.dat can be opened', { timeout: 60_000 }, async () => {
    const packed = makeTnef({ files: [{ title: 'Invoice.pdf', data: Buffer.from('%PDF-1.4 invoice') }] });
    await write({
      from: 'Ann <ann@client.example>',
      subject: 'My invoice',
      text: 'See the invoice.',
      attachments: [{ filename: 'winmail.dat', contentType: 'application/ms-tnef', content: Buffer.from(packed) }],
    });
    const threadId = await threadAbout('My invoice');
    const [message] = await messages(threadId);
    expect(message).toMatchObject({
      text: 'See the invoice.',
      attachments: [{ name: 'Invoice.pdf', type: 'application/pdf' }, { name: 'winmail.dat' }],
    });
  });

  it('and our answer is signed, as the DNS lets anybody check', { timeout: 60_000 }, async () => {
    await write({ from: 'Ann <ann@client.example>', subject: 'Signed?', text: 'Who are you?' });
    const threadId = await threadAbout('Signed?');
    await reply(threadId, 'Us – Größe, Preis, alles.\n.\nYours');
    const letters = () => dovecot.letters('ann').filter((raw) => raw.includes('Subject: Re: Signed?'));
    const [raw = ''] = await until(letters, (found) => found.length === 1, 40_000);
    const checked = async (letter: string) => {
      const { dkim, dmarc } = await authenticate(Buffer.from(letter), {
        ip: '192.0.2.1',
        helo: 'mx.test.example',
        sender: 'shop@shop.example',
        resolver: nameServer({
          'shop.example TXT': [['v=spf1 -all']],
          '_dmarc.shop.example TXT': [['v=DMARC1; p=reject']],
          [`${signing.record.name} TXT`]: [signing.record.value.match(/.{1,255}/g) ?? []],
        }),
      });
      const { status, signingDomain } = dkim.results[0] ?? {};
      return [status?.result, signingDomain, dmarc === false ? null : dmarc?.status.result];
    };
    expect(await checked(raw)).toEqual(['pass', 'shop.example', 'pass']);
    expect(await checked(raw.replace('Subject: Re: Signed?', 'Subject: Pay here'))).toEqual([
      'fail',
      'shop.example',
      'fail',
    ]);
  });

  it('and the key of the signature is told to nobody', async () => {
    const row = await test.app.deps.db.channel.findUniqueOrThrow({ where: { id: channelId } });
    expect(JSON.stringify([row.config, await mia.call('GET', `/channels/${channelId}`)])).not.toMatch(/PRIVATE/);
    const step = async () =>
      (
        await mia.call<{ steps: { name: string; ok: boolean; message: string }[] }>(
          'POST',
          `/channels/${channelId}/test`,
        )
      ).steps.find((one) => one.name === 'Signing (DKIM)');
    expect(await step()).toMatchObject({ ok: false, message: expect.stringContaining(signing.record.name) });
    records[`${signing.record.name} TXT`] = [['v=DKIM1; k=rsa; p=AAAA']];
    expect(await step()).toMatchObject({ ok: false, message: expect.stringContaining('another key') });
    records[`${signing.record.name} TXT`] = [signing.record.value.match(/.{1,255}/g) ?? []];
    expect(await step()).toMatchObject({ ok: true });

    const edit = (dkim: object | null) =>
      mia.call<Signing>('PATCH', `/channels/${channelId}`, { config: { dkim } }).then((channel) => channel.config.dkim);
    expect((await edit({ selector: 'second' })).record.value).toBe(signing.record.value);
    expect((await edit({ privateKey: '' })).record.value).not.toBe(signing.record.value);
    await expect(
      edit({ privateKey: '-----BEGIN PRIVATE KEY-----\nnone\n-----END PRIVATE KEY-----' }),
    ).rejects.toThrow();
    expect(await edit(null)).toBeNull();
  });

  it('and a colleague in the workshop answers what is asked about it, from her mail program', {
    timeout: 90_000,
  }, async () => {
    const wera = await test.staff('consultant', 'Wera');
    await test.app.deps.db.user.update({ where: { id: wera.id }, data: { email: 'wera@workshop.example' } });
    await write({ from: 'Ann <ann@client.example>', subject: 'It is dead', text: 'After three weeks.' });
    const threadId = await threadAbout('It is dead');
    const question = `Is it a battery fault? ${'Look at the pictures first. '.repeat(20)}`;
    await mia.call('POST', `/threads/${threadId}/requests`, { text: question, toUserId: wera.id });
    const other = await mia.call<{ id: string }>('POST', `/threads/${threadId}/requests`, {
      text: question,
      toUserId: wera.id,
      byMail: true,
    });
    const [raw = ''] = await until(
      () => dovecot.letters('wera'),
      (letters) => letters.length > 0,
      40_000,
    );
    const asked = await parseLetter(Buffer.from(raw));
    expect(asked.text).toContain(question.trim());
    const answer = { subject: `Re: ${asked.subject}`, inReplyTo: asked.messageId ?? '', text: 'Yes, under warranty.' };
    // Her mail program says that she is away, and a reply comes without a word of hers: the question stays open.
    const away = { subject: `Automatic reply: ${asked.subject}`, text: 'I am away.' };
    const automatic = { headers: { 'Auto-Submitted': 'auto-replied' } };
    await write({ from: 'Wera <wera@workshop.example>', ...away, ...automatic, inReplyTo: asked.messageId ?? '' });
    await write({
      from: 'Wera <wera@workshop.example>',
      ...away,
      ...automatic,
      text: 'Still away.',
      references: asked.messageId ?? '',
    });
    const quoted = `On 1 June 2026 at 13:00 Parley wrote:\n> ${question.trim()}\n`;
    await write({ from: 'Wera <wera@workshop.example>', ...answer, text: quoted });
    await until(
      () => messages(threadId),
      (rows) => rows.filter((one) => one.direction === 'note').length === 3,
    );
    const states = async () =>
      (await mia.call<{ items: { state: string }[] }>('GET', `/threads/${threadId}/requests`)).items;
    expect((await states()).map(({ state }) => state)).toEqual(['open', 'open']);
    const { db } = test.app.deps;
    expect(await db.identity.count({ where: { value: 'wera@workshop.example' } })).toBe(0);
    // A stranger who got hold of the letter answers nothing.
    await write({ from: 'Eve <eve@client.example>', ...answer });
    await write({ from: 'Wera <wera@workshop.example>', ...answer });
    await threadAbout(answer.subject);
    const notes = await until(
      () => messages(threadId),
      (rows) => rows.some((one) => one.text === 'Yes, under warranty.'),
    );
    expect(notes.map(({ direction, classification, text }) => [direction, classification, text.trim()]).sort()).toEqual(
      [
        ['inbound', 'person', 'After three weeks.'],
        ['note', 'autoReply', 'I am away.'],
        ['note', 'autoReply', 'Still away.'],
        ['note', 'person', ''],
        ['note', 'person', 'Yes, under warranty.'],
      ],
    );
    const { items } = await mia.call<{ items: object[] }>('GET', `/threads/${threadId}/requests`);
    expect(items).toMatchObject([
      { id: other.id, state: 'answered', answer: 'Yes, under warranty.', answeredById: wera.id },
      { state: 'open' },
    ]);
    expect(dovecot.letters('wera')).toHaveLength(1);
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
