import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signedHeaders } from '../../server/lib/signed.ts';
import type { RatingSettings } from '../../server/ratings/schema.ts';
import type { Reason, ThreadReason } from '../../server/reasons/schema.ts';
import type { Live, ReportSchedule } from '../../server/reports/schema.ts';
import type { Me } from '../../server/users/schema.ts';
import { type Staff, startApp, type TestApp } from '../support/app.ts';
import { axeProblems, openChromium } from '../support/browser.ts';
import { makeChannel } from '../support/cast.ts';
import { isMissing } from '../support/parts.ts';
import { openScreen } from '../support/screen.ts';
import { until } from '../support/until.ts';
import { answers, withoutChannels, writes } from '../support/waiting.ts';

type List<T> = { items: T[] };

describe.skipIf(isMissing('Chromium'))('what supervisors set and see', { timeout: 240_000 }, () => {
  let browser: Browser;
  let test: TestApp;
  let ada: Staff;
  let mira: Staff;
  let channel: string;

  beforeAll(async () => {
    browser = await openChromium();
    test = await startApp({ keep: true, ...withoutChannels });
    ada = await test.staff('admin', 'Ada');
    mira = await test.staff('manager', 'Mira');
    channel = await makeChannel(test, 'telegram', { targetMs: 900_000 });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await test?.stop();
  });

  it('asking clients and the list of reasons are set, and a proposed reason is confirmed in the thread', async () => {
    const { page, context } = await openScreen(browser, test.url, ada, '/settings/satisfaction');
    await page.getByRole('switch', { name: 'Ask clients after closing' }).click();
    await page.getByRole('combobox', { name: 'A low score is a call that is owed' }).waitFor();
    await page.getByRole('region', { name: 'Ask how it was' }).getByRole('button', { name: 'Save' }).click();
    await until(
      () => ada.call<RatingSettings>('GET', '/rating-settings'),
      (settings) => settings.on,
    );
    const unhappy = page.getByRole('region', { name: 'Why clients are unhappy' });
    await unhappy.getByRole('button', { name: 'Add a reason' }).click();
    await unhappy.getByRole('textbox', { name: 'Reason' }).fill('Dead on arrival');
    await unhappy.getByRole('combobox', { name: /^Words that propose/ }).fill('dead');
    await page.keyboard.press('Enter');
    await unhappy.getByRole('button', { name: 'Save' }).click();
    await until(
      () => ada.call<List<Reason>>('GET', '/reasons'),
      ({ items }) => items.length === 1 && items[0]?.words.join() === 'dead',
    );
    expect(await axeProblems(page)).toEqual([]);
    await context.close();

    const threadId = await writes(test, channel, '42', 'It was dead when I opened the box');
    await test.settle();
    const thread = await openScreen(browser, test.url, mira, `/t/${threadId}?tab=all`);
    await thread.page.getByRole('button', { name: 'Confirm: Dead on arrival' }).click();
    await until(
      () => mira.call<List<ThreadReason>>('GET', `/threads/${threadId}/reasons`),
      ({ items }) => items[0]?.state === 'confirmed',
    );
    // A call in two keys answers the client.
    await thread.page.getByRole('region', { name: 'What is owed' }).waitFor();
    await thread.page.keyboard.press('p');
    await thread.page.keyboard.press('t');
    await thread.page.getByText('Call logged: the client was answered').waitFor();
    await thread.page.getByText('Telephone call').first().waitFor();
    expect(await mira.call('GET', `/threads/${threadId}`)).toMatchObject({ waitingSince: null });
    await thread.context.close();

    for (const [width, scheme] of [
      [1280, 'dark'],
      [390, 'light'],
    ] as const) {
      const report = await openScreen(browser, test.url, ada, `/reports?user=${mira.id}`, {
        width,
        height: 900,
        scheme,
      });
      await report.page.getByRole('row', { name: /^Mira 1 / }).waitFor();
      await report.page.getByText('Dead on arrival').waitFor();
      expect(await report.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      expect(await axeProblems(report.page)).toEqual([]);
      // Mira's client wrote once in that hour; the number opens the thread.
      await report.page.locator('[data-cell][tabindex="0"]').click();
      await report.page
        .getByRole('region', { name: /^Wrote on / })
        .getByText('Client 42')
        .waitFor();
      await report.page.getByRole('button', { name: 'Dead on arrival' }).click();
      await report.page.getByRole('region', { name: 'Dead on arrival' }).getByText('Client 42').waitFor();
      await report.page.getByRole('button', { name: 'Show all' }).click();
      await until(
        () => report.page.url(),
        (url) => !url.includes('user='),
      );
      await report.context.close();
    }
  });

  it('alerts, a report by mail and the webhook are set on their pages', async () => {
    const { page, context } = await openScreen(browser, test.url, ada, '/settings/alerts', { width: 390, height: 800 });
    await page.getByRole('switch', { name: /^By mail to/ }).click();
    await page.getByLabel('To Telegram').fill('4711');
    await page.getByRole('switch', { name: 'Leave me in peace at certain hours' }).click();
    await page.getByLabel('From').waitFor();
    const { preferences } = await until(
      () => ada.call<Me>('GET', '/me'),
      (me) => me.preferences.alertsToTelegram === '4711' && me.preferences.quietHours !== null,
    );
    expect(preferences).toMatchObject({ alertsByMail: true, quietHours: { from: '20:00', to: '08:00' } });
    expect(await axeProblems(page)).toEqual([]);

    await page.goto(`${test.url}/settings/reports`);
    await page.getByRole('button', { name: 'Send a report' }).click();
    const form = page.getByRole('dialog');
    await form.getByText('Every month').click();
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/^Every month · next/).waitFor();
    expect((await ada.call<List<ReportSchedule>>('GET', '/report-schedules')).items).toMatchObject([
      { every: 'month', recipients: [ada.email] },
    ]);
    expect(await axeProblems(page)).toEqual([]);

    await page.goto(`${test.url}/settings/targets`);
    const webhook = page.getByRole('region', { name: 'Webhook' });
    await webhook.getByLabel('Address that is called').fill('https://shop.example/late');
    await webhook.getByLabel('Secret', { exact: true }).fill('a long secret');
    await webhook.getByRole('button', { name: 'Save' }).click();
    await webhook.getByRole('button', { name: 'Call nothing any more' }).waitFor();
    expect(await ada.call('GET', '/webhook')).toEqual({ webhook: { url: 'https://shop.example/late' } });
    await context.close();
  });

  it('a call rings on the screen, and what is said in it stands in the thread', async () => {
    const secret = 'what the exchange and we know';
    const exchange = await ada.call<{ id: string }>('POST', '/channels', {
      kind: 'phone',
      name: 'Exchange',
      config: { secret },
    });
    const threadId = await writes(test, channel, '79', 'Please call me about the claim');
    const { clientId } = await mira.call<{ clientId: string }>('GET', `/threads/${threadId}`);
    await mira.call('POST', `/clients/${clientId}/identities`, { kind: 'phone', value: '+493023125077' });
    await mira.call('PATCH', `/clients/${clientId}`, { name: 'Ines Falk', level: 'vip' });
    const tell = async (event: object) => {
      const text = JSON.stringify({ callId: 'one', phone: '+493023125077', at: test.clock.now(), ...event });
      await fetch(`${test.url}/api/v1/calls/events/${exchange.id}`, {
        method: 'POST',
        headers: signedHeaders(secret, text),
        body: text,
      });
    };
    const { page, context } = await openScreen(browser, test.url, mira, '/promises', { width: 390, height: 844 });
    await tell({ event: 'ringing', user: mira.email });
    const card = page.getByRole('region', { name: 'Calls now' });
    await card.getByText('Somebody calls').waitFor();
    await card.getByRole('link', { name: 'Ines Falk' }).waitFor();
    await card.getByText('VIP').waitFor();
    await tell({ event: 'answered', user: mira.email });
    await card.getByText('You talk').waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await card.getByRole('button', { name: 'What was said' }).click();
    await card.getByRole('textbox', { name: 'What was said' }).fill('Comes by on Friday');
    await tell({ event: 'ended' });
    await card.getByText('Call over').waitFor();
    await card.getByRole('button', { name: 'Save' }).click();
    await card.waitFor({ state: 'detached' });
    await page.goto(`${test.url}/calls`);
    await page.getByText('Comes by on Friday').waitFor();
    await page.getByRole('link', { name: 'Open the thread' }).first().click();
    await page.getByText('Comes by on Friday').first().waitFor();
    await context.close();
  });

  it('the live page is told at once, and asks for nothing while nothing happens', async () => {
    const { page, context } = await openScreen(browser, test.url, ada, '/live');
    await page.getByRole('heading', { level: 1, name: /.+/ }).waitFor();
    await page.waitForLoadState('networkidle');
    let asked = 0;
    page.on('request', (request) => {
      if (request.url().includes('/api/v1/reports/live')) asked++;
    });
    // Nothing happens for longer than any page would wait to ask again by itself in a second's time.
    await page.waitForTimeout(3000);
    expect(asked).toBe(0);
    const began = performance.now();
    const threadId = await writes(test, channel, '77', 'Is anybody there?');
    await page.getByText('Client 77').first().waitFor();
    console.log(`the live page showed it after ${Math.round(performance.now() - began)} ms`);
    await answers(mira, threadId);
    await page.getByText('Client 77').first().waitFor({ state: 'detached' });
    expect((await ada.call<Live>('GET', '/reports/live')).waitingTotal).toBe(0);
    await context.close();
  });

  it('who steers one store looks at it, drills into each place, and opens the page of a person', async () => {
    const riverside = randomUUID();
    await test.app.deps.db.store.createMany({
      data: [
        { id: riverside, code: 'RIV', name: 'Riverside' },
        { id: randomUUID(), code: 'STA', name: 'Station' },
      ],
    });
    const other = await makeChannel(test, 'telegram', { targetMs: 900_000 });
    await test.app.deps.db.channel.update({ where: { id: other }, data: { storeId: riverside } });
    await writes(test, channel, '81', 'Anywhere');
    const threadId = await writes(test, other, '82', 'At Riverside');
    await mira.call('PUT', `/threads/${threadId}/assignment`, { userId: 'me' });
    const { page, context } = await openScreen(browser, test.url, ada, `/live?store=${riverside}`, {
      width: 390,
      height: 844,
    });
    await page.getByText('Client 82').first().waitFor();
    expect(await page.getByText('Client 81').count()).toBe(0);
    await page
      .getByRole('region', { name: 'By store' })
      .getByRole('button', { name: /Riverside/, pressed: true })
      .click();
    await page.getByText('Client 81').first().waitFor();
    const people = page.getByRole('region', { name: 'People and their load' });
    await people.getByRole('button', { name: /^Nobody's yet/ }).click();
    await page.getByText('Client 82').first().waitFor({ state: 'detached' });
    expect(page.url()).toContain('user=none');
    await page.getByRole('button', { name: /^Late now/ }).click();
    await page.getByRole('heading', { name: 'Nobody waits here' }).waitFor();
    expect(await axeProblems(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.goto(`${test.url}/live?store=${riverside}`);
    await people.getByRole('link', { name: 'The page of Mira' }).click();
    await page.getByRole('heading', { level: 1, name: 'Mira' }).waitFor();
    await page
      .getByRole('region', { name: 'What was done?' })
      .getByText(/^Answers/)
      .waitFor();
    await page.getByRole('region', { name: 'Days and shifts' }).waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await context.close();

    // The reports are not for who answers; their own figures are one press away.
    const hers = await openScreen(browser, test.url, mira, '/reports', { width: 390, height: 844 });
    await hers.page.getByRole('link', { name: 'Your own figures' }).click();
    await hers.page.getByRole('heading', { level: 1, name: 'My week' }).waitFor();
    await hers.page.goto(`${test.url}/promises?whose=all&due=late`);
    await hers.page.getByRole('combobox', { name: 'Any store' }).click();
    await hers.page.getByRole('option', { name: 'Riverside' }).click();
    await until(
      () => hers.page.url(),
      (url) => url.includes(`store=${riverside}`) && url.includes('due=late'),
    );
    expect(await axeProblems(hers.page)).toEqual([]);
    await hers.context.close();
  });
});
