import { z } from 'zod';

/**
 * The part of a Bot API Update that Parley reads (core.telegram.org/bots/api#update); everything else is let through
 * unread. A kind of message that is not named here still parses: `parse` names it from its own keys.
 */

const user = z.looseObject({
  id: z.number(),
  is_bot: z.boolean().default(false),
  first_name: z.string().default(''),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
});
export type TelegramUser = z.infer<typeof user>;

const chat = z.looseObject({ id: z.number(), type: z.string(), title: z.string().optional() });

const entity = z.looseObject({
  type: z.string(),
  /** In UTF-16 code units, as JavaScript counts. */
  offset: z.number().int(),
  length: z.number().int(),
  url: z.string().optional(),
  language: z.string().optional(),
});
export type Entity = z.infer<typeof entity>;

const file = z.looseObject({
  file_id: z.string(),
  file_size: z.number().optional(),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
});

const origin = z.looseObject({
  type: z.string(),
  sender_user: user.optional(),
  sender_user_name: z.string().optional(),
  sender_chat: chat.optional(),
  chat: chat.optional(),
});

const location = z.looseObject({ latitude: z.number(), longitude: z.number(), live_period: z.number().optional() });

const answered = z.looseObject({
  message_id: z.number(),
  text: z.string().optional(),
  caption: z.string().optional(),
});

const message = z.looseObject({
  message_id: z.number(),
  /** Unix seconds, when Telegram received it. */
  date: z.number(),
  edit_date: z.number().optional(),
  from: user.optional(),
  chat,
  text: z.string().optional(),
  entities: z.array(entity).optional(),
  caption: z.string().optional(),
  caption_entities: z.array(entity).optional(),
  reply_to_message: answered.optional(),
  quote: z.looseObject({ text: z.string() }).optional(),
  forward_origin: origin.optional(),
  media_group_id: z.string().optional(),
  photo: z.array(file.extend({ width: z.number(), height: z.number() })).optional(),
  document: file.optional(),
  animation: file.optional(),
  voice: file.optional(),
  audio: file.optional(),
  video: file.optional(),
  video_note: file.optional(),
  sticker: file.extend({ emoji: z.string().optional() }).optional(),
  location: location.optional(),
  venue: z.looseObject({ location, title: z.string(), address: z.string() }).optional(),
  contact: z
    .looseObject({
      phone_number: z.string(),
      first_name: z.string().default(''),
      last_name: z.string().optional(),
      user_id: z.number().optional(),
    })
    .optional(),
});
export type TelegramMessage = z.infer<typeof message>;

const membership = z.looseObject({
  chat,
  from: user,
  date: z.number(),
  new_chat_member: z.looseObject({ status: z.string() }),
});

export const update = z.looseObject({
  update_id: z.number().int(),
  message: message.optional(),
  edited_message: message.optional(),
  my_chat_member: membership.optional(),
});
export type TelegramUpdate = z.infer<typeof update>;

/** What is asked of Telegram, so that nothing comes that is thrown away. */
export const allowedUpdates = ['message', 'edited_message', 'my_chat_member'] as const;
