import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { describe, expect, it } from 'vitest';
import { email } from '../../../server/channels/email/adapter.ts';
import { classify } from '../../../server/channels/email/kind/classify.ts';
import { parseLetter } from '../../../server/channels/email/mime/parse.ts';
import { emailConfig } from '../../../server/channels/schema.ts';
import { readConfig } from '../../../server/config.ts';
import { selfSigned } from '../../../server/lib/selfSigned.ts';
import { startApp, type TestApp, type TestAppOptions } from '../../support/app.ts';
import { makeChannel } from '../../support/cast.ts';
import { plainLetter } from '../../support/letters.ts';
import { nameServer, type Records } from '../../support/nameServer.ts';
import { hasPostfix, startPostfix } from '../../support/postfix.ts';
import { describeWith } from '../../support/realPart.ts';
import { startSmtpScript } from '../../support/smtpScript.ts';
import { until } from '../../support/until.ts';

async function listening(
  config: object = {},
  options: TestAppOptions = {},
): Promise<{ test: TestApp; port: number; channelId: string }> {
  const test = await startApp({ ...options, env: { PARLEY_SMTP_PORT: '0', ...options.env } });
  const channelId = await makeChannel(test, 'email', {
    config: { inboundSmtp: true, aliases: ['info@parley.example'], ...config },
  });
  return { test, port: test.app.smtpPort ?? 0, channelId };
}
const send = (port: number, to: string | string[], raw: Uint8Array) =>
  createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true }).sendMail({
    envelope: { from: 'ann@client.example', to },
    raw: Buffer.from(raw),
  });
const messages = (test: TestApp) => test.app.deps.db.message.findMany();

it('a letter by SMTP is durable when 250 is said, and repeated it makes no second message', async () => {
  const { test, port, channelId } = await listening();
  const letter = plainLetter({ subject: 'By SMTP', to: 'shop@parley.example', text: 'Hello' });
  const sent = await send(port, ['shop@parley.example', 'info@parley.example'], letter);
  expect(sent.response).toMatch(/^250/);
  expect(await messages(test)).toMatchObject([{ channelId, subject: 'By SMTP', text: 'Hello' }]);
  await send(port, 'shop@parley.example', letter);
  expect(await messages(test)).toHaveLength(1);
});

it('an answer to a signed address goes on in its thread', async () => {
  const { test, port } = await listening();
  await send(port, 'shop@parley.example', plainLetter({ subject: 'First' }));
  const thread = await test.app.deps.db.thread.findFirstOrThrow();
  const address = `shop+${test.app.deps.host.signToken(thread.token)}@parley.example`;
  await send(
    port,
    address,
    plainLetter({ from: 'Second <other@elsewhere.example>', to: address, subject: 'Something else' }),
  );
  expect((await messages(test)).map((one) => one.threadId)).toEqual([thread.id, thread.id]);
  // Servers on the way may write an address in another case; addresses of earlier versions keep theirs.
  const { box } = test.app.deps;
  const old = `shop+t${thread.token}-${box.sign('thread', thread.token, 16)}@parley.example`;
  for (const to of [address.toUpperCase(), address.toLowerCase(), old])
    await send(port, to, plainLetter({ from: 'Second <other@elsewhere.example>', to, subject: `To ${to}` }));
  expect(new Set((await messages(test)).map((one) => one.threadId)).size).toBe(1);
  expect(await messages(test)).toHaveLength(5);
  const [before = '', signed = ''] = address.split('+');
  const forged = `${before}+${signed.replace(/.@/, (last) => (last === 'a@' ? 'i@' : 'a@'))}`;
  for (const to of [forged, `${before}+${signed.replace(/^t./, (first) => (first === 'ta' ? 'tb' : 'ta'))}`]) {
    await send(port, to, plainLetter({ from: 'third@elsewhere.example', to, subject: 'Forged' }));
    expect(await messages(test)).toContainEqual(expect.objectContaining({ subject: 'Forged' }));
  }
  const strangers = (await messages(test)).filter((one) => one.subject === 'Forged');
  expect(strangers.map((one) => one.threadId)).not.toContain(thread.id);
});

