import { randomUUID } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { type BotApi, startBotApi } from '../../../server/demo/botApi/server.ts';
import { messenger, rememberPeople } from '../../../server/demo/clients/messenger.ts';
import type { Message, ThreadRow } from '../../../server/threads/schema.ts';
import { startApp, type TestApp } from '../../support/app.ts';

type List<T> = { items: T[] };
const TOKEN = '4242:secret';

let api: BotApi;
let parley: TestApp;

afterEach(async () => {
  await parley?.stop();
  await api?.close();
});

test('an answer reaches who wrote before the stand-in began anew', async () => {
  api = await startBotApi();
  const earlier = api.bot(TOKEN, 'Riverside');
  const port = Number(new URL(api.url).port);
  parley = await startApp({ env: { TELEGRAM_API_ROOT: api.url } });
  const mira = await parley.staff('admin', 'Mira');
  await mira.call('POST', '/channels', { kind: 'telegram', name: 'Telegram', config: { token: TOKEN } });
  const anna = messenger(earlier, { id: 77, name: 'Anna van Berg', language: 'en' });
  await anna.say('Have you got the A55?');
  anna.leave();
  const thread = await vi.waitFor(
    async () => {
      const [found] = (await mira.call<List<ThreadRow>>('GET', '/threads')).items;
      if (!found) throw new Error('nothing came');
      return found;
    },
    { timeout: 15_000 },
  );
  expect(thread.clientName).toBe('Anna van Berg');
  await api.close();

  api = await startBotApi({ port });
  const bot = api.bot(TOKEN, 'Riverside');
  await rememberPeople(parley.app.deps.db, bot);
  expect(bot.person(77)?.user).toMatchObject({ first_name: 'Anna', last_name: 'van Berg' });
  const reply = { clientKey: randomUUID(), kind: 'reply', text: 'Yes, two', force: true };
  await mira.call('POST', `/threads/${thread.id}/messages`, reply);
  expect(await bot.nextSent(({ chatId }) => chatId === 77, 15_000)).toMatchObject({ text: 'Yes, two' });
  await vi.waitFor(
    async () => {
      const { items } = await mira.call<List<Message>>('GET', `/threads/${thread.id}/messages`);
      expect(items.map(({ text, delivery }) => [text, delivery?.state])).toContainEqual(['Yes, two', 'sent']);
      expect(items).toHaveLength(2);
    },
    { timeout: 15_000 },
  );
});
