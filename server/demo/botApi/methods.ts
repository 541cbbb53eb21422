import type { MessageEntity } from 'telegraf/types';
import { type Bot, DOWNLOAD_LIMIT_BYTES, type SharedFile } from './bot.ts';
import { chatOf } from './client.ts';
import { parseHtml } from './html.ts';

/** What a call brought: scalar parameters as given, files by field name. */
export interface Call {
  params: Record<string, unknown>;
  files: Map<string, SharedFile>;
  /** Aborts when the caller hangs up. */
  signal: AbortSignal;
}

/** An answer `{ok: false}`. */
export class ApiError extends Error {
  constructor(
    readonly code: number,
    description: string,
    readonly retryAfterS?: number,
  ) {
    super(description);
  }
}

/** A message's text may have so many characters after parsing, a caption so many (core.telegram.org/bots/api). */
const TEXT_LIMIT = 4096;
const CAPTION_LIMIT = 1024;
const POLL_LIMIT_S = 50;

type Method = (bot: Bot, call: Call) => unknown | Promise<unknown>;

/** The methods a support bot needs, by lower-case name, as core.telegram.org/bots/api describes them. */
export const methods: Record<string, Method> = {
  getme: (bot) => ({
    ...bot.user,
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
  }),
  getupdates,
  setwebhook: setWebhook,
  deletewebhook: (bot, { params }) => {
    bot.webhook = null;
    if (params.drop_pending_updates) bot.dropPending();
    return true;
  },
  getwebhookinfo: (bot) => ({
    url: bot.webhook?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: bot.pendingCount(),
    ...(bot.webhook?.lastError ? { last_error_message: bot.webhook.lastError } : {}),
  }),
  sendmessage: (bot, call) => send(bot, call, 'sendMessage', { ...textOf(call, 'text', 'entities', TEXT_LIMIT) }),
  sendphoto: (bot, call) => sendFile(bot, call, 'sendPhoto', 'photo', { name: 'photo.jpg', type: 'image/jpeg' }),
  senddocument: (bot, call) => sendFile(bot, call, 'sendDocument', 'document', { name: 'file', type: '' }),
  sendvoice: (bot, call) => sendFile(bot, call, 'sendVoice', 'voice', { name: 'voice.ogg', type: 'audio/ogg' }),
  sendaudio: (bot, call) => sendFile(bot, call, 'sendAudio', 'audio', { name: 'audio.mp3', type: 'audio/mpeg' }),
  sendvideo: (bot, call) => sendFile(bot, call, 'sendVideo', 'video', { name: 'video.mp4', type: 'video/mp4' }),
  sendmediagroup: sendMediaGroup,
  sendchataction: (bot, call) => {
    reachable(bot, call);
    return true;
  },
  editmessagetext: editMessageText,
  getfile: (bot, { params }) => {
    const file = bot.file(String(params.file_id));
    if (!file) throw new ApiError(400, 'Bad Request: wrong file_id or the file is temporarily unavailable');
    if (file.content.length > DOWNLOAD_LIMIT_BYTES) throw new ApiError(400, 'Bad Request: file is too big');
    return {
      file_id: file.id,
      file_unique_id: file.id.slice(0, 12),
      file_size: file.content.length,
      file_path: file.path,
    };
  },
  setmycommands: () => true,
  deletemycommands: () => true,
};

const polls = new WeakMap<Bot, AbortController>();

