import { createHmac, randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Message, ThreadRow } from '../../server/threads/schema.ts';
import { type Staff, startApp, type TestApp } from '../support/app.ts';
import { axeProblems, openChromium } from '../support/browser.ts';
import { startLine, type TestLine } from '../support/line.ts';
import { isMissing } from '../support/parts.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { makeChat } from '../support/visitor.ts';

type List<T> = { items: T[] };

/** In the chat's frame: a text pasted into the field, a picture of one pixel dropped on the page. */
const pasteAndDrop = `{
  const pasted = new DataTransfer();
  pasted.items.add(new File(['pasted'], 'pasted.txt', { type: 'text/plain' }));
  const paste = new ClipboardEvent('paste', { clipboardData: pasted, bubbles: true, cancelable: true });
  document.querySelector('textarea').dispatchEvent(paste);
  const pixel = atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==');
  const dropped = new DataTransfer();
  dropped.items.add(new File([Uint8Array.from(pixel, (c) => c.charCodeAt(0))], 'photo.png', { type: 'image/png' }));
  const drop = new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true });
  document.querySelector('main').dispatchEvent(drop);
}`;

describe.skipIf(isMissing('Chromium'))('the chat on a shop’s page, in Chromium', { timeout: 90_000 }, () => {
  let browser: Browser;
  let test: TestApp;
  let line: TestLine;
  let shop: Shop;
  let anna: Staff;
  let chat: { id: string; key: string };
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    line = await startLine();
    const parleyUrl = `http://localhost:${line.port}`;
    test = await startApp({ keep: true, env: { PUBLIC_URL: parleyUrl } });
    line.target = Number(new URL(test.url).port);
    shop = await openShop(() => parleyUrl);
    anna = await test.staff('admin', 'Anna Berg');
    chat = await makeChat(anna, { colour: '#0b7285', allowedOrigins: [shop.origin] });
    browser = await openChromium();
  }, 60_000);

  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });

  afterAll(async () => {
    await browser?.close();
    await shop?.stop();
    await test?.stop();
    await line?.stop();
  });

  async function visit(
    attributes: Record<string, string> = {},
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1000, height: 760 }, ...options });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(8_000);
    await page.goto(shop.page({ 'data-channel': chat.key, ...attributes }));
    await page.getByRole('button').waitFor();
    return page;
  }

  const launcher = (page: Page) => page.getByRole('button').first();
  const panel = (page: Page) => page.frameLocator('iframe');

  async function frameOf(page: Page): Promise<Frame> {
    await panel(page).getByRole('textbox').first().waitFor();
    return page.frames().find((frame) => frame.url().includes('/widget/chat.html')) as Frame;
  }

  async function write(page: Page, text: string): Promise<void> {
    await panel(page).getByLabel('Write a message').fill(text);
    await page.keyboard.press('Enter');
  }

  async function newestThread(): Promise<ThreadRow> {
    const list = await anna.call<List<ThreadRow>>('GET', '/threads?limit=1');
    return list.items[0] as ThreadRow;
  }

  const answer = async (threadId: string, text: string) =>
    anna.call('POST', `/threads/${threadId}/messages`, { clientKey: randomUUID(), kind: 'reply', text, force: true });

  it('brings what a visitor types into the inbox, and the answer back; a reload keeps it all', async () => {
    const page = await visit();
    expect(await page.locator('iframe').count()).toBe(0);
    const cursor = (await anna.ask('GET', '/me')).headers.get('x-parley-cursor');
    await launcher(page).click();
    await write(page, 'Do you have the A55 in blue?');
    await panel(page).getByText('Sent', { exact: true }).waitFor();
    const feed = await anna.call<List<{ type: string; patch: { thread: ThreadRow } }>>('GET', `/feed?after=${cursor}`);
    const received = feed.items.find((event) => event.type === 'message.received');
    expect(received?.patch.thread).toMatchObject({ preview: 'Do you have the A55 in blue?', channelKind: 'chat' });

    await answer(received?.patch.thread.id ?? '', 'Yes, two at Riverside: https://shop.example/a55.');
    await panel(page).getByText('Yes, two at Riverside').waitFor();
    expect(await panel(page).getByRole('link', { name: 'https://shop.example/a55' }).getAttribute('href')).toBe(
      'https://shop.example/a55',
    );

    await page.reload();
    await launcher(page).click();
    await panel(page).getByText('Do you have the A55 in blue?').waitFor();
    await panel(page).getByText('Yes, two at Riverside').waitFor();
  });

  it('loses and doubles nothing when the line is cut, also between a message and its acknowledgement', async () => {
    const page = await visit();
    await launcher(page).click();
    await write(page, 'one');
    await panel(page).getByText('Sent', { exact: true }).waitFor();
    const { id } = await newestThread();
    const texts = async () => {
      const list = await anna.call<List<Message>>('GET', `/threads/${id}/messages`);
      return list.items.map((message) => message.text).reverse();
    };

    line.deafen();
    await write(page, 'two');
    await expect.poll(texts).toEqual(['one', 'two']);
    await panel(page).getByText('Sending').waitFor();
    line.cut();
    await write(page, 'three');
    await panel(page).getByText('No connection').waitFor();
    await answer(id, 'meanwhile');
    line.mend();

    await panel(page).getByText('meanwhile').waitFor();
    await expect.poll(texts, { timeout: 10_000 }).toEqual(['one', 'two', 'meanwhile', 'three']);
    await panel(page).getByText('Sent', { exact: true }).waitFor();
    expect(await panel(page).locator('.balloon').allTextContents()).toEqual([
      expect.any(String),
      'one',
      'two',
      'meanwhile',
      'three',
    ]);
  });

  it('keeps what was not sent over a reload of the page', async () => {
    const page = await visit();
    await launcher(page).click();
    await write(page, 'first');
    await panel(page).getByText('Sent', { exact: true }).waitFor();
    const { id } = await newestThread();
    line.deafen();
    await write(page, 'before the reload');
    await panel(page).getByText('Sending').waitFor();
    line.cut();
    line.mend();
    await page.reload();
    await launcher(page).click();
    await panel(page).getByText('Sent', { exact: true }).waitFor();
    const list = await anna.call<List<Message>>('GET', `/threads/${id}/messages`);
    expect(list.items.map((message) => message.text)).toEqual(['before the reload', 'first']);
  });

  it('never opens by itself: a new answer is a number on the button until it is looked at', async () => {
    const page = await visit();
    await launcher(page).click();
    await write(page, 'Hello');
    await panel(page).getByText('Sent', { exact: true }).waitFor();
    const { id } = await newestThread();
    await panel(page).getByLabel('Close').click();
    await page.locator('iframe').waitFor({ state: 'hidden' });
    expect(await page.evaluate('document.activeElement.shadowRoot.activeElement.tagName')).toBe('BUTTON');
    await answer(id, 'Hello!');
    await answer(id, 'Anybody there?');
    await page.getByRole('button', { name: 'Parley Phones: 2 new messages' }).waitFor();
    expect(await page.locator('iframe').isVisible()).toBe(false);

    await page.reload();
    await page.getByRole('button', { name: 'Parley Phones: 2 new messages' }).click();
    await panel(page).getByText('Anybody there?').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Open Parley Phones' }).waitFor();
    await expect
      .poll(async () => {
        const list = await anna.call<List<Message>>('GET', `/threads/${id}/messages`);
        return list.items.slice(0, 2).map((message) => message.delivery?.state);
      })
      .toEqual(['read', 'read']);
  });

  it('sends files by the button, by paste and by drop, and shows what comes', async () => {
    const page = await visit();
    await launcher(page).click();
    const frame = await frameOf(page);
    await frame
      .locator('input[type=file]')
      .setInputFiles({ name: 'receipt.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') });
    await frame.evaluate(pasteAndDrop);
    await expect.poll(() => frame.locator('.chosen li').count()).toBe(3);
    await frame.getByLabel('Send').click();
    await frame.getByText('Sent', { exact: true }).waitFor();
    const { id } = await newestThread();
    const list = await anna.call<List<Message>>('GET', `/threads/${id}/messages`);
    const names = list.items[0]?.attachments.map((file) => file.name);
    expect(names).toEqual(['receipt.pdf', 'pasted.txt', 'photo.png']);
    await expect.poll(() => frame.evaluate(`document.querySelector('.picture img').naturalWidth`)).toBe(1);
    // On a Persian page the ending stands behind the name all the same.
    const places = `(() => {
      document.documentElement.dir = 'rtl';
      const name = document.querySelector('.file .file-name');
      const words = document.createTreeWalker(name, NodeFilter.SHOW_TEXT);
      const at = [];
      while (words.nextNode()) {
        const range = document.createRange();
        range.selectNode(words.currentNode);
        at.push(range.getBoundingClientRect().left);
      }
      document.documentElement.dir = 'ltr';
      return at;
    })()`;
    const [stem, ending] = await frame.evaluate<number[]>(places);
    expect(ending).toBeGreaterThan(stem ?? Number.NaN);
    const file = await page.request.get(
      new URL((await frame.locator('.file').first().getAttribute('href')) ?? '', frame.url()).href,
    );
    expect([file.status(), await file.text()]).toEqual([200, '%PDF-1.4']);
  });

  it('Enter while a file is on its way waits for it, and both go as one', async () => {
    const page = await visit();
    await launcher(page).click();
    const frame = await frameOf(page);
    let arrive: () => void = () => undefined;
    const arrives = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    await page.route('**/widget/uploads**', async (route) => {
      await arrives;
      await route.continue();
    });
    await frame
      .locator('input[type=file]')
      .setInputFiles({ name: 'receipt.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') });
    await frame.getByRole('progressbar').waitFor();
    await write(page, 'The receipt is attached');
    await frame.getByText('Sends as soon as the file is here').waitFor();
    expect(await frame.locator('.balloon', { hasText: 'The receipt is attached' }).count()).toBe(0);
    arrive();
    await frame.locator('.balloon', { hasText: 'The receipt is attached' }).waitFor();
    await frame.getByText('Sent', { exact: true }).waitFor();
    const { id } = await newestThread();
    const { items } = await anna.call<List<Message>>('GET', `/threads/${id}/messages`);
    const sent = items.filter((message) => message.direction === 'inbound');
    expect(sent.map((message) => [message.text, message.attachments.map((file) => file.name)])).toEqual([
      ['The receipt is attached', ['receipt.pdf']],
    ]);
  });

  it('offers to take an e-mail address when nobody is here, and says where the answer goes', async () => {
    const page = await visit();
    await launcher(page).click();
    await panel(page).getByText('Nobody is here right now').waitFor();
    await panel(page).getByLabel('E‑mail address').fill('not an address');
    await panel(page).getByRole('button', { name: 'Save' }).click();
    await panel(page).getByText('This does not look like').waitFor();
    await panel(page).getByLabel('Your name').fill('Mira Olsen');
    await panel(page).getByLabel('E‑mail address').fill('Mira@Client.example');
    await panel(page).getByRole('button', { name: 'Save' }).click();
    await panel(page).getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
    await write(page, 'Call me tomorrow');
    await panel(page).getByText('If you leave, we answer to mira@client.example.').waitFor();
    expect((await newestThread()).clientName).toBe('Mira Olsen');
  });

  it.each([
    ['en', 'light', 'Write a message', 1000],
    ['fa', 'dark', 'پیام خود را بنویسید', 1000],
    ['ru', 'light', 'Напишите сообщение', 390],
    ['ko', 'dark', '메시지를 입력하세요', 390],
    ['ro', 'light', 'Scrieți un mesaj', 1000],
    ['sv', 'dark', 'Skriv ett meddelande', 390],
  ] as const)('speaks %s in %s, and axe finds nothing', async (locale, colorScheme, label, width) => {
    const page = await visit({ 'data-locale': locale }, { colorScheme, viewport: { width, height: 760 } });
    await launcher(page).click();
    const frame = await frameOf(page);
    await frame.getByLabel(label).fill('https://shop.example');
    await page.keyboard.press('Enter');
    await frame.locator('.own .line:not(.sending)').waitFor();
    await answer((await newestThread()).id, 'See https://shop.example/a55');
    await frame.getByText('See https').waitFor();
    expect(await frame.evaluate('document.documentElement.dir')).toBe(locale === 'fa' ? 'rtl' : 'ltr');
    expect(await axeProblems(frame)).toEqual([]);
    expect(await axeProblems(page)).toEqual([]);
    const box = await page.locator('iframe').boundingBox();
    expect([box?.width, box?.height]).toEqual(width === 390 ? [390, 760] : [380, 600]);
  });

  it('follows a logged-in user of the shop to another browser, and is empty for the next person at the screen', async () => {
    const signed = await makeChat(anna, { allowedOrigins: [shop.origin], identitySecret: 'shop secret' });
    const attributes = {
      'data-channel': signed.key,
      'data-user': 'user-7',
      'data-signature': createHmac('sha256', 'shop secret').update('user-7').digest('hex'),
    };
    const page = await visit({ 'data-channel': signed.key });
    await launcher(page).click();
    await write(page, 'before logging in');
    await panel(page).getByText('Sent', { exact: true }).waitFor();
    await page.evaluate(
      `Parley.identify({ user: 'user-7', signature: '${attributes['data-signature']}', name: 'Mira' })`,
    );
    await write(page, 'logged in');
    await panel(page).getByText('Sent', { exact: true }).waitFor();
    await panel(page).getByText('before logging in').waitFor();

    const elsewhere = await visit(attributes);
    await launcher(elsewhere).click();
    await panel(elsewhere).getByText('logged in', { exact: true }).waitFor();

    await page.goto(shop.page({ 'data-channel': signed.key }));
    await launcher(page).click();
    await panel(page).getByText('Hello').first().waitFor();
    expect(await panel(page).getByText('logged in').count()).toBe(0);
  });

  it('goes on with who is wrongly signed as with anybody, never as that user, and tells the shop’s developer', async () => {
    const signed = await makeChat(anna, { allowedOrigins: [shop.origin], identitySecret: 'shop secret' });
    const context = await browser.newContext({ viewport: { width: 1000, height: 760 } });
    contexts.push(context);
    const page = await context.newPage();
    const said: string[] = [];
    page.on('console', (message) => void said.push(message.text()));
    const attributes = { 'data-channel': signed.key, 'data-user': 'user-9', 'data-signature': 'f'.repeat(64) };
    await page.goto(shop.page(attributes));
    await launcher(page).click();
    await write(page, 'is anybody there?');
    await panel(page).getByText('Sent', { exact: true }).waitFor();
    expect(said.join('\n')).toContain('the signature of user "user-9" is not right');
    const { clientId } = await newestThread();
    const client = await anna.call<{ identities: { kind: string }[] }>('GET', `/clients/${clientId}`);
    expect(client.identities.map(({ kind }) => kind)).toEqual(['visitor']);
    await page.reload();
    await launcher(page).click();
    await panel(page).getByText('is anybody there?').waitFor();
  });

  it('says soon that nothing gets through, and sends it when it does', async () => {
    const page = await visit();
    await launcher(page).click();
    await write(page, 'before');
    await panel(page).getByText('Sent', { exact: true }).waitFor();
    line.deafen();
    await write(page, 'into the silence');
    await panel(page).getByText('No connection', { exact: false }).waitFor();
    line.mend();
    await panel(page).getByText('No connection', { exact: false }).waitFor({ state: 'hidden', timeout: 30_000 });
    await panel(page).getByText('Sent', { exact: true }).waitFor();
    await page.context().setOffline(true);
    await panel(page).getByText('No connection', { exact: false }).waitFor();
    await page.context().setOffline(false);
    await panel(page).getByText('No connection', { exact: false }).waitFor({ state: 'hidden', timeout: 30_000 });
  });

  it('is refused a place on a page that the chat does not allow', async () => {
    const other = await makeChat(anna, { allowedOrigins: ['https://another.example'] });
    const context = await browser.newContext();
    contexts.push(context);
    const page = await context.newPage();
    const said = page.waitForEvent('console', (message) => message.text().includes('the chat'));
    await page.goto(shop.page({ 'data-channel': other.key }));
    await said;
    expect(await page.getByRole('button').count()).toBe(0);
    const header = await fetch(`${test.url}/widget/chat.html?channel=${other.key}`).then((res) =>
      res.headers.get('content-security-policy'),
    );
    expect(header).toContain('frame-ancestors');
    expect(header).toContain('https://another.example');
    expect(header).not.toContain('shop.localhost');
    expect(header).not.toContain('upgrade-insecure-requests');
  });
});
