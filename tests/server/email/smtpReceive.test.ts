import { createConnection } from 'node:net';
import { createTransport } from 'nodemailer';
import { expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { makeChannel } from '../../support/cast.ts';
import { plainLetter } from '../../support/letters.ts';

async function listening(): Promise<{ test: TestApp; port: number; channelId: string }> {
  const test = await startApp({ env: { PARLEY_SMTP_PORT: '0' } });
  const channelId = await makeChannel(test, 'email', {
    config: { inboundSmtp: true, aliases: ['info@parley.example'] },
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
  const forged = address.replace(/-[\w-]{16}@/, '-AAAAAAAAAAAAAAAA@');
  await send(port, forged, plainLetter({ from: 'third@elsewhere.example', to: forged, subject: 'Forged' }));
  expect(new Set((await messages(test)).map((one) => one.threadId)).size).toBe(2);
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

it('a letter that announces more than 60 MB is refused before it is sent', async () => {
  const { port } = await listening();
  const answer = await new Promise<string>((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    let said = '';
    socket.on('data', (bytes) => {
      said += bytes.toString();
      if (said.startsWith('220') && !said.includes('250')) socket.write('EHLO test\r\n');
      if (/^250 /m.test(said) && !/^552/m.test(said)) socket.write('MAIL FROM:<a@b.example> SIZE=99999999\r\n');
      if (/^552/m.test(said)) {
        socket.destroy();
        resolve(said);
      }
    });
  });
  expect(answer).toMatch(/^552/m);
});