it('nobody else is received for, and nothing is relayed', async () => {
  const { test, port } = await listening();
  await expect(send(port, 'stranger@elsewhere.example', plainLetter())).rejects.toThrow(/550 5\.1\.1/);
  await expect(send(port, 'shop@elsewhere.example', plainLetter())).rejects.toThrow(/550 5\.1\.1/);
  expect(await messages(test)).toHaveLength(0);
});

it('what cannot be stored is refused for now, so that the sender keeps it', async () => {
  const { test, port } = await listening();
  const { host } = test.app.deps;
  const ingest = host.ingest;
  host.ingest = () => Promise.reject(new Error('the disk is full'));
  await expect(send(port, 'shop@parley.example', plainLetter())).rejects.toThrow(/451 4\.3\.0/);
  host.ingest = ingest;
  await send(port, 'shop@parley.example', plainLetter());
  expect(await messages(test)).toHaveLength(1);
});

/** Every address is a stranger's. */
const open = { PARLEY_SMTP_RELAYS: 'none' };

it('a letter that is larger than 60 MB is refused before it is sent, or behind its last byte', async () => {
  const { test, port } = await listening();
  const early = await talk(port);
  await early.say('EHLO test');
  expect(await early.say('MAIL FROM:<a@b.example> SIZE=99999999')).toMatch(/^552/);
  early.end();

  const late = await talk(port);
  for (const line of ['EHLO test', 'MAIL FROM:<a@b.example>', 'RCPT TO:<shop@parley.example>', 'DATA'])
    expect(await late.say(line)).toMatch(/^[23]/);
  for (let sent = 0; sent <= 61 * 1024 * 1024; sent += block.length) await late.write(block);
  expect(await late.say('.')).toMatch(/^552 5\.3\.4/);
  late.end();
  expect(await messages(test)).toHaveLength(0);
});

it('large letters cost disk and no memory while they come in', { timeout: 120_000 }, async () => {
  const { test, port } = await listening();
  const letters = 8;
  const mb = 15;
  const spooled = () => {
    const folder = join(test.dataDir, 'spool');
    return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  };
  const lines = await Promise.all(Array.from({ length: letters }, () => talk(port)));
  const before = process.memoryUsage();
  for (const line of lines)
    for (const word of ['EHLO test', 'MAIL FROM:<a@b.example>', 'RCPT TO:<shop@parley.example>', 'DATA'])
      await line.say(word);
  for (const line of lines) for (let sent = 0; sent < mb * 1024 * 1024; sent += block.length) await line.write(block);
  await until(spooled, (bytes) => bytes >= letters * (mb - 1) * 1024 * 1024);
  const after = process.memoryUsage();
  const grown = after.external + after.heapUsed - before.external - before.heapUsed;
  expect(grown / 1024 / 1024).toBeLessThan((letters * mb) / 3);
  // Those who hang up in the middle have said nothing, and leave nothing.
  for (const line of lines) line.end();
  await until(spooled, (bytes) => bytes === 0);
  expect(await messages(test)).toHaveLength(0);

  const whole = await talk(port);
  for (const word of ['EHLO test', 'MAIL FROM:<a@b.example>', 'RCPT TO:<shop@parley.example>', 'DATA'])
    await whole.say(word);
  await whole.write(
    Buffer.from('From: a@b.example\r\nSubject: Large\r\nMessage-ID: <large@b.example>\r\n\r\nHello\r\n'),
  );
  for (let sent = 0; sent < 55 * 1024 * 1024; sent += block.length) await whole.write(block);
  expect(await whole.say('.')).toMatch(/^250/);
  whole.end();
  expect(await messages(test)).toMatchObject([{ subject: 'Large' }]);
  expect(spooled()).toBe(0);
});

