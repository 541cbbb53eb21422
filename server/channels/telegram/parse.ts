import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Address, InboundMessage, RemoteFile } from '../channel.ts';
import { entitiesToHtml } from './entities.ts';
import type { TelegramMessage, TelegramUpdate, TelegramUser } from './update.ts';

export type Parsed =
  | { kind: 'message'; message: InboundMessage }
  /** The person blocked the bot or let it in again. */
  | { kind: 'membership'; userId: string; blocked: boolean }
  /** Nothing a client said to us: a group, a channel post, the steps of a live location, which are all `one`. */
  | { kind: 'ignored'; why: string; one?: string };

/** A bot can fetch no larger file (core.telegram.org/bots/api#getfile). */
export const DOWNLOAD_LIMIT_BYTES = 20 * 1024 * 1024;

/** Makes an update channel-neutral. `connectedAt`: what Telegram received earlier is history. */
export function parse(update: TelegramUpdate, connectedAt: Date): Parsed {
  const { my_chat_member: membership } = update;
  if (membership) {
    if (membership.chat.type !== 'private') return { kind: 'ignored', why: 'group' };
    const blocked = membership.new_chat_member.status === 'kicked';
    return { kind: 'membership', userId: String(membership.chat.id), blocked };
  }
  const said = update.message ?? update.edited_message;
  if (!said) return { kind: 'ignored', why: 'unknown-update' };
  if (said.chat.type !== 'private' || !said.from) return { kind: 'ignored', why: 'group' };
  if (update.edited_message && said.location?.live_period) {
    const one = `live:${messageKey(said.chat.id, said.message_id)}`;
    return { kind: 'ignored', why: 'live-location', one };
  }
  return fromMessage(update, said, said.from, connectedAt);
}

/** A message's id in its channel: message ids alone are unique only within a chat. */
export function messageKey(chatId: number | string, messageId: number): string {
  return `${chatId}:${messageId}`;
}

function fromMessage(update: TelegramUpdate, said: TelegramMessage, from: TelegramUser, connectedAt: Date): Parsed {
  const edited = update.edited_message !== undefined;
  const key = messageKey(said.chat.id, said.message_id);
  const files = edited ? [] : filesOf(said);
  const fetched = files.filter(({ sizeBytes }) => (sizeBytes ?? 0) <= DOWNLOAD_LIMIT_BYTES);
  const tooLarge = files.filter((file) => !fetched.includes(file));
  const own = said.text ?? said.caption ?? '';
  const start = said.text?.match(/^\/start(?:@\w+)?(?:\s+(\S+))?\s*$/);
  const message: InboundMessage = {
    externalId: edited ? `edit:${update.update_id}` : key,
    from: [{ kind: 'telegram', value: String(from.id), name: nameOf(from), verified: true }, ...ownPhone(said, from)],
    to: [],
    cc: [],
    subject: null,
    text: [forwardedFrom(said), own, wordsFor(said), ...tooLarge.map(tooLargeLine)]
      .filter(Boolean)
      .join('\n')
      .normalize('NFC'),
    rest: quoted(said),
    html: said.forward_origin ? null : entitiesToHtml(own, said.entities ?? said.caption_entities ?? []),
    attachments: [],
    remoteFiles: fetched,
    messageId: key,
    references: said.reply_to_message ? [messageKey(said.chat.id, said.reply_to_message.message_id)] : [],
    threadToken: null,
    arrivedAt: new Date((edited ? (said.edit_date ?? said.date) : said.date) * 1000),
    classification: 'person',
    detail: start
      ? { why: start[1] ? `start:${start[1]}` : 'start' }
      : said.media_group_id
        ? { why: 'album', album: said.media_group_id }
        : null,
    raw: unknownKind(said) === null ? null : new TextEncoder().encode(JSON.stringify(update)),
    // Telegram's clock has whole seconds: what came in the second of the connection is new.
    historical: said.date < Math.floor(connectedAt.getTime() / 1000),
    language: from.language_code,
    edits: edited ? key : undefined,
  };
  return { kind: 'message', message };
}

function nameOf(user: { first_name: string; last_name?: string | undefined; username?: string | undefined }): string {
  return [user.first_name, user.last_name].filter(Boolean).join(' ') || user.username || '';
}

/** A phone number is the writer's own, proven by Telegram, only when the shared contact is the writer's own account. */
function ownPhone({ contact }: TelegramMessage, from: TelegramUser): Address[] {
  if (!contact || contact.user_id !== from.id) return [];
  const value = e164(contact.phone_number);
  return value === null ? [] : [{ kind: 'phone', value, name: nameOf(from), verified: true }];
}

