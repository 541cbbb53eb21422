import type { Deps } from '../../deps.ts';
import type { Bot, Profile } from '../botApi/bot.ts';
import type { Correspondent } from './person.ts';

/** A person with Telegram, at the stand-in. */
export function messenger(bot: Bot, user: { id: number; name: string; language: string }): Correspondent {
  const client = bot.client({ ...profile(user.id, user.name), language_code: user.language });
  const listeners: ((text: string) => void)[] = [];
  const seen = new Set(client.received.map(({ messageId }) => messageId));
  let gone = false;
  const watch = async () => {
    while (!gone) {
      for (const { messageId, text } of client.received) {
        if (seen.has(messageId)) continue;
        seen.add(messageId);
        for (const listener of listeners) listener(text);
      }
      await bot.changed(60_000);
    }
  };
  void watch();
  return {
    say: (text) => {
      client.writes(text);
      return Promise.resolve();
    },
    onAnswer: (listener) => {
      listeners.push(listener);
    },
    leave: () => {
      gone = true;
      bot.notify();
    },
  };
}

/** The stand-in forgets everybody when it ends: whom Parley knows from Telegram, it is told of again. */
export async function rememberPeople(db: Deps['db'], bot: Bot): Promise<void> {
  const people = await db.identity.findMany({ where: { kind: 'telegram' }, select: { value: true, name: true } });
  for (const { value, name } of people) bot.remember(profile(Number(value), name));
}

/** Telegram knows everybody by a first name at least. */
function profile(id: number, name: string): Profile {
  const [first_name = '', ...more] = name.split(' ');
  return { id, first_name: first_name || String(id), ...(more.length > 0 ? { last_name: more.join(' ') } : {}) };
}
