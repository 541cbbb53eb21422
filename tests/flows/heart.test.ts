import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { InboundMessage } from '../../server/channels/channel.ts';
import type { Message, Thread, ThreadRow } from '../../server/threads/schema.ts';
import { startApp } from '../support/app.ts';
import { letter, makeChannel, telegramText } from '../support/cast.ts';
import { startSmtpScript } from '../support/smtpScript.ts';

type List<T> = { items: T[]; nextCursor: string | null };

describe('a message on its way in', () => {
  it('becomes a thread that the inbox lists, with its clock from the time it arrived', async () => {
    const test = await startApp();
    const mira = await test.staff('manager', 'Mira');
    const channel = await makeChannel(test, 'email', { targetMs: 15 * 60_000 });
    const arrivedAt = new Date(test.clock.now().getTime() - 5 * 60_000);
    await test.app.deps.host.ingest(channel, {
      messages: [letter('anna@client.example', { arrivedAt, subject: 'Broken screen' })],
      cursor: { name: 'INBOX', position: { uid: 7 } },
    });

    const list = await mira.call<List<ThreadRow>>('GET', '/threads');
    expect(list.items).toMatchObject([
      {
        clientName: 'anna',
        subject: 'Broken screen',
        status: 'open',
        waitingSince: arrivedAt.toISOString(),
        dueAt: new Date(arrivedAt.getTime() + 15 * 60_000).toISOString(),
      },
    ]);
    expect(await test.app.deps.host.cursor(channel, 'INBOX')).toEqual({ uid: 7 });
    expect(await mira.call('GET', '/threads/counts')).toMatchObject({ mine: 0, unassigned: 1, all: 1, waiting: 1 });
  });

  it('is stored once, however often it is delivered, by several processes at once', async () => {
    const test = await startApp();
    const channel = await makeChannel(test, 'email');
    const second = await startApp({ databaseUrl: test.databaseUrl });
    const letters = Array.from({ length: 20 }, (_, index) =>
      letter(`c${index % 4}@client.example`, { subject: `Matter ${index}` }),
    );
    await Promise.all(
      [test, second, test, second].map((app, index) =>
        app.app.deps.host.ingest(channel, { messages: index % 2 === 0 ? letters : [...letters].reverse() }),
      ),
    );
    expect(await test.app.deps.db.message.count()).toBe(20);
    expect(await test.app.deps.db.client.count()).toBe(4);
    expect(await test.app.deps.db.event.count({ where: { type: 'message.received' } })).toBe(20);
    await second.stop();
  });

  it('goes on in the thread it answers, and a stranger who quotes our reference does not', async () => {
    const test = await startApp();
    const channel = await makeChannel(test, 'email');
    const first = letter('anna@client.example');
    const { host, db } = test.app.deps;
    const [opened] = await host.ingest(channel, { messages: [first] });
    const [answer] = await host.ingest(channel, {
      messages: [letter('anna@client.example', { subject: 'Re: something else', references: [first.messageId ?? ''] })],
    });
    const [stranger] = await host.ingest(channel, {
      messages: [letter('mallory@evil.example', { subject: 'Re: A question', references: [first.messageId ?? ''] })],
    });
    expect(answer?.threadId).toBe(opened?.threadId);
    expect(stranger?.threadId).not.toBe(opened?.threadId);
    expect(await db.thread.count()).toBe(2);
  });

  it('goes on in the thread whose answers came before it, and a list is a company of its own', async () => {
    const test = await startApp();
    const channel = await makeChannel(test, 'email');
    const { host, db } = test.app.deps;
    const email = (value: string) => ({ kind: 'email' as const, value, verified: false });
    const list = 'users@lists.example';
    const question = letter('anna@client.example', { to: [email(list)] });
    const answer = letter('bob@client.example', {
      to: [email('anna@client.example')],
      cc: [email(list)],
      lists: [list],
      references: [question.messageId ?? ''],
    });
    const second = letter('carla@client.example', { to: [email(list)], references: [question.messageId ?? ''] });
    const stranger = letter('mallory@evil.example', { references: [question.messageId ?? ''] });
    const outcomes = [];
    for (const one of [answer, stranger, second, question])
      outcomes.push(...(await host.ingest(channel, { messages: [one] })));
    const [first, evil, third, last] = outcomes;
    expect(third?.threadId).toBe(first?.threadId);
    expect(last?.threadId).toBe(first?.threadId);
    expect(evil?.threadId).not.toBe(first?.threadId);
    // The same in one batch, from other people.
    const other = (value: string) => value.replace(/^(<?)/, '$1other-');
    const others = [answer, second, question].map((one) => ({
      ...one,
      externalId: other(one.externalId),
      raw: null,
      messageId: other(one.messageId ?? ''),
      references: one.references.map(other),
      from: one.from.map((who) => ({ ...who, value: other(who.value) })),
      to: one.to.map((who) => ({ ...who, value: who.value === list ? list : other(who.value) })),
    }));
    const stored = await host.ingest(channel, { messages: others });
    expect(new Set(stored.map((one) => one.threadId)).size).toBe(1);
    expect(await db.thread.count()).toBe(3);
  });

  it('of a colleague who answers from an own mail program stands in the thread as ours', async () => {
    const test = await startApp();
    const mira = await test.staff('manager', 'Mira');
    const channel = await makeChannel(test, 'email');
    const { host, db } = test.app.deps;
    const { email: address } = await db.user.findFirstOrThrow({ where: { name: 'Mira' } });
    const question = letter('anna@client.example');
    const [opened] = await host.ingest(channel, { messages: [question] });
    const anna = { kind: 'email' as const, value: 'anna@client.example', verified: false };
    const references = [question.messageId ?? ''];
    const answer = letter(address, { subject: 'Re: A question', text: 'Yes, two.', to: [anna], references });
    const [answered] = await host.ingest(channel, { messages: [answer] });
    expect(answered).toMatchObject({ outcome: 'stored', threadId: opened?.threadId });
    const [noted] = await host.ingest(channel, {
      messages: [letter(address, { subject: 'Re: A question', text: 'Watch the stock.', references })],
    });
    expect(noted?.threadId).toBe(opened?.threadId);
    const shown = await mira.call<List<Message>>('GET', `/threads/${opened?.threadId}/messages`);
    expect(shown.items.map(({ direction, text, author }) => [direction, text, author.kind])).toEqual(
      expect.arrayContaining([
        ['outbound', 'Yes, two.', 'user'],
        ['note', 'Watch the stock.', 'user'],
      ]),
    );
    const thread = await mira.call<ThreadRow>('GET', `/threads/${opened?.threadId}`);
    expect(thread.waitingSince).toBeNull();
    expect(await db.client.count()).toBe(1);
    // Their mail program answers an alert's letter and names nothing: it stands where they were told last.
    const now = test.clock.now();
    await db.notification.create({
      data: {
        id: randomUUID(),
        userId: mira.id,
        kind: 'breach',
        cause: 'breach:mailed',
        threadId: opened?.threadId ?? null,
        data: {},
        mailedAt: now,
        showAt: now,
        createdAt: now,
      },
    });
    const [absent] = await host.ingest(channel, {
      messages: [letter(address, { subject: 'Automatic reply', text: 'I am away.', classification: 'autoReply' })],
    });
    expect(absent).toMatchObject({ outcome: 'stored', threadId: opened?.threadId });
    expect(await db.client.count()).toBe(1);
    // What DMARC calls forged is nobody's colleague.
    const [forged] = await host.ingest(channel, {
      messages: [letter(address, { to: [anna], references, authentication: { dmarc: 'fail' } })],
    });
    expect(forged?.threadId).not.toBe(opened?.threadId);
    // The client answers the colleague's own letter.
    const [goesOn] = await host.ingest(channel, {
      messages: [letter('anna@client.example', { subject: 'Thanks', references: [answer.messageId ?? ''] })],
    });
    expect(goesOn?.threadId).toBe(opened?.threadId);
  });

  it('from our own mailbox is ours where it goes on with a client, and anybody’s where it does not', async () => {
    const test = await startApp();
    const mira = await test.staff('manager', 'Mira');
    const channel = await makeChannel(test, 'email', { config: { aliases: ['info@parley.example'] } });
    const { host } = test.app.deps;
    const own = { kind: 'email' as const, value: 'shop@parley.example', verified: false };
    const anna = { ...own, value: 'anna@client.example' };
    // A form on our site that writes under our address: each is a matter of its own kind, seen and waited for.
    const form = { subject: 'Contact form', to: [own] };
    const forms = await host.ingest(channel, { messages: [letter('shop@parley.example', form)] });
    forms.push(...(await host.ingest(channel, { messages: [letter('shop@parley.example', form)] })));
    for (const { outcome, threadId } of forms) {
      expect(outcome).toBe('stored');
      expect((await mira.call<ThreadRow>('GET', `/threads/${threadId}`)).waitingSince).not.toBeNull();
    }
    // A colleague who writes from the mailbox by another program, with a copy to it.
    const question = letter('anna@client.example');
    const [opened] = await host.ingest(channel, { messages: [question] });
    const answer = letter('info@parley.example', {
      text: 'Yes.',
      to: [anna, own],
      references: [question.messageId ?? ''],
    });
    const [answered] = await host.ingest(channel, { messages: [answer] });
    expect(answered?.threadId).toBe(opened?.threadId);
    const shown = await mira.call<List<Message>>('GET', `/threads/${opened?.threadId}/messages`);
    expect(shown.items.find((one) => one.text === 'Yes.')).toMatchObject({
      direction: 'outbound',
      author: { kind: 'user', name: 'The email' },
    });
    expect((await mira.call<ThreadRow>('GET', `/threads/${opened?.threadId}`)).waitingSince).toBeNull();
    // It answered the client, and nothing says which of ours it was. Where the account or the name says it, it is theirs.
    const creditOf = async (more: Partial<InboundMessage>) => {
      const asks = letter('anna@client.example', {
        references: [question.messageId ?? ''],
        arrivedAt: test.clock.now(),
      });
      await host.ingest(channel, { messages: [asks] });
      const says = { to: [anna], references: [asks.messageId ?? ''], arrivedAt: test.clock.now(), ...more };
      const [stored] = await host.ingest(channel, { messages: [letter('info@parley.example', says)] });
      const row = await test.app.deps.db.response.findFirst({ where: { messageId: stored?.messageId ?? '' } });
      return row?.userId;
    };
    await mira.call('PUT', `/threads/${opened?.threadId}/assignment`, { userId: 'me' });
    expect(await creditOf({})).toBeNull();
    expect(await creditOf({ sentBy: ['nobody@parley.example'] })).toBeNull();
    expect(await creditOf({ sentBy: [mira.email] })).toBe(mira.id);
    const named = { ...own, value: 'info@parley.example', verified: true };
    expect(await creditOf({ from: [{ ...named, name: 'Mira via Parley Phones' }] })).toBe(mira.id);
    expect(await creditOf({ from: [{ ...named, name: 'Parley Phones' }] })).toBeNull();
    const forged = letter('shop@parley.example', {
      to: [anna],
      references: [question.messageId ?? ''],
      authentication: { dmarc: 'fail' },
    });
    const [refused] = await host.ingest(channel, { messages: [forged] });
    expect(refused?.threadId).not.toBe(opened?.threadId);
    // Who only knows her address and the subject, and is proven by nothing, does not answer for us.
    const again = letter('anna@client.example', { subject: 'Broken phone' });
    const [asked] = await host.ingest(channel, { messages: [again] });
    const from = [{ ...own, name: 'Shop' }];
    const more = { from, to: [anna], cc: [own], subject: 'Re: Broken phone' };
    const strangers = [
      letter('shop@parley.example', more),
      letter('shop@parley.example', { ...more, authentication: { spf: 'none', dmarc: 'none' } }),
      letter('shop@parley.example', {
        ...more,
        references: [again.messageId ?? ''],
        authentication: { spf: 'none', dmarc: 'none' },
      }),
    ];
    for (const one of strangers) {
      const [stored] = await host.ingest(channel, { messages: [one] });
      expect(stored).toMatchObject({ outcome: 'stored' });
      expect(stored?.threadId).not.toBe(asked?.threadId);
    }
    expect((await mira.call<ThreadRow>('GET', `/threads/${asked?.threadId}`)).waitingSince).not.toBeNull();
    // An answer of ours to our own address comes back, and nothing comes of it.
    const before = await test.app.deps.db.message.count();
    const reply = await mira.call<{ id: string }>('POST', `/threads/${forms[0]?.threadId}/messages`, {
      clientKey: '0198a000-0000-7000-8000-00000000abcd',
      kind: 'reply',
      text: 'Who are you?',
      force: true,
    });
    const { externalId } = await test.app.deps.db.message.findUniqueOrThrow({ where: { id: reply.id } });
    const [back] = await host.ingest(channel, {
      messages: [letter('shop@parley.example', { messageId: externalId, to: [own], text: 'Who are you?' })],
    });
    expect(back?.outcome).toBe('own');
    expect(await test.app.deps.db.message.count()).toBe(before + 1);
  });

  it('joins the client’s open thread when it comes by messenger', async () => {
    const test = await startApp();
    const channel = await makeChannel(test, 'telegram');
    const { host, db } = test.app.deps;
    await host.ingest(channel, { messages: [telegramText('42', 'Hello')] });
    await host.ingest(channel, { messages: [telegramText('42', 'Anybody?')] });
    await host.ingest(channel, { messages: [telegramText('43', 'Me too')] });
    expect(await db.thread.count()).toBe(2);
  });

  it('is quarantined alone when the database refuses it, and the rest of its batch is stored', async () => {
    const test = await startApp();
    const channel = await makeChannel(test, 'email');
    // jsonb holds no NUL: stands for whatever PostgreSQL may refuse.
    const bad = letter('bad@client.example', { detail: { why: 'a\u0000b' } });
    const outcomes = await test.app.deps.host.ingest(channel, { messages: [letter('good@client.example'), bad] });
    expect(outcomes.map((item) => item.outcome)).toEqual(['stored', 'quarantined']);
    expect(await test.app.deps.db.receipt.findFirst({ where: { outcome: 'quarantined' } })).toMatchObject({
      externalId: bad.externalId,
      rawKey: expect.any(String),
    });
    expect(await test.app.deps.db.message.count({ where: { authorAddress: 'good@client.example' } })).toBe(1);

    // So is one that meets a row which no trying again takes out of the way.
    await test.app.deps.db.$executeRaw`CREATE UNIQUE INDEX once ON message (text) WHERE text = 'once'`;
    const twice = [letter('one@client.example', { text: 'once' }), letter('two@client.example', { text: 'once' })];
    const stored = await test.app.deps.host.ingest(channel, { messages: [...twice, letter('good@client.example')] });
    expect(stored.map((item) => item.outcome)).toEqual(['stored', 'quarantined', 'stored']);
  });
});

