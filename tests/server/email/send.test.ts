import { afterEach, describe, expect, it } from 'vitest';
import {
  type ChannelHost,
  type ConnectedChannel,
  type OutboundMessage,
  SendError,
} from '../../../server/channels/channel.ts';
import { parseLetter } from '../../../server/channels/email/mime/parse.ts';
import { sendLetter } from '../../../server/channels/email/smtp/send.ts';
import { type EmailConfig, emailConfig } from '../../../server/channels/schema.ts';
import { silentLog } from '../../../server/lib/log.ts';
import { type SmtpScript, startSmtpScript } from '../../support/smtpScript.ts';

let server: SmtpScript | undefined;
afterEach(() => server?.close());

let channels = 0;
function channelTo(port: number, more: Partial<EmailConfig> = {}): ConnectedChannel<EmailConfig> {
  const config = emailConfig.parse({
    address: 'shop@shop.example',
    fromName: 'Riverside',
    allowInsecure: true,
    smtp: { host: '127.0.0.1', port, secure: false },
    ...more,
  });
  return { id: `channel-${++channels}`, name: 'Shop', config, connectedAt: new Date() };
}
const host = { signToken: (token: string) => `t${token}-signature`, log: silentLog } as unknown as ChannelHost;
const message: OutboundMessage = {
  messageId: '0198',
  threadId: '0199',
  externalId: '<delivery-1@parley.example>',
  to: [{ kind: 'email', value: 'ann@client.example', name: 'Änn "the" Lee', verified: true }],
  cc: [{ kind: 'email', value: 'bob@client.example', verified: true }],
  bcc: [{ kind: 'email', value: 'secret@shop.example', verified: true }],
  reached: [],
  subject: 'Re: Größe',
  text: `Grüße\n.\nFrom here on ${'a long line '.repeat(200)}`,
  html: '<p>Grüße <img src="cid:logo"></p>',
  attachments: [
    {
      name: 'Rechnung März.pdf',
      type: 'application/pdf',
      contentId: null,
      inline: false,
      read: async () => Buffer.from('%PDF-1.4'),
    },
    { name: 'logo.png', type: 'image/png', contentId: 'logo', inline: true, read: async () => Buffer.from('png') },
  ],
  inReplyTo: '<question@client.example>',
  quotes: null,
  references: ['<first@client.example>', '<question@client.example>'],
  authorName: 'Mia',
  automatic: false,
  threadToken: 'abcdefghijklmnop',
  repeated: false,
  at: new Date(),
};
const failure = async (channel: ConnectedChannel<EmailConfig>) => {
  const error = await sendLetter(channel, message, host).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(SendError);
  return error as SendError;
};

describe('a letter of ours', () => {
  it('is well-formed, names its thread, and hides who must not be seen', async () => {
    server = await startSmtpScript();
    await sendLetter(channelTo(server.port, { plusAddress: true }), message, host);
    const raw = server.letters[0] ?? '';
    expect(raw).not.toMatch(/secret@|0199|Bcc/i);
    for (const line of raw.split('\r\n')) expect(line.length).toBeLessThan(999);
    const letter = await parseLetter(Buffer.from(raw, 'latin1'));
    expect(letter).toMatchObject({
      subject: 'Re: Größe',
      messageId: '<delivery-1@parley.example>',
      inReplyTo: ['<question@client.example>'],
      from: [{ name: 'Mia (Riverside)', address: 'shop@shop.example' }],
      to: [{ name: 'Änn "the" Lee', address: 'ann@client.example' }],
      replyTo: [{ name: 'Riverside', address: 'shop+tabcdefghijklmnop-signature@shop.example' }],
    });
    expect(letter.references).toEqual(['<question@client.example>', '<first@client.example>']);
    expect(letter.text?.replace(/\r\n/g, '\n').trim()).toBe(message.text.trim());
    expect(letter.attachments.map(({ name, inline, contentId }) => [name, inline, contentId])).toEqual([
      ['logo.png', true, 'logo'],
      ['Rechnung März.pdf', false, null],
    ]);
    expect(letter.headers.some((one) => one.name === 'auto-submitted')).toBe(false);
  });

  it('that nobody wrote says so, and no program may answer it', async () => {
    server = await startSmtpScript();
    await sendLetter(channelTo(server.port), { ...message, automatic: true }, host);
    const raw = server.letters[0] ?? '';
    expect(raw).toMatch(/^Auto-Submitted: auto-replied/m);
    expect(raw).toMatch(/^X-Auto-Response-Suppress: All/m);
    expect(raw).not.toMatch(/^Reply-To:/m);
  });

  it('is refused for good, and the address is known to be dead', async () => {
    server = await startSmtpScript({ RCPT: '550 5.1.1 No such user' });
    expect(await failure(channelTo(server.port))).toMatchObject({ permanent: true, deadAddress: 'ann@client.example' });
  });
  it('is refused for good by a mailbox that is full, which may have room another day', async () => {
    server = await startSmtpScript({ RCPT: '552 5.2.2 Over quota' });
    const error = await failure(channelTo(server.port));
    expect(error).toMatchObject({ permanent: true, deadAddress: undefined });
    expect(error.message).toContain('Over quota');
  });
  it('names no address to answer to where the signed one would be too long', async () => {
    server = await startSmtpScript();
    const host = { signToken: () => `t${'a'.repeat(32)}`, log: silentLog } as unknown as ChannelHost;
    for (const [local, isLong] of [
      ['s'.repeat(30), false],
      ['s'.repeat(31), true],
    ] as const) {
      const channel = channelTo(server.port, { address: `${local}@shop.example`, plusAddress: true });
      await sendLetter(channel, message, host);
      expect(/^Reply-To:/im.test(server.letters.at(-1) ?? '')).toBe(!isLong);
    }
  });
  it('is refused for good without blaming the address', async () => {
    server = await startSmtpScript({ dot: '554 5.7.1 Message looks like spam' });
    const error = await failure(channelTo(server.port));
    expect(error).toMatchObject({ permanent: true, deadAddress: undefined });
    expect(error.message).toContain('looks like spam');
  });
  for (const [name, answers] of Object.entries({
    'by a full mailbox': { RCPT: '452 4.2.2 Mailbox full' },
    'at RCPT': { RCPT: '450 4.2.0 Greylisted' },
    'at MAIL': { MAIL: '421 4.3.2 Shutting down' },
    'after DATA': { dot: '451 4.3.0 Local error' },
    'by closing after DATA': { dot: null },
    'by closing at once': { greeting: null },
    'by closing at EHLO': { EHLO: null },
  } as Record<string, SmtpScript['answers']>)) {
    it(`is put off ${name} and may be tried again`, async () => {
      server = await startSmtpScript(answers);
      expect((await failure(channelTo(server.port))).permanent).toBe(false);
      server.answers = {};
      await sendLetter(channelTo(server.port), message, host);
      expect(server.letters.at(-1)).toContain('Message-ID: <delivery-1@parley.example>');
    });
  }
  it('waits when nobody listens', async () => {
    server = await startSmtpScript();
    await server.close();
    const error = await failure(channelTo(server.port));
    expect(error.permanent).toBe(false);
    expect(error.message).toMatch(/refuses the connection/);
  });
  it('cannot go out without a server, and says what to do', async () => {
    expect(
      await failure({ ...channelTo(1), config: emailConfig.parse({ address: 'shop@shop.example' }) }),
    ).toMatchObject({ permanent: true });
  });
});
