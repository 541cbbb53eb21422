import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Suggestion } from '../../../server/consult/schema.ts';
import type { Message } from '../../../server/threads/schema.ts';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';
import { openChromium } from '../../support/browser.ts';
import { makeChannel, telegramText } from '../../support/cast.ts';
import { type AskedModel, type OpenaiServer, startOpenaiServer } from '../../support/openaiServer.ts';
import { isMissing } from '../../support/parts.ts';
import { openScreen } from '../../support/screen.ts';

type List<T> = { items: T[] };

const PLANS = `sku,name,brand,category,minutes,data_gb,price_month,extra_gb_price,currency,roaming_TR_day_price
PS,Plan S,Riva,tariff,200,5,9,2,EUR,3
PM,Plan M,Riva,tariff,500,15,15,1.5,EUR,2
PL,Plan L,Riva,tariff,unlimited,40,22,1,EUR,1
PX,Plan XL,Riva,tariff,unlimited,unlimited,39,,EUR,1
`;
const QUESTION = 'ماهی ۶ گیگ اینترنت و ۳۰۰ دقیقه مکالمه می‌خواهم و یک هفته هم در ترکیه هستم. کدام تعرفه ارزان‌تر است؟';
const ENGLISH =
  'I want 6 GB of internet and 300 minutes of calls a month, and am in Turkey for a week. Which plan is cheaper?';

/** Translates this one sentence, and answers nothing else. */
const translator = (asked: AskedModel) =>
  asked.messages[0]?.content.includes('Translate')
    ? JSON.stringify({ text: ENGLISH.replace('6', '۶').replace('300', '۳۰۰') })
    : '{}';

describe.skipIf(isMissing('Chromium'))('a tariff in Persian', { timeout: 120_000 }, () => {
  let browser: Browser;
  let model: OpenaiServer;
  let test: TestApp;
  let rita: Staff;
  let threadId: string;

  beforeAll(async () => {
    [browser, model] = await Promise.all([openChromium(), startOpenaiServer()]);
    model.reply = { content: translator };
    test = await startApp({ keep: true, env: { OPENAI_BASE_URL: model.url, OPENAI_MODEL: 'small' } });
    rita = await test.staff('admin', 'Rita');
    const form = new FormData();
    form.set('file', new Blob([PLANS]), 'plans.csv');
    await rita.call('POST', '/products/import', form);
    const channel = await makeChannel(test, 'telegram', { botMode: 'suggest' });
    const [outcome] = await test.app.deps.host.ingest(channel, {
      messages: [telegramText('9901', QUESTION, { arrivedAt: test.clock.now() })],
    });
    threadId = outcome?.threadId ?? '';
    await test.settle();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await test?.stop();
    await model?.stop();
  });

  it('three plans with their monthly totals, each term cited', async () => {
    const { items } = await rita.call<List<Suggestion>>('POST', `/threads/${threadId}/suggestions`, {});
    const answer = items[0]?.answer;
    const plans = ['Plan S', 'Plan M', 'Plan L', 'Plan XL'].filter((plan) =>
      new RegExp(`${plan}(?!L)`).test(answer?.text ?? ''),
    );
    expect(plans.length).toBeGreaterThanOrEqual(3);
    expect(answer?.citations.filter((citation) => citation.kind === 'product').length).toBeGreaterThanOrEqual(3);
  });

  it('the consultant reads a translation beside the original, edits, sends; right to left all is right', async () => {
    const { page } = await openScreen(browser, test.url, rita, `/t/${threadId}?tab=all`);
    const said = page.locator('[data-message][data-direction=inbound]').first();
    await page.getByText('ترکیه').first().waitFor({ timeout: 60_000 });
    await said.hover();
    await said.getByRole('button', { name: 'Message actions' }).click();
    await page.getByRole('menuitem', { name: 'Translate' }).click();
    await said.getByText('Which plan is cheaper?').waitFor();
    await said.getByText('ترکیه').first().waitFor();

    const persian = await openScreen(browser, test.url, rita, `/t/${threadId}?tab=all`, { locale: 'fa' });
    await persian.page.locator('[data-message]').first().waitFor();
    expect(await persian.page.evaluate<string>('document.documentElement.dir')).toBe('rtl');
    await persian.page.getByText(/Plan/).first().waitFor();
    // The client's words run from right to left, on a screen that does too.
    const direction = await persian.page.evaluate<string>(
      "getComputedStyle([...document.querySelectorAll('[data-message] *')].find((one) => one.children.length === 0 && one.textContent.includes('ترکیه'))).direction",
    );
    expect(direction).toBe('rtl');

    const field = page.locator('form textarea').first();
    await page.getByRole('button', { name: 'Insert' }).first().click();
    await expect.poll(() => field.inputValue()).toContain('Plan');
    await field.fill(`سلام. ${(await field.inputValue()).slice(0, 400)}`);
    await page.keyboard.press('Control+Enter');
    await expect
      .poll(async () => (await rita.call<List<Message>>('GET', `/threads/${threadId}/messages`)).items[0]?.text ?? '')
      .toMatch(/^سلام\. .*Plan/su);
  });
});
