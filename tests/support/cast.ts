import { randomUUID } from 'node:crypto';
import type { InboundMessage } from '../../server/channels/channel.ts';
import { newId, newToken } from '../../server/lib/id.ts';
import type { TestApp } from './app.ts';

/** The named cast: clients who write, and the channels they write to. */

export async function makeChannel(
  test: TestApp,
  kind: 'email' | 'telegram' | 'chat',
  more: { targetMs?: number; botMode?: string; config?: object } = {},
): Promise<string> {
  const id = newId();
  const config = {
    email: {
      address: 'shop@parley.example',
      aliases: [],
      fromName: '',
      history: 'now',
      inboundSmtp: false,
      plusAddress: false,
      sentFolder: null,
      allowInsecure: true,
    },
    telegram: { mode: 'polling' },
    chat: { title: 'Chat', colour: '#1c7ed6', locale: 'en', allowedOrigins: [], greeting: '' },
  }[kind];
  await test.app.deps.db.channel.create({
    data: {
      id,
      kind,
      name: `The ${kind}`,
      config: { ...config, ...more.config },
      connectedAt: new Date(test.clock.now().getTime() - 60_000),
      targetMs: more.targetMs ?? null,
      botMode: more.botMode ?? 'off',
      key: kind === 'chat' ? newToken(12) : null,
      health: { create: { state: 'ok' } },
    },
  });
  return id;
}

/** A letter as the mail channel hands it in. */
export function letter(from: string, more: Partial<InboundMessage> = {}): InboundMessage {
  const key = randomUUID();
  return {
    externalId: `1:${key}`,
    from: [{ kind: 'email', value: from, name: from.split('@')[0] ?? '', verified: true }],
    to: [{ kind: 'email', value: 'shop@parley.example', verified: false }],
    cc: [],
    subject: 'A question',
    text: 'Do you have it?',
    rest: null,
    html: null,
    attachments: [],
    messageId: `<${key}@client.example>`,
    references: [],
    threadToken: null,
    arrivedAt: new Date(),
    classification: 'person',
    detail: null,
    raw: Buffer.from(`Message-ID: <${key}@client.example>\r\n\r\nDo you have it?\r\n`),
    historical: false,
    ...more,
  };
}

/** A messenger's message as its channel hands it in. */
export function telegramText(userId: string, text: string, more: Partial<InboundMessage> = {}): InboundMessage {
  const key = randomUUID();
  return {
    ...letter('nobody@client.example'),
    externalId: key,
    from: [{ kind: 'telegram', value: userId, name: `Client ${userId}`, verified: true }],
    to: [],
    subject: null,
    text,
    messageId: key,
    raw: null,
    ...more,
  };
}
