import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConsultAnswer, RecentConsult } from '../../../server/consult/schema.ts';
import type { Demand } from '../../../server/learning/schema.ts';
import type { Message, ThreadRow } from '../../../server/threads/schema.ts';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';
import { openChromium } from '../../support/browser.ts';
import { makeChannel, telegramText } from '../../support/cast.ts';
import { isMissing } from '../../support/parts.ts';
import { openScreen } from '../../support/screen.ts';

type List<T> = { items: T[] };

const STORES =
  'code,name,timezone,hours\nriverside,Riverside,UTC,Mo-Su 10:00-20:00\nstation,Station,UTC,Mo-Su 08:00-21:00\n';
const PRODUCTS = `sku,name,brand,category,storage_gb,ram_gb,display_in,battery_mah,network
A55,Samsung Galaxy A55,Samsung,phone,256,8,6.6,5000,5G
A35,Samsung Galaxy A35,Samsung,phone,128,6,6.6,5000,5G
PX9,Google Pixel 9a,Google,phone,128,8,6.3,5100,5G
RN14,Xiaomi Redmi Note 14,Xiaomi,phone,256,8,6.7,5110,5G
`;

describe.skipIf(isMissing('Chromium'))('an analogue at the counter', { timeout: 120_000 }, () => {
  let browser: Browser;
  let test: TestApp;
  let sam: Staff;
  let rita: Staff;

  beforeAll(async () => {
    browser = await openChromium();
    test = await startApp({ keep: true });
    sam = await test.staff('admin', 'Sam');
    const upload = (path: string, name: string, content: string) => {
      const form = new FormData();
      form.set('file', new Blob([content]), name);
      return sam.call('POST', path, form);
    };
    const at = new Date().toISOString();
    await upload('/stores/import', 's.csv', STORES);
    await upload('/products/import', 'p.csv', PRODUCTS);
    await upload(
      '/offers/import',
      'o.csv',
      `sku,store,price,currency,stock,asOf
A55,riverside,429,EUR,0,${at}
A55,station,429,EUR,0,${at}
A35,riverside,329,EUR,3,${at}
PX9,riverside,449,EUR,2,${at}
RN14,riverside,299,EUR,5,${at}
`,
    );
    const { id } = await sam.call<{ id: string }>('GET', '/stores/riverside');
    rita = await test.staff('consultant', 'Rita', { storeIds: [id] });
    const channel = await makeChannel(test, 'telegram', { botMode: 'off' });
    await test.app.deps.host.ingest(channel, {
      messages: [telegramText('4711', 'Hello, I come by today', { arrivedAt: test.clock.now() })],
    });
    await test.settle();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await test?.stop();
  });

  it('three in-stock analogues with reasons, on a phone in one hand, and one goes to the client’s Telegram', async () => {
    // What is measured is the answer, not the first reading of the catalogue.
    await rita.call('POST', '/consult', { question: 'hello' });
    const { page } = await openScreen(browser, test.url, rita, '/consult', { width: 390, height: 780 });
    const field = page.getByRole('searchbox', { name: 'What does the client ask?' });
    await field.waitFor();
    expect(await page.evaluate<string>('document.activeElement.type')).toBe('search');
    await page.keyboard.type('Galaxy A55 256');
    const asked = page.waitForResponse((response) => response.url().endsWith('/consult') && response.ok());
    await page.keyboard.press('Enter');
    const answer = (await (await asked).json()) as ConsultAnswer;
    expect(answer.answer?.text).toContain('out of stock');
    expect(answer.asked).toMatchObject({ outOfStock: true });
    expect(answer.asked?.offeredIds).toHaveLength(3);
    await page.getByText('out of stock', { exact: false }).first().waitFor();
    for (const name of ['Samsung Galaxy A35', 'Google Pixel 9a', 'Xiaomi Redmi Note 14'])
      await page.getByText(name).first().waitFor();
    await page
      .getByText(/cheaper/)
      .first()
      .waitFor();
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);

    await page.getByRole('button', { name: 'Send' }).click();
    const dialog = page.getByRole('dialog', { name: 'Send to a client' });
    const [thread] = (await sam.call<List<ThreadRow>>('GET', '/threads?status=all')).items;
    await dialog
      .getByRole('combobox', { name: 'To whom' })
      .or(dialog.getByLabel('To whom'))
      .first()
      .fill(thread?.clientName ?? '');
    await page
      .getByRole('option', { name: thread?.clientName ?? '' })
      .first()
      .click();
    await dialog.getByLabel('Text').fill('Take the Galaxy A35: 329 EUR, three here.');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Sent', { exact: true }).waitFor();
    const [sent] = (await sam.call<List<Message>>('GET', `/threads/${thread?.id}/messages`)).items;
    expect(sent).toMatchObject({
      text: 'Take the Galaxy A35: 329 EUR, three here.',
      channelKind: 'telegram',
      author: { kind: 'user', userId: rita.id },
    });
    expect(sent?.citations?.length).toBeGreaterThan(0);
    await field.fill('next');
  });

  it('is recorded with its seconds, and counts as demand: asked 1, out 1, offered 1', async () => {
    await expect
      .poll(async () => (await rita.call<List<RecentConsult>>('GET', '/consults')).items[0]?.lastedMs ?? 0)
      .toBeGreaterThan(0);
    const [consult] = (await rita.call<List<RecentConsult>>('GET', '/consults')).items;
    expect(consult).toMatchObject({ question: 'Galaxy A55 256', abstained: false });
    expect(consult?.tookMs).toBeLessThan(300);
    const { rows } = await sam.call<Demand>('GET', '/reports/demand');
    expect(rows).toMatchObject([{ label: 'Samsung Galaxy A55', asked: 1, outOfStock: 1, offered: 1 }]);
    expect(rows[0]?.instead).toHaveLength(3);
  });
});
