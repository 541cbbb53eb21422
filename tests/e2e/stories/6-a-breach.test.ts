import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';
import { axeProblems, openChromium } from '../../support/browser.ts';
import { makeChannel } from '../../support/cast.ts';
import { isMissing } from '../../support/parts.ts';
import { openScreen } from '../../support/screen.ts';
import { answers, goTo, hour, minute, withoutChannels, writes } from '../../support/waiting.ts';

// The screens count their periods by the browser's own clock: a noon that is past, today.
const noon = new Date(Date.now() - 2 * hour);
const at = (ms: number) => new Date(noon.getTime() + ms);

describe.skipIf(isMissing('Chromium'))('a breach, on the supervisor’s screens', { timeout: 180_000 }, () => {
  let browser: Browser;
  let test: TestApp;
  let sara: Staff;
  let mira: Staff;

  beforeAll(async () => {
    browser = await openChromium();
    test = await startApp({ keep: true, startAt: noon, ...withoutChannels });
    sara = await test.staff('supervisor', 'Sara');
    mira = await test.staff('manager', 'Mira');
    const channel = await makeChannel(test, 'telegram', { targetMs: 15 * minute });
    test.clock.set(noon);
    const threadId = await writes(test, channel, '42', 'Is my repair ready?');
    await goTo(test, at(15 * minute + 1000));
    await sara.call('PUT', `/threads/${threadId}/assignment`, { userId: mira.id });
    test.clock.set(at(16 * minute + 20_000));
    await answers(mira, threadId);
    await mira.call('POST', '/promises', {
      threadId,
      kind: 'callBack',
      text: 'Say when it is ready',
      dueInMs: 30 * minute,
    });
    await goTo(test, at(2 * hour));
  }, 90_000);

  afterAll(async () => {
    await browser?.close();
    await test?.stop();
  });

  it('the report says what happened, and opens the thread behind it', async () => {
    for (const width of [1280, 390]) {
      const { page, context } = await openScreen(browser, test.url, sara, '/reports', { width, height: 900 });
      const line = page.getByRole('row', { name: /^Mira 1 / });
      await line.waitFor();
      expect(await line.textContent()).toMatch(/16m/);
      expect(await line.textContent()).toMatch(/0%/);
      // The one answer is a late one: its count leads to the same.
      await line.getByRole('button', { name: width === 1280 ? /^Mira$/ : 'Mira, Late: 1' }).click();
      const wait = page.getByRole('link', { name: /Client 42/ });
      await wait.waitFor();
      expect(await wait.textContent()).toContain('late 1m');
      expect(await axeProblems(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      if (process.env.PARLEY_SHOTS) await page.screenshot({ path: `${process.env.PARLEY_SHOTS}/reports-${width}.png` });
      await wait.click();
      await page.getByText('Is my repair ready?').first().waitFor();
      await context.close();
    }
  });

  it('the promise is red on its owner’s page, and settled with one press', async () => {
    const { page, context } = await openScreen(browser, test.url, mira, '/promises');
    await page.getByText('Late (1)').waitFor();
    expect(await axeProblems(page)).toEqual([]);
    if (process.env.PARLEY_SHOTS) await page.screenshot({ path: `${process.env.PARLEY_SHOTS}/promises.png` });
    await page.getByRole('button', { name: 'Kept' }).click();
    await page.getByText('Nothing promised here').waitFor();
    await context.close();
    await mira.call('PATCH', '/me', { locale: 'fa' });
    const phone = await openScreen(browser, test.url, mira, '/promises', { width: 390, height: 800, locale: 'fa' });
    await phone.page.getByText('قولی نیست').waitFor();
    if (process.env.PARLEY_SHOTS) await phone.page.screenshot({ path: `${process.env.PARLEY_SHOTS}/promises-fa.png` });
    await phone.context.close();
  });
});