it('the line is encrypted when the far side asks, with a certificate of our own', async () => {
  const { test, port } = await listening();
  const ca = readFileSync(join(test.dataDir, 'smtp-cert.pem'));
  const sent = await createTransport({
    host: '127.0.0.1',
    port,
    secure: false,
    requireTLS: true,
    // Signed by itself, it is its own authority; the name and the dates are checked.
    tls: { ca, servername: 'localhost' },
  }).sendMail({ from: 'ann@client.example', to: 'shop@parley.example', subject: 'Encrypted', text: 'Hello' });
  expect(sent.response).toMatch(/^250/);
  const [row] = await messages(test);
  const raw = await test.app.deps.files.read(row?.rawKey ?? '');
  expect(Buffer.from(raw).toString()).toMatch(/^Received: .*\r\n by localhost with ESMTPS;/m);
});

it('or with the certificate that is set', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'parley-cert-'));
  const { key, cert } = selfSigned('mx.shop.example', new Date());
  writeFileSync(join(dir, 'key.pem'), key);
  writeFileSync(join(dir, 'cert.pem'), cert);
  const env = { PARLEY_SMTP_CERT: join(dir, 'cert.pem'), PARLEY_SMTP_KEY: join(dir, 'key.pem') };
  const { port } = await listening({}, { env });
  await createTransport({
    host: '127.0.0.1',
    port,
    secure: false,
    requireTLS: true,
    tls: { ca: cert, servername: 'mx.shop.example' },
  }).sendMail({ from: 'ann@client.example', to: 'shop@parley.example', text: 'Hello' });
  expect(() => readConfig({ PARLEY_SMTP_CERT: env.PARLEY_SMTP_CERT })).toThrow(/go together/);
  expect(() => readConfig({ ...env, PARLEY_SMTP_KEY: join(dir, 'none.pem') })).toThrow(/cannot be used: ENOENT/);
  rmSync(dir, { recursive: true });
});

