import type { Bot } from '../botApi/bot.ts';
import type { Correspondent } from './person.ts';

/** A person with Telegram, at the stand-in. */
export function messenger(bot: Bot, user: { id: number; name: string; language: string }): Correspondent {
  const [first_name = user.name, last_name] = user.name.split(' ');
  const client = bot.client({
    id: user.id,
    first_name,
    ...(last_name ? { last_name } : {}),
    language_code: user.language,
  });
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
