import type { Telegram } from 'telegraf';
import { z } from 'zod';
import {
  type ChannelHost,
  type ConnectedChannel,
  type OutboundAttachment,
  type OutboundMessage,
  SendError,
  type SendResult,
} from '../channel.ts';
import type { TelegramConfig } from '../schema.ts';
import { call, clientOf } from './client.ts';
import { failureOf } from './failure.ts';
import { fromHtml } from './fromHtml.ts';
import { messageKey } from './parse.ts';
import { type Piece, splitText } from './split.ts';

/** Longest caption, and largest file and photo a bot may send (core.telegram.org/bots/api#sending-files). */
const CAPTION_LIMIT = 1024;
const FILE_LIMIT_BYTES = 50 * 1024 * 1024;
const PHOTO_LIMIT_BYTES = 10 * 1024 * 1024;
const FILE_CALL_LIMIT_MS = 180_000;

/** One call to Telegram: a piece of text, or a file with or without a caption. */
type Part = { kind: 'text'; piece: Piece } | { kind: 'file'; file: OutboundAttachment; caption: Piece | null };

const progress = z.object({ messageIds: z.array(z.number()) });

/**
 * Sends an answer to a client's chat: text in as many pieces as needed, then the files. A message of several parts
 * remembers durably which of them went out, so that a retry goes on where it stopped. @throws SendError
 */
export async function send(
  channel: ConnectedChannel<TelegramConfig>,
  message: OutboundMessage,
  host: ChannelHost,
): Promise<SendResult> {
  const chat = message.to.find(({ kind }) => kind === 'telegram')?.value;
  if (chat === undefined) throw new SendError('This client has no Telegram chat with the bot', { permanent: true });
  const client = clientOf(channel.config.token ?? '', host.settings.telegramApiRoot);
  const parts = partsOf(message);
  const cursor = `sent:${message.messageId}`;
  const done = parts.length > 1 ? progress.safeParse(await host.cursor(channel.id, cursor)) : null;
  const messageIds = done?.success ? [...done.data.messageIds] : [];
  for (const part of parts.slice(messageIds.length)) {
    messageIds.push(await sendPart(client, Number(chat), part));
    if (parts.length > 1)
      await host.ingest(channel.id, { messages: [], cursor: { name: cursor, position: { messageIds } } });
  }
  const last = messageIds.at(-1);
  return { externalId: last === undefined ? null : messageKey(chat, last) };
}

/** How a message is cut into calls. */
export function partsOf(message: Pick<OutboundMessage, 'text' | 'html' | 'attachments'>): Part[] {
  const { text, entities } = message.html === null ? { text: message.text, entities: [] } : fromHtml(message.html);
  const pieces = splitText(text, entities);
  const [only] = pieces;
  const [file] = message.attachments;
  if (only && file && pieces.length === 1 && message.attachments.length === 1 && only.text.length <= CAPTION_LIMIT) {
    return [{ kind: 'file', file, caption: only }];
  }
  return [
    ...pieces.map((piece) => ({ kind: 'text' as const, piece })),
    ...message.attachments.map((attachment) => ({ kind: 'file' as const, file: attachment, caption: null })),
  ];
}

async function sendPart(client: Telegram, chatId: number, part: Part): Promise<number> {
  try {
    if (part.kind === 'file') return await sendFile(client, chatId, part.file, part.caption);
    const sent = await call(client, 'sendMessage', {
      chat_id: chatId,
      text: part.piece.text,
      entities: part.piece.entities as never,
      link_preview_options: { is_disabled: true },
    });
    return sent.message_id;
  } catch (error) {
    throw asSendError(error, chatId);
  }
}

async function sendFile(
  client: Telegram,
  chatId: number,
  file: OutboundAttachment,
  caption: Piece | null,
): Promise<number> {
  const content = Buffer.from(await file.read());
  if (content.length > FILE_LIMIT_BYTES) {
    throw new SendError(`${file.name} is larger than the 50 MB that Telegram takes from a bot`, { permanent: true });
  }
  const input = { source: content, filename: file.name };
  // In a form, telegraf leaves arrays that are no media to us to write as JSON.
  const entities = caption ? (JSON.stringify(caption.entities) as never) : undefined;
  const shared = { chat_id: chatId, ...(caption ? { caption: caption.text, caption_entities: entities } : {}) };
  const options = { limitMs: FILE_CALL_LIMIT_MS };
  if (/^image\/(jpeg|png|webp)$/.test(file.type) && content.length <= PHOTO_LIMIT_BYTES) {
    try {
      return (await call(client, 'sendPhoto', { ...shared, photo: input }, options)).message_id;
    } catch (error) {
      // Telegram takes no picture of odd proportions as a photo, but any as a file.
      if (failureOf(error).kind !== 'message') throw error;
    }
  }
  if (file.type === 'audio/ogg')
    return (await call(client, 'sendVoice', { ...shared, voice: input }, options)).message_id;
  return (await call(client, 'sendDocument', { ...shared, document: input }, options)).message_id;
}

function asSendError(error: unknown, chatId: number): SendError {
  if (error instanceof SendError) return error;
  const failure = failureOf(error);
  switch (failure.kind) {
    case 'again':
      return new SendError(failure.words, failure.afterMs === null ? {} : { retryAfterMs: failure.afterMs });
    case 'person':
      return new SendError(failure.words, { permanent: true, deadAddress: String(chatId) });
    case 'message':
      return new SendError(failure.words, { permanent: true });
    case 'bot':
    case 'conflict':
      // The answer waits until somebody has mended the bot.
      return new SendError(failure.words);
  }
}