/** Telegram leaves out the plus in most clients; the number is international all the same. */
function e164(phone: string): string | null {
  const number = parsePhoneNumberFromString(phone.startsWith('+') ? phone : `+${phone.replace(/\D/g, '')}`);
  return number?.isPossible() ? number.number : null;
}

function filesOf(said: TelegramMessage): RemoteFile[] {
  const at = said.message_id;
  const photo = said.photo?.filter((size) => (size.file_size ?? 0) <= DOWNLOAD_LIMIT_BYTES).at(-1) ?? said.photo?.[0];
  // An animation is repeated as a document.
  const media = [
    photo && remote(photo, `photo-${at}.jpg`, 'image/jpeg'),
    said.animation && remote(said.animation, `animation-${at}.mp4`, 'video/mp4'),
    !said.animation && said.document && remote(said.document, `document-${at}`, 'application/octet-stream'),
    said.voice && remote(said.voice, `voice-${at}.ogg`, 'audio/ogg'),
    said.audio && remote(said.audio, `audio-${at}.mp3`, 'audio/mpeg'),
    said.video && remote(said.video, `video-${at}.mp4`, 'video/mp4'),
    said.video_note && remote(said.video_note, `video-note-${at}.mp4`, 'video/mp4'),
    said.sticker && remote(said.sticker, `sticker-${at}.webp`, 'image/webp'),
  ];
  return media.filter((file) => file !== undefined && file !== false);
}

function remote(
  file: {
    file_id: string;
    file_size?: number | undefined;
    file_name?: string | undefined;
    mime_type?: string | undefined;
  },
  name: string,
  type: string,
): RemoteFile {
  return {
    ref: file.file_id,
    name: file.file_name ?? name,
    type: file.mime_type ?? type,
    sizeBytes: file.file_size ?? null,
  };
}

/** What stands for content that is no text. Written without words of any language where that is possible. */
function wordsFor(said: TelegramMessage): string {
  if (said.sticker) return said.sticker.emoji ?? '';
  if (said.venue) return `📍 ${said.venue.title}, ${said.venue.address}\n${mapLink(said.venue.location)}`;
  if (said.location) return `📍 ${mapLink(said.location)}`;
  if (said.contact) return `👤 ${nameOf(said.contact)} ${e164(said.contact.phone_number) ?? said.contact.phone_number}`;
  const unknown = unknownKind(said);
  return unknown === null ? '' : `[${unknown}]`;
}

function mapLink({ latitude, longitude }: { latitude: number; longitude: number }): string {
  return `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;
}

const NO_CONTENT = new Set(
  'message_id date edit_date from chat sender_chat reply_to_message quote external_reply forward_origin via_bot link_preview_options reply_markup has_protected_content media_group_id has_media_spoiler message_thread_id is_topic_message sender_business_bot business_connection_id effect_id is_from_offline show_caption_above_media'.split(
    ' ',
  ),
);
const KNOWN = new Set(
  'text entities caption caption_entities photo document animation voice audio video video_note sticker location venue contact'.split(
    ' ',
  ),
);

/** The name of a kind of content that Parley has no words for (`poll`, `dice`, `story`, …), else null. */
function unknownKind(said: TelegramMessage): string | null {
  const content = Object.keys(said).filter((key) => !NO_CONTENT.has(key) && said[key] !== undefined);
  return content.some((key) => KNOWN.has(key)) ? null : (content[0]?.replaceAll('_', ' ') ?? 'empty message');
}

function forwardedFrom({ forward_origin: origin }: TelegramMessage): string {
  if (!origin) return '';
  const user = origin.sender_user && nameOf(origin.sender_user);
  return `↪ ${user ?? origin.sender_user_name ?? origin.sender_chat?.title ?? origin.chat?.title ?? '?'}:`;
}

/** What the message answers, as a quotation. */
function quoted({ reply_to_message: answered, quote }: TelegramMessage): string | null {
  const text = quote?.text ?? answered?.text ?? answered?.caption ?? '';
  return text === ''
    ? null
    : text
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n');
}

function tooLargeLine({ name, sizeBytes }: RemoteFile): string {
  return `[${name}, ${Math.round((sizeBytes ?? 0) / 1024 / 1024)} MB: a bot cannot fetch files over 20 MB from Telegram]`;
}
