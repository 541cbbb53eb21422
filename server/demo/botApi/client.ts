import type { Message, MessageEntity, User } from 'telegraf/types';
import type { Bot, Person, SentMessage, SharedFile, StoredFile } from './bot.ts';

/** The people's side of a chat with the bot: what somebody does on the phone. Each call answers with the message's id. */
export class Client {
  constructor(
    readonly bot: Bot,
    readonly person: Person,
  ) {}

  /** Text as typed; entities as the app would add them. */
  writes(text: string, options: Said & { entities?: MessageEntity[] } = {}): number {
    return this.#say({ text, ...(options.entities ? { entities: options.entities } : {}) }, options);
  }

  /** Opens the chat by `t.me/bot?start=payload`. */
  starts(payload = ''): number {
    const text = payload === '' ? '/start' : `/start ${payload}`;
    return this.writes(text, { entities: [{ type: 'bot_command', offset: 0, length: 6 }] });
  }

  sendsPhoto(file: SharedFile, options: Said = {}): number {
    const stored = this.bot.keep({ name: 'photo.jpg', type: 'image/jpeg', ...file }, 'photos');
    const size = { file_id: stored.id, file_unique_id: stored.id.slice(0, 12), file_size: file.content.length };
    const small = { ...size, file_id: `${stored.id}s`, file_unique_id: `${stored.id.slice(0, 12)}s`, file_size: 900 };
    const photo = [
      { ...small, width: 90, height: 67 },
      { ...size, width: 1280, height: 960 },
    ];
    return this.#say({ photo, ...captioned(file) }, options);
  }

  sendsDocument(file: SharedFile, options: Said = {}): number {
    const stored = this.bot.keep({ name: 'file.pdf', type: 'application/pdf', ...file }, 'documents');
    return this.#say({ document: described(stored), ...captioned(file) }, options);
  }

  sendsVoice(file: SharedFile & { seconds?: number }, options: Said = {}): number {
    const stored = this.bot.keep({ name: 'voice.oga', type: 'audio/ogg', ...file }, 'voice');
    return this.#say({ voice: { ...described(stored), duration: file.seconds ?? 3 }, ...captioned(file) }, options);
  }

  sendsVideoNote(file: SharedFile, options: Said = {}): number {
    const stored = this.bot.keep({ name: 'note.mp4', type: 'video/mp4', ...file }, 'video_notes');
    return this.#say({ video_note: { ...described(stored), duration: 4, length: 384 } }, options);
  }

  sendsSticker(emoji: string, file: SharedFile, options: Said = {}): number {
    const stored = this.bot.keep({ name: 'sticker.webp', type: 'image/webp', ...file }, 'stickers');
    const shape = { width: 512, height: 512, is_animated: false, is_video: false, type: 'regular' };
    return this.#say({ sticker: { ...described(stored), ...shape, emoji } }, options);
  }

  sendsLocation(latitude: number, longitude: number, options: Said = {}): number {
    return this.#say({ location: { latitude, longitude } }, options);
  }

  /** Shares a contact; `userId` is the Telegram user it belongs to: the client's own id for the own contact. */
  sharesContact(contact: { phone: string; name?: string; userId?: number }, options: Said = {}): number {
    const shared = { phone_number: contact.phone, first_name: contact.name ?? this.person.user.first_name };
    return this.#say({ contact: { ...shared, ...(contact.userId ? { user_id: contact.userId } : {}) } }, options);
  }

  /** Changes the text of an own message. */
  edits(messageId: number, text: string) {
    const message = this.person.messages.get(messageId);
    if (!message) throw new Error(`no message ${messageId} in this chat`);
    const edited = { ...message, text, edit_date: Math.floor(Date.now() / 1000) } as unknown as Message;
    this.person.messages.set(messageId, edited);
    this.bot.push({ edited_message: edited });
  }

  blocks() {
    this.#member('member', 'kicked', true);
  }

  unblocks() {
    this.#member('kicked', 'member', false);
  }

  /** What the bot wrote to this person. */
  get received(): SentMessage[] {
    return this.bot.sent.filter((sent) => sent.chatId === this.person.user.id);
  }

  #say(content: Draft, { replyTo, album, at }: Said): number {
    const message_id = this.bot.nextMessageId();
    const answered = replyTo === undefined ? undefined : this.person.messages.get(replyTo);
    const message = {
      message_id,
      from: this.person.user,
      chat: chatOf(this.person.user),
      date: Math.floor((at?.getTime() ?? Date.now()) / 1000),
      ...(answered ? { reply_to_message: answered } : {}),
      ...(album === undefined ? {} : { media_group_id: album }),
      ...content,
    } as unknown as Message;
    this.person.messages.set(message_id, message);
    this.bot.said.push(message);
    this.bot.push({ message });
    return message_id;
  }

  #member(before: string, after: string, blocked: boolean) {
    this.person.blocked = blocked;
    const { user } = this.person;
    this.bot.push({
      my_chat_member: {
        chat: chatOf(user),
        from: user,
        date: Math.floor(Date.now() / 1000),
        old_chat_member: { user: this.bot.user, status: before },
        new_chat_member: { user: this.bot.user, status: after },
      },
    });
  }
}

/** What a person can put into a message. Times are now unless `at` says otherwise. */
interface Said {
  replyTo?: number;
  /** Sent as part of this album. */
  album?: string;
  at?: Date;
}

type Draft = Record<string, unknown>;

/** The private chat with a user has the user's id. */
export function chatOf(user: User) {
  const { id, first_name, last_name, username } = user;
  return {
    id,
    type: 'private' as const,
    first_name,
    ...(last_name ? { last_name } : {}),
    ...(username ? { username } : {}),
  };
}

function captioned(file: SharedFile) {
  return file.caption === undefined ? {} : { caption: file.caption };
}

function described(file: StoredFile) {
  return {
    file_id: file.id,
    file_unique_id: file.id.slice(0, 12),
    file_name: file.name,
    mime_type: file.type,
    file_size: file.content.length,
  };
}