describe('a server that nobody knows', () => {
  const records: Records = {
    'good.example TXT': [['v=spf1 ip4:127.0.0.1 -all']],
    '_dmarc.good.example TXT': [['v=DMARC1; p=reject']],
    'other.example TXT': [['v=spf1 ip4:192.0.2.7 -all']],
    '_dmarc.other.example TXT': [['v=DMARC1; p=reject']],
  };
  const sendAs = (port: number, domain: string, headers = '') =>
    createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true, name: `mx.${domain}` }).sendMail({
      envelope: { from: `ann@${domain}`, to: 'shop@parley.example' },
      raw: Buffer.from(plainLetter({ from: `ann@${domain}`, subject: domain, headers })),
    });
  const stored = async (test: TestApp) =>
    (await test.app.deps.db.message.findMany({ orderBy: { createdAt: 'asc' } })).map((one) => [
      one.subject,
      one.authentication,
    ]);

  it('is checked, and only what was found counts, whatever the letter says of itself', async () => {
    const { test, port } = await listening(
      { authservId: 'mx.parley.example' },
      { env: open, overrides: { dns: nameServer(records) } },
    );
    await sendAs(port, 'good.example');
    const forged =
      'Authentication-Results: mx.parley.example; spf=pass; dkim=pass; dmarc=pass header.from=other.example\r\n';
    await sendAs(port, 'other.example', forged);
    await sendAs(port, 'unheard.example', forged.replace('other', 'unheard'));
    expect(await stored(test)).toEqual([
      ['good.example', { spf: 'pass', dmarc: 'pass' }],
      ['other.example', { spf: 'fail', dmarc: 'fail' }],
      ['unheard.example', { spf: 'none', dmarc: 'none' }],
    ]);
    const proven = await test.app.deps.db.identity.findMany({ where: { verifiedAt: { not: null } } });
    expect(proven.map((one) => one.value)).toEqual(['ann@good.example']);
  });

  it('is believed no more when its letter is read again later', async () => {
    const { test, port, channelId } = await listening(
      { authservId: 'mx.parley.example' },
      { env: open, overrides: { dns: nameServer(records) } },
    );
    const forged =
      'Authentication-Results: mx.parley.example; spf=pass; dkim=pass; dmarc=pass header.from=other.example\r\n';
    for (const domain of ['good', 'other', 'unheard'])
      await sendAs(port, `${domain}.example`, forged.replace('other', domain));
    const { db, files, host } = test.app.deps;
    const channel = {
      id: channelId,
      name: 'Shop',
      config: emailConfig.parse({ address: 'shop@parley.example', authservId: 'mx.parley.example' }),
      connectedAt: new Date(),
    };
    const again = async (raw: Uint8Array) => {
      const read = await email.reread?.(channel, { externalId: 'smtp:abc~1', raw, arrivedAt: new Date() }, host);
      if (read === undefined || !('message' in read)) throw new Error('it could not be read');
      return read.message;
    };
    for (const row of await db.message.findMany()) {
      const message = await again(await files.read(row.rawKey ?? ''));
      expect(message).toMatchObject({ authentication: row.authentication });
      expect(message.from[0]?.verified).toBe(row.subject === 'good.example');
    }
    // Nothing was found out: what the letter says of itself stays its own word.
    const above =
      'Return-Path: <ann@other.example>\r\nReceived: from x ([192.0.2.9])\r\n by mx.parley.example; today\r\n';
    const letter = plainLetter({ from: 'ann@other.example', subject: 'Nothing known', headers: forged });
    const unknown = await again(Buffer.concat([Buffer.from(above), letter]));
    expect([unknown.from[0]?.verified, unknown.authentication]).toEqual([false, undefined]);
    // The thread that only the envelope named is known still.
    const { token } = await db.thread.findFirstOrThrow();
    const hidden = plainLetter({ to: 'undisclosed@elsewhere.example', subject: 'Hidden' });
    await send(port, `shop+${host.signToken(token)}@parley.example`, hidden);
    const { rawKey } = await db.message.findFirstOrThrow({ where: { subject: 'Hidden' } });
    expect((await again(await files.read(rawKey ?? ''))).threadToken).toBe(token);
  });

  it('is refused a letter that its domain disowns, when the mailbox wishes so', async () => {
    const { test, port } = await listening({ spf: 'refuse' }, { env: open, overrides: { dns: nameServer(records) } });
    await expect(sendAs(port, 'other.example')).rejects.toThrow(/550 5\.7\.23/);
    await sendAs(port, 'good.example');
    expect((await stored(test)).map(([subject]) => subject)).toEqual(['good.example']);
  });

  it('is checked by a DNS that may fail, and no letter is lost by that', async () => {
    const dns = () => Promise.reject(Object.assign(new Error('no answer'), { code: 'ETIMEOUT' }));
    const { test, port } = await listening({ spf: 'refuse' }, { env: open, overrides: { dns } });
    await sendAs(port, 'good.example');
    expect(await stored(test)).toMatchObject([['good.example', { spf: 'temperror' }]]);
  });

  it('is sent away when it guesses addresses, talks before it is greeted, writes endless lines or holds too many lines', async () => {
    const { port } = await listening({}, { env: open });
    const guesser = await talk(port);
    for (const line of ['EHLO test', 'MAIL FROM:<a@b.example>']) await guesser.say(line);
    const answers: string[] = [];
    for (let i = 0; i < 10; i++) answers.push(await guesser.say(`RCPT TO:<guess${i}@parley.example>`));
    expect(answers.map((one) => one.slice(0, 3))).toEqual([...Array(9).fill('550'), '421']);
    await guesser.closed;

    const hasty = await talk(port, { early: 'EHLO too-soon\r\n' });
    expect(hasty.greeting).toMatch(/^421 .*too soon/i);
    await hasty.closed;

    const endless = await talk(port);
    expect(await endless.say('x'.repeat(100_000))).toMatch(/^(500|421)/);
    endless.end();

    const many = await Promise.all(Array.from({ length: 20 }, () => talk(port)));
    const last = await talk(port);
    expect(last.greeting).toMatch(/^421 4\.7\.0/);
    for (const line of many) line.end();
    await until(
      () => talk(port),
      (line) => line.greeting.startsWith('220'),
    );
  });

  it('hears by a report of a mailbox that went away while its letter came in', async () => {
    const server = await startSmtpScript();
    const { test, port } = await listening(
      { smtp: { host: '127.0.0.1', port: server.port, secure: false, user: '' } },
      { env: open, overrides: { dns: nameServer(records) } },
    );
    const other = await makeChannel(test, 'email', { config: { inboundSmtp: true, address: 'old@parley.example' } });
    const line = await talk(port);
    for (const word of [
      'EHLO mx.good.example',
      'MAIL FROM:<ann@good.example>',
      'RCPT TO:<shop@parley.example>',
      'RCPT TO:<old@parley.example>',
      'DATA',
    ])
      expect(await line.say(word)).toMatch(/^[23]/);
    await test.app.deps.db.channel.update({ where: { id: other }, data: { removedAt: new Date() } });
    await line.write(Buffer.from(plainLetter({ from: 'ann@good.example', subject: 'To both' })));
    expect(await line.say('.')).toMatch(/^250/);
    line.end();
    expect(await messages(test)).toHaveLength(1);
    const [raw = ''] = await until(
      () => server.letters,
      (all) => all.length === 1,
    );
    expect(server.envelopes).toEqual([['ann@good.example']]);
    const report = await parseLetter(Buffer.from(raw, 'latin1'));
    expect(classify(report, { addresses: new Set(), isOwnMessageId: () => false })).toMatchObject({
      classification: 'bounce',
      detail: { bounces: [{ address: 'old@parley.example', status: '5.1.1', hard: true }] },
    });
    await server.close();
  });
});