/** Long polling; a second caller ends the first one's wait with 409, as Telegram does. */
async function getupdates(bot: Bot, { params, signal }: Call) {
  if (bot.webhook) {
    throw new ApiError(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  }
  polls.get(bot)?.abort();
  const own = new AbortController();
  polls.set(bot, own);
  const offset = Number(params.offset ?? 0);
  const limit = Math.min(100, Math.max(1, Number(params.limit ?? 100)));
  const until = Date.now() + Math.min(POLL_LIMIT_S, Math.max(0, Number(params.timeout ?? 0))) * 1000;
  for (;;) {
    const updates = bot.pending(offset, limit);
    if (updates.length > 0) return updates;
    const leftMs = until - Date.now();
    if (leftMs <= 0 || signal.aborted) return [];
    await bot.changed(leftMs, AbortSignal.any([signal, own.signal]));
    if (own.signal.aborted) {
      throw new ApiError(
        409,
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
      );
    }
  }
}

function setWebhook(bot: Bot, { params }: Call) {
  const url = String(params.url ?? '');
  if (url === '') {
    bot.webhook = null;
    return true;
  }
  const secret = params.secret_token === undefined ? undefined : String(params.secret_token);
  if (secret !== undefined && !/^[A-Za-z0-9_-]{1,256}$/.test(secret)) {
    throw new ApiError(400, 'Bad Request: secret token contains unallowed characters');
  }
  const allowed = json(params.allowed_updates) as string[] | undefined;
  bot.webhook = { url, secret, allowed };
  if (params.drop_pending_updates) bot.dropPending();
  bot.notify();
  return true;
}

function send(
  bot: Bot,
  call: Call,
  method: string,
  content: { text: string; entities: MessageEntity[] },
  file?: SharedFile & { id: string },
  album?: string,
) {
  const person = reachable(bot, call);
  if (method === 'sendMessage' && content.text.trim() === '')
    throw new ApiError(400, 'Bad Request: message text is empty');
  const reply = json(call.params.reply_parameters) as
    | { message_id?: number; allow_sending_without_reply?: boolean }
    | undefined;
  const replyTo = reply?.message_id ?? null;
  const answered = replyTo === null ? undefined : person.messages.get(replyTo);
  if (replyTo !== null && !answered && !reply?.allow_sending_without_reply) {
    throw new ApiError(400, 'Bad Request: message to be replied not found');
  }
  const at = new Date();
  const message_id = bot.nextMessageId();
  const asText =
    method === 'sendMessage' ? { text: content.text, entities: content.entities } : { caption: content.text };
  const message = {
    message_id,
    from: bot.user,
    chat: chatOf(person.user),
    date: Math.floor(at.getTime() / 1000),
    ...(answered ? { reply_to_message: answered } : {}),
    ...asText,
    ...(album === undefined ? {} : { media_group_id: album }),
    ...(file ? { document: { file_id: file.id, file_unique_id: file.id.slice(0, 12), file_name: file.name } } : {}),
  };
  person.messages.set(message_id, message as never);
  const sentFile = file ? { id: file.id, name: file.name ?? '', type: file.type ?? '', content: file.content } : null;
  bot.sent.push({
    method,
    chatId: person.user.id,
    messageId: message_id,
    ...content,
    replyTo,
    file: sentFile,
    album: album ?? null,
    at,
  });
  bot.notify();
  return message;
}

function sendFile(
  bot: Bot,
  call: Call,
  method: string,
  field: string,
  standard: { name: string; type: string },
  album?: string,
) {
  const given = call.params[field];
  const uploaded = call.files.get(field) ?? call.files.get(String(given ?? '').replace(/^attach:\/\//, ''));
  const known = typeof given === 'string' ? bot.file(given) : undefined;
  if (!uploaded && !known) throw new ApiError(400, `Bad Request: there is no ${field} in the request`);
  reachable(bot, call);
  const name = uploaded?.name ?? standard.name;
  const type = uploaded?.type || standard.type || 'application/octet-stream';
  const file = known ?? bot.keep({ name, type, content: uploaded?.content ?? new Uint8Array() }, `${field}s`);
  if (file.content.length === 0) throw new ApiError(400, 'Bad Request: file must be non-empty');
  return send(bot, call, method, textOf(call, 'caption', 'caption_entities', CAPTION_LIMIT), file, album);
}

/** An album: 2 to 10 items, each file under the name its item attaches (core.telegram.org/bots/api#sendmediagroup). */
function sendMediaGroup(bot: Bot, call: Call) {
  const items = json(call.params.media) as {
    type: string;
    media: string;
    caption?: string;
    caption_entities?: unknown;
  }[];
  if (!Array.isArray(items) || items.length < 2 || items.length > 10)
    throw new ApiError(400, 'Bad Request: there must be 2 to 10 media in an album');
  const album = String(bot.nextMessageId());
  return items.map(({ type, media, caption = '', caption_entities = [] }) => {
    const params = { ...call.params, [type]: media, caption, caption_entities };
    return sendFile(bot, { ...call, params }, 'sendMediaGroup', type, { name: type, type: '' }, album);
  });
}

function editMessageText(bot: Bot, call: Call) {
  const person = reachable(bot, call);
  const id = Number(call.params.message_id);
  const sent = bot.sent.find((one) => one.messageId === id && one.chatId === person.user.id);
  if (!sent) throw new ApiError(400, 'Bad Request: message to edit not found');
  const content = textOf(call, 'text', 'entities', TEXT_LIMIT);
  if (content.text === sent.text) throw new ApiError(400, 'Bad Request: message is not modified');
  Object.assign(sent, content);
  bot.notify();
  return { ...person.messages.get(id), ...content, edit_date: Math.floor(Date.now() / 1000) };
}

/** The person of `chat_id`, who has written before and has not blocked the bot. */
function reachable(bot: Bot, { params }: Call) {
  const person = bot.person(Number(params.chat_id));
  if (!person) throw new ApiError(400, 'Bad Request: chat not found');
  if (person.blocked) throw new ApiError(403, 'Forbidden: bot was blocked by the user');
  return person;
}

function textOf({ params }: Call, field: string, entitiesField: string, limit: number) {
  const given = String(params[field] ?? '');
  const mode = params.parse_mode;
  if (mode !== undefined && mode !== 'HTML') throw new ApiError(400, 'Bad Request: unsupported parse_mode');
  const content =
    mode === 'HTML'
      ? badEntities(() => parseHtml(given))
      : { text: given, entities: (json(params[entitiesField]) as MessageEntity[] | undefined) ?? [] };
  if (content.text.length > limit) {
    throw new ApiError(400, `Bad Request: message ${field === 'text' ? '' : 'caption '}is too long`);
  }
  const outside = content.entities.some(({ offset, length }) => offset < 0 || offset + length > content.text.length);
  if (outside) throw new ApiError(400, 'Bad Request: entity is outside of the text');
  return content;
}

function badEntities<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new ApiError(400, `Bad Request: ${(error as Error).message}`);
  }
}

/** Objects come as JSON text in forms and as they are in JSON bodies. */
function json(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new ApiError(400, "Bad Request: can't parse JSON object");
  }
}