describe('a reply on its way out', () => {
  it('is refused while the client has written something that its writer has not seen', async () => {
    const test = await startApp();
    const mira = await test.staff('manager', 'Mira');
    const channel = await makeChannel(test, 'email');
    const { host } = test.app.deps;
    const first = letter('anna@client.example');
    const [opened] = await host.ingest(channel, { messages: [first] });
    const threadId = opened?.threadId ?? '';
    await host.ingest(channel, {
      messages: [letter('anna@client.example', { text: 'Wait!', references: [first.messageId ?? ''] })],
    });

    const blind = { clientKey: randomUUID(), kind: 'reply', text: 'Yes.' };
    expect(await mira.ask('POST', `/threads/${threadId}/messages`, blind)).toMatchObject({
      status: 422,
      body: { code: 'thread.seenMissing' },
    });
    const stale = { ...blind, seenMessageId: opened?.messageId };
    expect(await mira.ask('POST', `/threads/${threadId}/messages`, stale)).toMatchObject({
      status: 409,
      body: { code: 'thread.newMessage', newMessages: [{ text: 'Wait!' }] },
    });
    const sent = await mira.call<Message>('POST', `/threads/${threadId}/messages`, { ...stale, force: true }, 201);
    expect(sent).toMatchObject({ direction: 'outbound', text: 'Yes.', delivery: { state: 'pending' } });
    expect(
      await mira.call<Message>('POST', `/threads/${threadId}/messages`, { ...stale, force: true }, 201),
    ).toMatchObject({ id: sent.id });
    expect(await mira.call<Thread>('GET', `/threads/${threadId}`)).toMatchObject({
      waitingSince: null,
      assigneeId: mira.id,
      messageCount: 3,
    });
  });

  it('is refused when a colleague has answered what its writer still reads; own further words are not', async () => {
    const test = await startApp();
    const mira = await test.staff('manager', 'Mira');
    const samir = await test.staff('supervisor', 'Samir');
    const channel = await makeChannel(test, 'email');
    const [opened] = await test.app.deps.host.ingest(channel, { messages: [letter('anna@client.example')] });
    const path = `/threads/${opened?.threadId}/messages`;
    const answer = (text: string, more = {}) => ({
      clientKey: randomUUID(),
      kind: 'reply',
      text,
      seenMessageId: opened?.messageId,
      ...more,
    });
    // Both at once: one of them gets through, the other reads what went out.
    const both = await Promise.all([
      mira.ask('POST', path, answer('Mira says yes.')),
      samir.ask('POST', path, answer('Samir says no.')),
    ]);
    expect(both.map((each) => each.status).sort()).toEqual([201, 409]);
    const [first, second] = both[0]?.status === 201 ? [mira, samir] : [samir, mira];
    expect(both.find((each) => each.status === 409)?.body).toMatchObject({
      code: 'thread.newMessage',
      answeredBy: first === mira ? 'Mira' : 'Samir',
      newMessages: [{ direction: 'outbound', author: { userId: first.id } }],
    });
    // A second thought of one's own, and a note of anybody, stop nobody.
    await first.call('POST', path, answer('And one more thing.'), 201);
    await second.call('POST', path, { ...answer('I would say otherwise'), kind: 'note' }, 201);
    await first.call('POST', path, answer('That was all.'), 201);
    expect(await second.ask('POST', path, answer('Once more.'))).toMatchObject({
      status: 409,
      body: { newMessages: [{ direction: 'outbound' }, { direction: 'outbound' }, { text: 'That was all.' }] },
    });
    const { items } = await second.call<List<Message>>('GET', path);
    await second.call('POST', path, answer('Seen it all.', { seenMessageId: items[0]?.id }), 201);
    await first.call('POST', path, answer('All the same.', { force: true }), 201);
  });

  it('waits for what it cannot reach now, and says whom it did not reach at all', async () => {
    const smtp = await startSmtpScript();
    const test = await startApp();
    const mira = await test.staff('manager', 'Mira');
    const channel = await makeChannel(test, 'email', {
      config: {
        address: 'shop@parley.example',
        allowInsecure: true,
        smtp: { host: '127.0.0.1', port: smtp.port, secure: false },
      },
    });
    const question = letter('anna@client.example', {
      arrivedAt: test.clock.now(),
      replyTo: [{ kind: 'email', value: 'desk@client.example', verified: false }],
    });
    const [stored] = await test.app.deps.host.ingest(channel, { messages: [question] });
    const path = `/threads/${stored?.threadId}`;
    const write = async (more: object) => {
      const body = { clientKey: randomUUID(), kind: 'reply', text: 'Yes.', force: true, ...more };
      const { id } = await mira.call<{ id: string }>('POST', `${path}/messages`, body, 201);
      return id;
    };
    const go = async (ms: number) => {
      test.clock.advance(ms);
      await test.app.deps.schedule.runAll();
      await test.settle();
    };
    const stateOf = async (id: string) => {
      const { items } = await mira.call<List<Message>>('GET', `${path}/messages`);
      const { state, error, attempts } = items.find((one) => one.id === id)?.delivery ?? {};
      return { state, error, attempts };
    };
    const waits = async () => (await mira.call<ThreadRow>('GET', path)).waitingSince !== null;
    const hour = 60 * 60_000;
    const day = 24 * hour;

    const past = {
      clientKey: randomUUID(),
      kind: 'reply',
      text: 'Yes.',
      force: true,
      sendAt: new Date(0).toISOString(),
    };
    expect((await mira.ask('POST', `${path}/messages`, past)).status).toBe(422);
    smtp.recipients['bob@client.example'] = '451 4.7.1 Greylisted';
    const sendAt = new Date(test.clock.now().getTime() + 2 * day).toISOString();
    const later = await write({ sendAt, cc: ['bob@client.example'] });
    // Written for later it answers nobody yet; and what the client writes meanwhile it has not answered when it goes.
    expect(await waits()).toBe(true);
    test.clock.advance(hour);
    const meanwhile = test.clock.now();
    const again = { arrivedAt: meanwhile, replyTo: question.replyTo, references: [question.messageId ?? ''] };
    await test.app.deps.host.ingest(channel, { messages: [letter('anna@client.example', again)] });
    await go(2 * day + 1_000 - hour);
    expect(await stateOf(later)).toMatchObject({
      state: 'retry',
      error: expect.stringContaining('bob@client.example'),
    });
    smtp.recipients = {};
    await go(60_000);
    expect(await stateOf(later)).toMatchObject({ state: 'sent', error: null, attempts: 2 });
    expect(await mira.call<ThreadRow>('GET', path)).toMatchObject({ waitingSince: meanwhile.toISOString() });
    const first = await test.app.deps.db.response.findFirstOrThrow({ where: { messageId: later } });
    expect(first).toMatchObject({ measure: 'first', userId: mira.id });
    expect(first.clockMs).toBeGreaterThan(2 * day);
    expect(smtp.envelopes).toEqual([['desk@client.example'], ['bob@client.example']]);

    await test.app.deps.host.ingest(channel, {
      messages: [
        letter('anna@client.example', {
          text: 'And now?',
          replyTo: [{ kind: 'email', value: 'desk@client.example', verified: false }],
        }),
      ],
    });
    smtp.recipients['desk@client.example'] = '550 5.1.1 No such user';
    const lost = await write({ cc: ['bob@client.example'] });
    expect(await waits()).toBe(false);
    await go(60_000);
    expect(await stateOf(lost)).toMatchObject({ state: 'failed', error: expect.stringContaining('No such user') });
    expect(smtp.envelopes.at(-1)).toEqual(['bob@client.example']);
    expect(await waits()).toBe(true);
    smtp.recipients = {};
    await mira.call('POST', `/messages/${lost}/delivery/retry`, {});
    expect(await waits()).toBe(false);
    await go(60_000);
    expect(await stateOf(lost)).toMatchObject({ state: 'sent' });
    expect(smtp.envelopes.at(-1)).toEqual(['desk@client.example']);

    const undone = await write({ text: 'Wrong words' });
    await mira.call('PUT', `${path}/draft`, {
      kind: 'reply',
      text: 'begun elsewhere',
      channelId: null,
      attachmentIds: [],
    });
    await mira.call('DELETE', `${path}/messages/${undone}/delivery`);
    expect(await mira.call<{ text: string }>('GET', `${path}/draft`)).toMatchObject({
      text: 'Wrong words\n\nbegun elsewhere',
    });
    await smtp.close();
  });

  it('can be taken back within its window, and then the client still waits', async () => {
    const test = await startApp();
    const mira = await test.staff('manager', 'Mira');
    const channel = await makeChannel(test, 'email');
    const [opened] = await test.app.deps.host.ingest(channel, { messages: [letter('anna@client.example')] });
    const threadId = opened?.threadId ?? '';
    const sent = await mira.call<Message>('POST', `/threads/${threadId}/messages`, {
      clientKey: randomUUID(),
      kind: 'reply',
      text: 'Oops',
      force: true,
    });
    await mira.call('DELETE', `/threads/${threadId}/messages/${sent.id}/delivery`);
    const thread = await mira.call<Thread>('GET', `/threads/${threadId}`);
    expect(thread.waitingSince).not.toBeNull();
    expect((await mira.call<List<Message>>('GET', `/threads/${threadId}/messages`)).items).toHaveLength(1);
    expect(await mira.call('GET', `/threads/${threadId}/draft`)).toMatchObject({ text: 'Oops' });

    // What the composer held comes back, not what was made of it; and the same words cannot be sent again by a repetition.
    const written = {
      kind: 'reply',
      text: 'See **this**',
      channelId: null,
      attachmentIds: [],
      cc: ['bo@client.example'],
      bcc: [],
      quoteId: null,
      suggestionId: null,
    };
    const body = {
      clientKey: randomUUID(),
      kind: 'reply',
      text: 'See this\n\nMira, Parley',
      html: '<p>See <strong>this</strong></p><p>Mira, Parley</p>',
      cc: written.cc,
      force: true,
      written,
    };
    const again = await mira.call<Message>('POST', `/threads/${threadId}/messages`, body);
    await mira.call('DELETE', `/threads/${threadId}/draft`);
    await mira.call('DELETE', `/threads/${threadId}/messages/${again.id}/delivery`);
    expect(await mira.call('GET', `/threads/${threadId}/draft`)).toEqual(written);
    const late = await mira.ask('POST', `/threads/${threadId}/messages`, body);
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({ code: 'message.undone' });
    expect((await mira.call<List<Message>>('GET', `/threads/${threadId}/messages`)).items).toHaveLength(1);

    // The same words twice at once are one message; a note that was begun since is never put into what goes to the client.
    const twice = { ...body, clientKey: randomUUID() };
    const both = await Promise.all(
      [1, 2].map(() => mira.call<Message>('POST', `/threads/${threadId}/messages`, twice)),
    );
    expect(both[1]?.id).toBe(both[0]?.id);
    await mira.call('PUT', `/threads/${threadId}/draft`, { kind: 'note', text: 'He is difficult' });
    await mira.call('DELETE', `/threads/${threadId}/messages/${both[0]?.id}/delivery`);
    expect(await mira.call('GET', `/threads/${threadId}/draft`)).toMatchObject({
      kind: 'note',
      text: 'See **this**\n\nHe is difficult',
    });
  });
});

