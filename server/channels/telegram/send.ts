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
import { failureOf, maybeDone } from './failure.ts';
import { fromHtml } from './fromHtml.ts';
import { messageKey } from './parse.ts';
import { type Piece, splitText } from './split.ts';

/** Longest caption, and largest file and photo a bot may send (core.telegram.org/bots/api#sending-files). */
const CAPTION_LIMIT = 1024;
const FILE_LIMIT_BYTES = 50 * 1024 * 1024;
const PHOTO_LIMIT_BYTES = 10 * 1024 * 1024;
const FILE_CALL_LIMIT_MS = 180_000;
/** Fewest and most files of one album. */
const ALBUM = { least: 2, most: 10 };

/** One call to Telegram: a piece of text, a file with or without a caption, or an album of files of one sort. */
type Part =
  | { kind: 'text'; piece: Piece }
  | { kind: 'file'; file: OutboundAttachment; caption: Piece | null }
  | { kind: 'album'; sort: 'photo' | 'document'; files: OutboundAttachment[]; caption: Piece | null };

/** The messages that are out, and whether Telegram takes this one's files only one by one. */
const progress = z.object({ messageIds: z.array(z.number()), apart: z.boolean().default(false) });

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
  const line = { client: clientOf(channel.config.token ?? '', host.settings.telegramApiRoot), signal: host.stopping };
  const cursor = `sent:${message.messageId}`;
  const known = progress.safeParse(
    partsOf(message).length > 1 || message.attachments.length > 1 ? await host.cursor(channel.id, cursor) : null,
  );
  const done = known.success ? known.data : { messageIds: [], apart: false };
  const remember = () => host.ingest(channel.id, { messages: [], cursor: { name: cursor, position: { ...done } } });
  const quoted = quotedId(chat, message.quotes);
  for (;;) {
    const parts = partsOf(message, done.apart);
    const next = partAfter(parts, done.messageIds.length);
    if (next === undefined) break;
    const ids = await sendPart(line, Number(chat), next, done.messageIds.length === 0 ? quoted : null);
    if (ids === 'apart') done.apart = true;
    else done.messageIds.push(...ids);
    if (parts.length > 1 || done.apart) await remember();
  }
  const last = done.messageIds.at(-1);
  return { externalId: last === undefined ? null : messageKey(chat, last) };
}

/** The part that comes after so many messages; an album is as many as it has files. */
function partAfter(parts: Part[], messages: number): Part | undefined {
  let before = 0;
  return parts.find((part) => {
    before += part.kind === 'album' ? part.files.length : 1;
    return before > messages;
  });
}

/** The id in this chat of the message to quote. */
function quotedId(chat: string, key: string | null): number | null {
  const [of, id] = key?.split(':') ?? [];
  return of === chat && id !== undefined ? Number(id) : null;
}

/** How a message is cut into calls; `apart`: without albums. */
export function partsOf(message: Pick<OutboundMessage, 'text' | 'html' | 'attachments'>, apart = false): Part[] {
  const { text, entities } = message.html === null ? { text: message.text, entities: [] } : fromHtml(message.html);
  const pieces = splitText(text, entities);
  const files = albumsOf(message.attachments, apart);
  const [only] = pieces;
  const [first] = files;
  // Short words stand under the only thing that comes with them.
  if (only && first && pieces.length === 1 && files.length === 1 && only.text.length <= CAPTION_LIMIT)
    return [{ ...first, caption: only }];
  return [...pieces.map((piece) => ({ kind: 'text' as const, piece })), ...files];
}

/** Files that come together in Telegram too: pictures by themselves, other files by themselves, a voice message alone. */
function albumsOf(attachments: OutboundAttachment[], apart: boolean): Exclude<Part, { kind: 'text' }>[] {
  const parts: Exclude<Part, { kind: 'text' }>[] = [];
  for (let at = 0; at < attachments.length; ) {
    const sort = sortOf(attachments[at]);
    let end = at + 1;
    while (
      !apart &&
      sort !== 'voice' &&
      end - at < ALBUM.most &&
      end < attachments.length &&
      sortOf(attachments[end]) === sort
    )
      end++;
    const files = attachments.slice(at, end);
    const [file] = files;
    if (file !== undefined && (files.length < ALBUM.least || sort === 'voice'))
      parts.push({ kind: 'file', file, caption: null });
    else if (sort !== 'voice') parts.push({ kind: 'album', sort, files, caption: null });
    at = end;
  }
  return parts;
}