describeWith('Postfix', hasPostfix, 'a real mail server that is asked to come again', () => {
  it('does, and its letter is here then, over TLS', { timeout: 180_000 }, async () => {
    const { test, port } = await listening({ greylist: true }, { env: open, overrides: { dns: nameServer({}) } });
    const folder = mkdtempSync(join(tmpdir(), 'parley-mail-'));
    const postfix = await startPostfix(folder, ['x@client.example'], { domain: 'parley.example', port });
    const end = () => postfix.log().slice(-450);
    try {
      await send(postfix.port, 'shop@parley.example', plainLetter({ subject: 'Patience' }));
      await until(end, (log) => /status=deferred .*Greylisted/.test(log), 60_000);
      expect(await messages(test)).toHaveLength(0);
      test.clock.advance(3 * 60_000);
      await until(end, (log) => /status=sent \(250/.test(log), 60_000);
      expect(await messages(test)).toMatchObject([{ subject: 'Patience' }]);
      // Known from now on.
      await send(postfix.port, 'info@parley.example', plainLetter({ from: 'bob@example.com', subject: 'At once' }));
      await until(
        () => messages(test),
        (all) => all.length === 2,
        30_000,
      );
      expect(postfix.log()).toMatch(/TLS connection established/i);
    } finally {
      await postfix.remove();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

const block = Buffer.from(`${'x'.repeat(78)}\r\n`.repeat(800));

/** SMTP by hand: each line is answered before the next. */
async function talk(port: number, { early }: { early?: string } = {}) {
  const socket = createConnection({ port, host: '127.0.0.1' });
  let said = '';
  let heard: (() => void) | undefined;
  socket.on('data', (bytes) => {
    said += bytes.toString();
    heard?.();
  });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => undefined);
  const answer = async () => {
    for (;;) {
      const whole = /^(?:\d{3}-.*\r\n)*\d{3} .*\r\n/.exec(said)?.[0];
      if (whole !== undefined) {
        said = said.slice(whole.length);
        return whole;
      }
      if (socket.closed) return said;
      await Promise.race([closed, new Promise<void>((resolve) => (heard = resolve))]);
    }
  };
  if (early !== undefined) socket.write(early);
  const greeting = await answer();
  return {
    greeting,
    closed,
    say(line: string) {
      socket.write(`${line}\r\n`);
      return answer();
    },
    write: (bytes: Buffer) => new Promise<void>((resolve) => void socket.write(bytes, () => resolve())),
    end: () => socket.destroy(),
  };
}