describe('the feed', () => {
  it('goes to copies open and blind, which come back with the words when it is taken back', async () => {
    const test = await startApp();
    const mira = await test.staff('manager', 'Mira');
    const channel = await makeChannel(test, 'email');
    const [first] = await test.app.deps.host.ingest(channel, { messages: [letter('anna@client.example')] });
    const path = `/threads/${first?.threadId}`;
    const copies = { cc: ['ben@client.example'], bcc: ['boss@shop.example'] };
    await mira.call('PUT', `${path}/draft`, { text: 'Hello', ...copies });
    expect(await mira.call('GET', `${path}/draft`)).toMatchObject({ text: 'Hello', ...copies });
    const sent = await mira.call<Message>('POST', `${path}/messages`, {
      clientKey: randomUUID(),
      kind: 'reply',
      text: 'Hello',
      force: true,
      ...copies,
    });
    expect(sent.participants).toEqual({ to: ['anna@client.example'], ...copies });
    await mira.call('DELETE', `${path}/messages/${sent.id}/delivery`);
    expect(await mira.call('GET', `${path}/draft`)).toMatchObject({ text: 'Hello', ...copies });
  });

  it('is given to who wrote the letter that a colleague forwarded, answered there, and given back', async () => {
    const test = await startApp();
    const mira = await test.staff('manager', 'Mira');
    const channel = await makeChannel(test, 'email');
    const forwarded = { name: 'Omar Haddad', address: 'omar@client.example' };
    const [first] = await test.app.deps.host.ingest(channel, {
      messages: [letter('boss@shop.example', { subject: 'Fwd: Returns', detail: { why: 'forwarded', forwarded } })],
    });
    const path = `/threads/${first?.threadId}`;
    const before = await mira.call<Thread>('GET', path);
    const { beforeId } = await mira.call<{ beforeId: string }>('PUT', `${path}/client`, {
      messageId: first?.messageId,
    });
    expect(beforeId).toBe(before.clientId);
    const given = await mira.call<Thread>('GET', path);
    expect(given.clientName).toBe('Omar Haddad');
    expect(given.replyChannels.map(({ to }) => to)).toEqual(['omar@client.example']);
    await mira.call('PUT', `${path}/client`, { clientId: beforeId });
    const back = await mira.call<Thread>('GET', path);
    expect([back.clientName, back.replyChannels[0]?.to]).toEqual(['boss', 'boss@shop.example']);
    await mira.call('PUT', `${path}/client`, {}, 400);
  });

  it('tells every event once and in order, and X-Parley-Cursor says what an answer holds', async () => {
    const test = await startApp();
    const mira = await test.staff('manager', 'Mira');
    const channel = await makeChannel(test, 'email');
    const before = (await mira.ask('GET', '/threads')).headers.get('x-parley-cursor') ?? '0';
    await test.app.deps.host.ingest(channel, {
      messages: [letter('anna@client.example'), letter('bo@client.example', { subject: 'Other' })],
    });
    await test.settle();
    const feed = await mira.call<{ items: { type: string; cursor: string; patch: { thread?: ThreadRow } }[] }>(
      'GET',
      `/feed?after=${before}`,
    );
    const cursors = feed.items.map((item) => Number(item.cursor));
    expect(cursors).toEqual([...new Set(cursors)].sort((a, b) => a - b));
    expect(feed.items.filter((item) => item.type === 'message.received')).toHaveLength(2);
    expect(feed.items[0]?.patch.thread?.clientName).toBe('anna');
  });
});
