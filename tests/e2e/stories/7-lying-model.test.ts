import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../../server/demo/botApi/client.ts';
import { type BotApi, startBotApi } from '../../../server/demo/botApi/server.ts';
import type { Thread, ThreadRow } from '../../../server/threads/schema.ts';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';
import { openChromium } from '../../support/browser.ts';
import { type OpenaiServer, startOpenaiServer } from '../../support/openaiServer.ts';
import { isMissing } from '../../support/parts.ts';
import { importPhoneShop } from '../../support/phoneShop.ts';
import { openScreen } from '../../support/screen.ts';
import { until } from '../../support/until.ts';

type List<T> = { items: T[] };

/** A model behind an OpenAI-compatible address that always says 399, and swears that the first source says so. */
async function startLiar(): Promise<OpenaiServer> {
  const liar = await startOpenaiServer();
  const sentences = [{ text: 'It costs 399 EUR at Riverside.', sources: [1], quotes: ['399'] }];
  liar.reply = { content: JSON.stringify({ answerable: true, sentences }) };
  return liar;
}

describe.skipIf(isMissing('Chromium'))('a lying model', { timeout: 90_000 }, () => {
  let browser: Browser;
  let botApi: BotApi;
  let liar: OpenaiServer;
  let ben: Client;
  let ann: Client;
  let test: TestApp;
  let mira: Staff;

  beforeAll(async () => {
    [browser, botApi, liar] = await Promise.all([openChromium(), startBotApi(), startLiar()]);
    const bot = botApi.bot('4242:secret', 'Riverside');
    ben = bot.client({ id: 77, first_name: 'Ben' });
    ann = bot.client({ id: 78, first_name: 'Ann' });
    test = await startApp({
      keep: true,
      env: { TELEGRAM_API_ROOT: botApi.url, OPENAI_BASE_URL: liar.url, OPENAI_MODEL: 'liar' },
    });
    mira = await test.staff('admin', 'Mira');
    await importPhoneShop(mira, test.clock.now());
    const channel = { kind: 'telegram', name: 'Bot', config: { token: bot.token }, botMode: 'first' };
    await mira.call('POST', '/channels', channel);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await test?.stop();
    await botApi?.close();
    await liar?.stop();
  });

  const threadOf = async (name: string) =>
    (await mira.call<List<ThreadRow>>('GET', '/threads?status=all')).items.find(
      ({ clientName }) => clientName === name,
    );

  it('is asked, and its price is shown to nobody: the client gets the row’s', async () => {
    ben.writes('What does the Galaxy A55 256 GB blue cost at Riverside?');
    await until(
      () => ben.received,
      (received) => received.length > 0,
    );
    expect(liar.asked.length).toBeGreaterThan(0);
    expect(ben.received[0]?.text).toContain('429');
    const thread = await until(
      () => threadOf('Ben'),
      (row) => row !== undefined,
    );
    const { page } = await openScreen(browser, test.url, mira, `/t/${thread?.id}`);
    await page.getByText('429 EUR').first().waitFor();
    const { items } = await mira.call<List<unknown>>('POST', `/threads/${thread?.id}/suggestions`, {});
    expect(items.length).toBeGreaterThan(0);
    const everything = [
      JSON.stringify(items),
      JSON.stringify(await mira.call('GET', `/threads/${thread?.id}/messages`)),
      JSON.stringify(
        await mira.call('POST', '/consult', { question: 'price of the Galaxy A55 256 GB blue at Riverside' }),
      ),
      JSON.stringify(ben.received.map(({ text }) => text)),
      await page.locator('#root').textContent(),
    ];
    for (const shown of everything) expect(shown).not.toContain('399');
  });

  it('for what is not sold the bot says so and passes on, and a person truly is called', async () => {
    ann.writes('Have you got the Galaxy Z Fold 9?');
    await until(
      () => ann.received,
      (received) => received.length > 0,
    );
    expect(ann.received[0]?.text).toContain('not in our catalogue');
    const row = await until(
      () => threadOf('Ann'),
      (found) => found?.botState === 'waiting',
    );
    const thread = await mira.call<Thread>('GET', `/threads/${row?.id}`);
    expect(thread.waitingSince).not.toBeNull();
    const waiting = (await mira.call<{ waiting: { threadId: string }[] }>('GET', '/reports/live')).waiting;
    expect(waiting.map(({ threadId }) => threadId)).toContain(row?.id);
    const { page } = await openScreen(browser, test.url, mira, '/?tab=unassigned');
    await page.getByText('Ann').first().click();
    await page.getByText('Waits for a person').first().waitFor();
  });
});
