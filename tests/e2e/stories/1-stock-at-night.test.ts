import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientPromise } from '../../../server/promises/schema.ts';
import type { Message, Thread, ThreadRow } from '../../../server/threads/schema.ts';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';
import { openChromium } from '../../support/browser.ts';
import { isMissing } from '../../support/parts.ts';
import { importPhoneShop } from '../../support/phoneShop.ts';
import { openScreen } from '../../support/screen.ts';
import { openShop, type Shop } from '../../support/shop.ts';
import { makeChat } from '../../support/visitor.ts';

type List<T> = { items: T[] };
/** A Friday, 23:40 in the shop; the tills reported half an hour ago. */
const NIGHT = new Date('2026-11-20T22:40:00Z');
/** The next morning: a Saturday, two minutes after opening. */
const CONFIRMED = new Date('2026-11-21T09:02:00Z');
const REPORTED = new Date('2026-11-20T22:10:00Z');

describe.skipIf(isMissing('Chromium'))('stock at night', { timeout: 90_000 }, () => {
  let browser: Browser;
  let test: TestApp;
  let shop: Shop;
  let sam: Staff;
  let rita: Staff;
  let client: Page;
  let chat: { key: string };

  beforeAll(async () => {
    browser = await openChromium();
    test = await startApp({ keep: true });
    test.clock.set(NIGHT);
    shop = await openShop(() => test.url);
    sam = await test.staff('admin', 'Sam');
    await importPhoneShop(sam, REPORTED);
    const { id } = await sam.call<{ id: string }>('GET', '/stores/riverside');
    rita = await test.staff('consultant', 'Rita', { storeIds: [id] });
    chat = await makeChat(sam, { allowedOrigins: [shop.origin] }, { botMode: 'away', targetMs: 5 * 60_000 });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await shop?.stop();
    await test?.stop();
  });

  async function openChat(): Promise<Page> {
    const page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(shop.page({ 'data-channel': chat.key }));
    await page.getByRole('button').first().click();
    return page;
  }

  it('the bot, named as one, gives price, stock with its age and the hours, and no person is counted', async () => {
    client = await openChat();
    const page = client;
    const panel = page.frameLocator('iframe');
    await panel.getByLabel('Write a message').fill('A55 256 blue at Riverside?');
    await page.keyboard.press('Enter');
    await panel.getByText('429 EUR').first().waitFor();
    const [row] = (await sam.call<List<ThreadRow>>('GET', '/threads?status=all')).items;
    const said = (await sam.call<List<Message>>('GET', `/threads/${row?.id}/messages`)).items;
    const answer = said.find(({ direction }) => direction === 'outbound');
    expect(answer?.author.kind).toBe('bot');
    expect(answer?.text).toMatch(/2 .*Riverside/);
    expect(answer?.text).toContain('23:10');
    expect(answer?.text).toContain('10:00');
    expect(answer?.citations?.map(({ kind }) => kind)).toContain('offer');
    await panel
      .getByText(answer?.author.name ?? '', { exact: false })
      .first()
      .waitFor();

    const thread = await sam.call<Thread>('GET', `/threads/${row?.id}`);
    expect(thread).toMatchObject({ botState: 'bot', waitingSince: null, firstResponseAt: null });
    const live = await sam.call<{ waiting: unknown[]; answeredToday: { n: number } }>('GET', '/reports/live');
    expect(live).toMatchObject({ waiting: [], answeredToday: { n: 0 } });
  });

  it('it proposes to keep one; Riverside confirms at two minutes past ten and the client is told', async () => {
    const panel = client.frameLocator('iframe');
    await panel.getByText('Shall I ask Riverside to keep one for you?').waitFor();
    await panel.getByLabel('Write a message').fill('Yes, please');
    await client.keyboard.press('Enter');
    await panel.getByText('I have asked Riverside to keep').waitFor();

    test.clock.set(CONFIRMED);
    const { page } = await openScreen(browser, test.url, rita, '/promises');
    const hold = page.getByRole('listitem').filter({ hasText: 'Riverside' });
    await hold.getByText('Samsung Galaxy A55 5G 256 GB blue').waitFor();
    await hold.getByRole('button', { name: 'We keep it' }).click();
    await panel.getByText('Riverside is keeping Samsung Galaxy A55 5G 256 GB blue for you until').waitFor();
    const [promise] = (await sam.call<List<ClientPromise>>('GET', `/promises?owner=${rita.id}`)).items;
    expect(promise).toMatchObject({
      kind: 'hold',
      state: 'open',
      confirmedById: rita.id,
      late: false,
    });

    expect(Math.floor((promise?.confirmMs ?? 0) / 60_000)).toBe(2);
    const live = await sam.call<{ answeredToday: { n: number } }>('GET', '/reports/live');
    expect(live).toMatchObject({ answeredToday: { n: 0 } });
    const supervisor = await openScreen(browser, test.url, sam, '/promises');
    await supervisor.page.getByText("Everybody's", { exact: true }).click();
    await supervisor.page.getByText(/confirmed in 2m of working time/).waitFor();
  });

  it('the client is told when its time is over', async () => {
    test.clock.set(new Date('2026-11-23T19:00:01Z'));
    await test.app.deps.schedule.runAll();
    await test.settle();
    await client.frameLocator('iframe').getByText('Riverside is no longer keeping').waitFor();
    const [promise] = (await sam.call<List<ClientPromise>>('GET', '/promises?state=all')).items;
    expect(promise).toMatchObject({ state: 'cancelled', outcome: 'expired' });
  });

  it('the supervisor sees in the inbox that the bot has it', async () => {
    const { page } = await openScreen(browser, test.url, sam);
    await page.locator('[data-row]').first().click();
    await page.getByText('The bot answers').first().waitFor();
  });
});