function sortOf(file: OutboundAttachment | undefined): 'photo' | 'document' | 'voice' {
  if (file?.type === 'audio/ogg') return 'voice';
  return isPicture(file?.type ?? '') ? 'photo' : 'document';
}

function isPicture(type: string): boolean {
  return /^image\/(jpeg|png|webp)$/.test(type);
}

/** A bot's client, and what ends its calls when Parley stops. */
interface Line {
  client: Telegram;
  signal: AbortSignal;
}

/** Sends one part and answers the ids of its messages, or that its files go only one by one; `quotedId` is shown above it. */
async function sendPart(line: Line, chatId: number, part: Part, quotedId: number | null): Promise<number[] | 'apart'> {
  const to = {
    chat_id: chatId,
    // What it quotes may have been deleted since: then it is sent all the same.
    ...(quotedId === null ? {} : { reply_parameters: { message_id: quotedId, allow_sending_without_reply: true } }),
  };
  try {
    if (part.kind === 'file') return [await sendFile(line, to, part.file, part.caption)];
    if (part.kind === 'album') return await sendAlbum(line, to, part);
    const parameters = {
      ...to,
      text: part.piece.text,
      entities: part.piece.entities as never,
      link_preview_options: { is_disabled: true },
    };
    const sent = await call(line.client, 'sendMessage', parameters, { signal: line.signal });
    return [sent.message_id];
  } catch (error) {
    throw asSendError(error, chatId);
  }
}

type To = { chat_id: number; reply_parameters?: { message_id: number; allow_sending_without_reply: boolean } };

async function sendAlbum(
  { client, signal }: Line,
  to: To,
  { sort, files, caption }: Part & { kind: 'album' },
): Promise<number[] | 'apart'> {
  const contents = await Promise.all(files.map(contentOf));
  const sizeBytes = contents.reduce((sum, content) => sum + content.length, 0);
  if (sizeBytes > FILE_LIMIT_BYTES) return 'apart';
  if (sort === 'photo' && contents.some((content) => content.length > PHOTO_LIMIT_BYTES)) return 'apart';
  const media = files.map((file, at) => ({
    type: sort,
    media: { source: contents[at] ?? Buffer.alloc(0), filename: file.name },
    ...(at === 0 && caption !== null ? { caption: caption.text, caption_entities: caption.entities } : {}),
  }));
  try {
    const options = { limitMs: FILE_CALL_LIMIT_MS, signal };
    const sent = await call(client, 'sendMediaGroup', { ...written(to), media: media as never }, options);
    return sent.map((one) => one.message_id);
  } catch (error) {
    // A picture of odd proportions spoils the album; each goes by itself then, and as a file where need be.
    if (failureOf(error).kind !== 'message') throw error;
    return 'apart';
  }
}

/** In a form, telegraf leaves what is no media to us to write as JSON. */
function written(to: To): { chat_id: number } {
  const { reply_parameters: quoted, chat_id } = to;
  return quoted === undefined ? { chat_id } : { chat_id, ...{ reply_parameters: JSON.stringify(quoted) } };
}

/** @throws SendError for what Telegram takes from no bot */
async function contentOf(file: OutboundAttachment): Promise<Buffer> {
  const content = Buffer.from(await file.read());
  if (content.length > FILE_LIMIT_BYTES)
    throw new SendError(`${file.name} is larger than the 50 MB that Telegram takes from a bot`, { permanent: true });
  return content;
}

async function sendFile(
  { client, signal }: Line,
  to: To,
  file: OutboundAttachment,
  caption: Piece | null,
): Promise<number> {
  const content = await contentOf(file);
  const input = { source: content, filename: file.name };
  const entities = caption ? (JSON.stringify(caption.entities) as never) : undefined;
  const shared = { ...written(to), ...(caption ? { caption: caption.text, caption_entities: entities } : {}) };
  const options = { limitMs: FILE_CALL_LIMIT_MS, signal };
  if (isPicture(file.type) && content.length <= PHOTO_LIMIT_BYTES) {
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
      return new SendError(failure.words, {
        maybeSent: maybeDone(error),
        ...(failure.afterMs === null ? {} : { retryAfterMs: failure.afterMs }),
      });
    case 'person':
      return new SendError(failure.words, { permanent: true, deadAddress: String(chatId) });
    case 'message':
      return new SendError(failure.words, { permanent: true });
    case 'bot':
    case 'conflict':
      // The answer waits until somebody has mended the bot.
      return new SendError(failure.words, { channelWide: true });
  }
}
