import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Notification } from '../../../server/alerts/schema.ts';
import type { Article } from '../../../server/knowledge/schema.ts';
import type { Gap, WrongAnswer } from '../../../server/learning/schema.ts';
import type { Message, Thread } from '../../../server/threads/schema.ts';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';
import { openChromium } from '../../support/browser.ts';
import { makeChannel, telegramText } from '../../support/cast.ts';
import { isMissing } from '../../support/parts.ts';
import { openScreen } from '../../support/screen.ts';

type List<T> = { items: T[] };

const QUESTIONS = [
  'Do you take a phone with a cracked screen in trade-in?',
  'trade-in with a cracked screen?',
  'Can I trade in my phone if the screen is cracked?',
  'My screen is cracked, is trade in possible?',
  'cracked screen trade-in?',
];

describe.skipIf(isMissing('Chromium'))('learning', { timeout: 120_000 }, () => {
  let browser: Browser;
  let test: TestApp;
  let maya: Staff;
  let channel: string;
  const threads: string[] = [];

  beforeAll(async () => {
    browser = await openChromium();
    test = await startApp({ keep: true });
    maya = await test.staff('supervisor', 'Maya');
    channel = await makeChannel(test, 'telegram', { botMode: 'first' });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await test?.stop();
  });

  async function write(text: string, client: string): Promise<string> {
    const [outcome] = await test.app.deps.host.ingest(channel, {
      messages: [telegramText(client, text, { arrivedAt: test.clock.now() })],
    });
    await test.settle();
    return outcome?.threadId ?? '';
  }

  it('five clients ask what nothing answers: each is handed over, and they are one gap of five', async () => {
    for (const [at, question] of QUESTIONS.entries()) threads.push(await write(question, String(7000 + at)));
    for (const id of threads)
      expect(await maya.call<Thread>('GET', `/threads/${id}`)).toMatchObject({ botState: 'waiting' });
    const { items } = await maya.call<List<Gap>>('GET', '/gaps');
    expect(items.map((gap) => gap.count)).toEqual([5]);
  });

  it('a manager writes the article from the gap, with what a colleague answered as its draft', async () => {
    await maya.call('POST', `/threads/${threads[0]}/messages`, {
      clientKey: crypto.randomUUID(),
      kind: 'reply',
      text: 'A phone with a cracked screen is taken in trade-in for 40 EUR less than a whole one.',
      force: true,
    });
    const { page } = await openScreen(browser, test.url, maya, '/knowledge/learning');
    await page.getByText('5 clients asked').first().waitFor();
    await page.getByRole('button', { name: 'Write an article' }).click();
    const body = page.getByRole('textbox', { name: 'Text' });
    await body.waitFor();
    expect(await body.inputValue()).toContain('40 EUR less');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Published:').first().waitFor();
    expect((await maya.call<List<Gap>>('GET', '/gaps')).items).toEqual([]);
  });

  it('the sixth client gets it, cited', async () => {
    const id = await write('do you accept trade-in of a phone with cracked screen', '7006');
    const said = (await maya.call<List<Message>>('GET', `/threads/${id}/messages`)).items;
    const answer = said.find((message) => message.author.kind === 'bot');
    expect(answer?.text).toContain('40 EUR less');
    expect(answer?.citations?.map((citation) => citation.kind)).toEqual(['passage']);
    threads.push(id);
  });

  it('an answer marked wrong: the client is corrected, the article flagged, the supervisor told', async () => {
    const id = threads.at(-1) ?? '';
    const { page } = await openScreen(browser, test.url, maya, `/t/${id}?tab=all`);
    const answer = page.locator('[data-message][data-direction=outbound]').filter({ hasText: '40 EUR less' }).first();
    await answer.hover();
    await answer.getByRole('button', { name: 'Message actions' }).click();
    await page.getByRole('menuitem', { name: 'This answer was wrong' }).click();
    await page.getByRole('textbox', { name: 'Correction for the client' }).fill('It is 60 EUR less, sorry.');
    await page.getByRole('button', { name: 'Send the correction' }).click();
    await page.getByText('Marked as wrong').waitFor();
    await test.settle();
    const said = (await maya.call<List<Message>>('GET', `/threads/${id}/messages`)).items;
    expect(said[0]).toMatchObject({ text: 'It is 60 EUR less, sorry.', author: { kind: 'user' } });
    const [wrong] = (await maya.call<List<WrongAnswer>>('GET', '/wrong-answers')).items;
    expect(wrong?.articleIds).toHaveLength(1);
    const article = await maya.call<Article>('GET', `/articles/${wrong?.articleIds[0]}`);
    expect(article.flaggedAt).not.toBeNull();
    const told = (await maya.call<List<Notification>>('GET', '/notifications')).items;
    expect(told.map((item) => item.kind)).toContain('wrongAnswer');

    const queue = await openScreen(browser, test.url, maya, '/knowledge/learning?show=wrong');
    await queue.page.getByText('It is 60 EUR less, sorry.').waitFor();
    await queue.page.getByRole('button', { name: 'Seen to' }).click();
    await queue.page.getByText('No wrong answer is open').waitFor();
  });
});
