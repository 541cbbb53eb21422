import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../server/threads/schema.ts';
import type { Staff, TestApp } from '../support/app.ts';
import { letter, makeChannel, telegramText } from '../support/cast.ts';
import type { TestLine } from '../support/line.ts';
import { inOffice } from '../support/office.ts';
import { isMissing } from '../support/parts.ts';
import { row, type ScreenOptions } from '../support/screen.ts';

/** A screen is never asked once: it is asked until it is so, or for ten seconds. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 10_000, interval: 50 });

describe.skipIf(isMissing('Chromium'))('the inbox, in Chromium', { timeout: 60_000 }, () => {
  const office = inOffice();
  let test: TestApp;
  let line: TestLine;
  let url: string;
  let mira: Staff;
  let samir: Staff;
  let mail: string;
  let telegram: string;
  beforeEach(async () => {
    ({ test, line, url } = office);
    mira = await test.staff('manager', 'Mira Novak');
    samir = await test.staff('supervisor', 'Samir Haddad');
    mail = await makeChannel(test, 'email', { targetMs: 4 * 3_600_000 });
    telegram = await makeChannel(test, 'telegram', { targetMs: 15 * 60_000 });
  });

  async function sit(staff: Staff, path?: string, options?: ScreenOptions): Promise<Page> {
    const page = await office.sit(staff, path, options);
    await page.getByRole('navigation', { name: 'Whose threads' }).waitFor();
    return page;
  }

  async function writes(name: string, text: string, subject = 'A question', more = {}): Promise<string> {
    const address = `${name.toLowerCase().replace(/\W+/g, '.')}@client.example`;
    const from = [{ kind: 'email' as const, value: address, name, verified: true }];
    const [stored] = await test.app.deps.host.ingest(mail, {
      messages: [letter(address, { from, subject, text, arrivedAt: test.clock.now(), ...more })],
    });
    return stored?.threadId ?? '';
  }

  async function texts(userId: string, name: string, text: string): Promise<string> {
    const from = [{ kind: 'telegram' as const, value: userId, name, verified: true }];
    const [stored] = await test.app.deps.host.ingest(telegram, {
      messages: [telegramText(userId, text, { from, arrivedAt: test.clock.now() })],
    });
    return stored?.threadId ?? '';
  }

  const tab = (page: Page, name: string) => page.getByRole('navigation', { name: 'Whose threads' }).getByText(name);
  const flow = (page: Page) => page.getByRole('region', { name: 'Messages', exact: true });
  const editor = (page: Page) => page.locator('form textarea').first();

  it('shows a letter the moment it arrives, counts it, and stops counting it unread once it is read', async () => {
    const page = await sit(mira);
    await eventually(() => tab(page, 'All').textContent()).toBe('All0');
    await writes('Anna Berg', 'Where is my order?', 'Order 10482');
    await row(page, 'Anna Berg').waitFor();
    await eventually(() => tab(page, 'All').textContent()).toBe('All1');
    await eventually(() => tab(page, 'Unassigned').textContent()).toBe('Unassigned1');
    expect(await row(page, 'Anna Berg').getAttribute('data-unread')).toBe('true');
    await row(page, 'Anna Berg').click();
    await flow(page).getByText('Where is my order?').waitFor();
    await eventually(() => row(page, 'Anna Berg').getAttribute('data-unread')).toBeNull();
  });

  it('answers by keyboard alone, shows it at once, and takes it back within ten seconds', async () => {
    await writes('Anna Berg', 'Where is my order?', 'Order 10482');
    const page = await sit(mira);
    await row(page, 'Anna Berg').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await flow(page).getByText('Where is my order?').waitFor();
    await page.keyboard.press('r');
    await page.keyboard.type('It is on its way.');
    await page.keyboard.press('Control+Enter');
    await flow(page).getByText('It is on its way.').waitFor();
    await page.getByRole('button', { name: /^Undo \d+$/ }).click();
    await eventually(() => editor(page).inputValue()).toBe('It is on its way.');
    await eventually(() => flow(page).getByText('It is on its way.').count()).toBe(0);
    expect(await test.app.deps.db.message.count({ where: { direction: 'outbound' } })).toBe(0);
  });

  it('gives back exactly what the composer held, and sends the same letter again', async () => {
    const threadId = await writes('Anna Berg', 'Where is it?');
    await mira.call('PATCH', '/me', { preferences: { signature: 'Mira Novak\nThe shop' } });
    const page = await sit(mira, `/t/${threadId}`);
    await flow(page).getByText('Where is it?').waitFor();
    const words = 'See [our page](https://shop.example/a) **now**';
    await editor(page).fill(words);
    await page.getByRole('button', { name: 'Add Cc' }).click();
    const cc = page.getByPlaceholder('Cc: addresses', { exact: true });
    await cc.fill('bo@client.example');
    await cc.press('Enter');
    await page.getByText('bo@client.example').first().waitFor();
    const sendIt = async () => {
      await editor(page).press('Control+Enter');
      await page.getByRole('button', { name: /^Undo \d+$/ }).waitFor();
      return test.app.deps.db.message.findFirstOrThrow({
        where: { direction: 'outbound' },
        select: { text: true, html: true, delivery: { select: { recipients: true, channelId: true } } },
      });
    };
    const first = await sendIt();
    expect(first.html).toContain('<strong>now</strong>');
    expect(first.text.match(/The shop/g)).toHaveLength(1);
    expect(first.delivery?.recipients).toMatchObject({ cc: [{ value: 'bo@client.example' }] });
    await page.getByRole('button', { name: /^Undo \d+$/ }).click();
    await eventually(() => editor(page).inputValue()).toBe(words);
    await page.reload();
    await eventually(() => editor(page).inputValue()).toBe(words);
    await page.getByText('bo@client.example').first().waitFor();
    expect(await sendIt()).toEqual(first);
  });

  it('keeps what could not be sent over a reload, and sends it once by itself when it can', async () => {
    const threadId = await writes('Anna Berg', 'Are you open today?');
    const page = await sit(mira, `/t/${threadId}`);
    await flow(page).getByText('Are you open today?').waitFor();
    let reached = false;
    const posts = (address: URL) => address.pathname.endsWith('/messages');
    const stop = (answered: boolean) =>
      page.route(posts, async (route) => {
        if (route.request().method() !== 'POST') return route.continue();
        if (answered) await route.fetch();
        reached = answered;
        await route.abort();
      });
    await stop(false);
    await editor(page).fill('Yes, until eight.');
    await eventually(() => test.app.deps.db.draft.count()).toBe(1);
    await editor(page).press('Control+Enter');
    await flow(page).getByText('No connection. It goes by itself').waitFor();
    expect(await test.app.deps.db.draft.count()).toBe(1);
    await editor(page).fill('And one more thing');
    await eventually(() => test.app.deps.db.draft.findFirst().then((kept) => kept?.text)).toBe('And one more thing');
    await page.reload();
    await flow(page).getByText('Yes, until eight.').waitFor();
    await eventually(() => editor(page).inputValue()).toBe('And one more thing');
    expect(await test.app.deps.db.message.count({ where: { direction: 'outbound' } })).toBe(0);
    // The server has it, but its answer is lost: the next try is no second answer.
    await page.unroute(posts);
    await stop(true);
    await eventually(() => reached).toBe(true);
    await page.unroute(posts);
    await eventually(() => flow(page).getByText('Yes, until eight.').count()).toBe(1);
    await eventually(() => flow(page).locator('[aria-busy=true]').count()).toBe(0);
    expect(await test.app.deps.db.message.count({ where: { direction: 'outbound' } })).toBe(1);
    await eventually(() => test.app.deps.db.draft.findFirst().then((kept) => kept?.text)).toBe('And one more thing');
    await page.reload();
    await eventually(() => editor(page).inputValue()).toBe('And one more thing');
    await flow(page).getByText('Yes, until eight.').waitFor();
    expect(await test.app.deps.db.message.count({ where: { direction: 'outbound' } })).toBe(1);
  });

  it('says by which channel and to whom, and sends by the one that was chosen', async () => {
    const threadId = await writes('Anna Berg', 'Hello');
    const { clientId } = await test.app.deps.db.thread.findUniqueOrThrow({ where: { id: threadId } });
    await test.app.deps.db.identity.create({
      data: {
        id: crypto.randomUUID(),
        clientId,
        kind: 'telegram',
        value: '4242',
        name: 'Anna',
        verifiedAt: new Date(),
      },
    });
    const page = await sit(mira, `/t/${threadId}`);
    await editor(page).click();
    await page.getByRole('button', { name: /To anna.berg@client.example via The email/ }).click();
    await page.getByRole('menuitem', { name: /The telegram/ }).click();
    await page.getByRole('button', { name: /To Anna Berg via The telegram/ }).waitFor();
    await editor(page).fill('Hello by messenger');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await flow(page).getByText('Hello by messenger').waitFor();
    await eventually(
      async () => (await test.app.deps.db.message.findFirst({ where: { direction: 'outbound' } }))?.channelKind,
    ).toBe('telegram');
  });

  it('keeps a half-written answer over a reload, for its writer alone', async () => {
    const threadId = await writes('Anna Berg', 'Hello');
    const page = await sit(mira, `/t/${threadId}`);
    await editor(page).fill('Dear Anna, I will look');
    await eventually(() => test.app.deps.db.draft.count()).toBe(1);
    await page.reload();
    await eventually(() => editor(page).inputValue()).toBe('Dear Anna, I will look');
    const other = await sit(samir, `/t/${threadId}`);
    await flow(other).getByText('Hello').waitFor();
    expect(await editor(other).inputValue()).toBe('');
  });

  it('does not send over words the writer has not seen: it shows them and asks', async () => {
    const threadId = await writes('Anna Berg', 'Can I still cancel?');
    const page = await sit(mira, `/t/${threadId}`);
    await flow(page).getByText('Can I still cancel?').waitFor();
    await page.context().route('**/socket.io/**', (route) => route.abort());
    line.cut();
    line.mend();
    await writes('Anna Berg', 'Never mind, I keep it.', 'Re: A question');
    await editor(page).fill('Yes, you can.');
    await page.keyboard.press('Control+Enter');
    await page.getByText('something new came in meanwhile').waitFor();
    await flow(page).getByText('Never mind, I keep it.').waitFor();
    expect(await test.app.deps.db.message.count({ where: { direction: 'outbound' } })).toBe(0);
    await page.getByRole('button', { name: 'Edit' }).click();
    await eventually(() => editor(page).inputValue()).toBe('Yes, you can.');
    await page.keyboard.press('Control+Enter');
    await eventually(() => test.app.deps.db.message.count({ where: { direction: 'outbound' } })).toBe(1);
  });

  it('does not answer a client twice: a colleague’s answer is shown to who still writes', async () => {
    const threadId = await writes('Anna Berg', 'Can I still cancel?');
    const page = await sit(mira, `/t/${threadId}`);
    await flow(page).getByText('Can I still cancel?').waitFor();
    // The colleague is first by the time that an answer takes on its way.
    let first = true;
    await page.route(
      (address) => address.pathname.endsWith('/messages'),
      async (route) => {
        if (route.request().method() === 'POST' && first) {
          first = false;
          const body = { clientKey: crypto.randomUUID(), kind: 'reply', text: 'Yes, done.', force: true };
          await samir.call('POST', `/threads/${threadId}/messages`, body);
        }
        await route.continue();
      },
    );
    await editor(page).fill('No, it has left.');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Not sent: Samir Haddad has answered meanwhile').waitFor();
    await flow(page).getByText('Yes, done.').waitFor();
    const out = () => test.app.deps.db.message.count({ where: { direction: 'outbound' } });
    expect(await out()).toBe(1);
    await page.getByRole('button', { name: 'Send anyway' }).click();
    await eventually(out).toBe(2);
  });

  it('stops an answer once when a colleague has answered while it was written', async () => {
    const threadId = await writes('Anna Berg', 'Can I still cancel?');
    const page = await sit(mira, `/t/${threadId}`);
    await flow(page).getByText('Can I still cancel?').waitFor();
    await editor(page).fill('No, it has left.');
    const body = { clientKey: crypto.randomUUID(), kind: 'reply', text: 'Yes, done.', force: true };
    await samir.call('POST', `/threads/${threadId}/messages`, body);
    await page.getByText('Samir Haddad answered while you were writing.', { exact: true }).waitFor();
    const out = () => test.app.deps.db.message.count({ where: { direction: 'outbound' } });
    await editor(page).press('Control+Enter');
    await page.getByText('Not sent yet: Samir Haddad answered').waitFor();
    expect(await out()).toBe(1);
    expect(await editor(page).inputValue()).toBe('No, it has left.');
    await editor(page).press('Control+Enter');
    await eventually(out).toBe(2);
  });

  it('shows the beginning of what was said, whichever way it and the screen run', async () => {
    const english = await writes('Anna Berg', 'Hello');
    const text = `The first words of an answer ${'that goes on and on '.repeat(12)}`;
    const body = { clientKey: crypto.randomUUID(), kind: 'reply', text, force: true };
    await samir.call('POST', `/threads/${english}/messages`, body);
    await writes('Parisa', `نخستین واژه‌ها ${'و بسیار واژهٔ دیگر '.repeat(12)}`, '');
    const isSeen = (beginning: string) => `(() => {
      const all = [...document.querySelectorAll('[data-row] [dir=auto]')];
      const words = all.find(({ textContent }) => textContent.includes('${beginning}'));
      const range = document.createRange();
      range.setStart(words.firstChild, 0);
      range.setEnd(words.firstChild, 1);
      const [first, box] = [range.getBoundingClientRect(), words.getBoundingClientRect()];
      return first.width > 0 && first.left >= box.left - 1 && first.right <= box.right + 1;
    })()`;
    for (const locale of ['fa', 'en'] as const) {
      const page = await office.sit(mira, '/?tab=all', { locale });
      for (const beginning of ['The first words', 'نخستین']) {
        await page.locator('[data-row]').filter({ hasText: beginning }).waitFor();
        expect(await page.evaluate(isSeen(beginning)), `${beginning} on a screen in ${locale}`).toBe(true);
      }
    }
  });

  it('catches up after a lost line, without a reload and without a gap', async () => {
    const threadId = await writes('Anna Berg', 'The first words');
    const page = await sit(mira, `/t/${threadId}?tab=all`);
    await flow(page).getByText('The first words').waitFor();
    await page.evaluate('globalThis.sameDocument = true');
    line.cut();
    await page.getByText('Connection lost').waitFor();
    await writes('Anna Berg', 'The second words', 'Re: A question');
    await writes('Bo Lund', 'Somebody new');
    await mira.call('PUT', `/threads/${threadId}/tags/urgent`);
    line.mend();
    await flow(page).getByText('The second words').waitFor();
    await row(page, 'Bo Lund').waitFor();
    await page.getByRole('article', { name: 'Thread with Anna Berg' }).getByText('urgent').waitFor();
    await eventually(() => tab(page, 'All').textContent()).toBe('All2');
    expect(await page.evaluate('globalThis.sameDocument')).toBe(true);
  });

  it('keeps the old place while the line is away, and goes to the new one by itself when it is back', async () => {
    const page = await sit(mira);
    await page.evaluate('globalThis.sameDocument = true');
    // With a rule the browser keeps no file; without the list none comes beforehand.
    await page.route('**/places.json', (route) => route.abort());
    line.cut();
    await page.getByText('Connection lost').waitFor();
    const asked = page.waitForEvent('requestfailed', (request) => /Promises.*\.(js|css)$/.test(request.url()));
    await page.getByRole('link', { name: 'Promises' }).first().click();
    await asked;
    await tab(page, 'All').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    line.mend();
    await page.getByRole('heading', { level: 1, name: 'Promises' }).waitFor();
    expect(await page.evaluate('globalThis.sameDocument')).toBe(true);
    const heading = `getComputedStyle(document.querySelector('h1')).fontSize`;
    expect(await page.evaluate(heading)).toBe('20px');
  });

  it('has the code of every place before it is needed: a line that breaks later costs none', async () => {
    const page = await sit(mira);
    const files: string[] = await (await page.request.get(`${url}/places.json`)).json();
    const last = files.at(-1) ?? '';
    expect(files.some((file) => file.includes('PromisesPlace'))).toBe(true);
    const fetched = `performance.getEntriesByType('resource').some(({ name }) => name.endsWith('${last}'))`;
    await expect.poll(() => page.evaluate(fetched), { timeout: 30_000 }).toBe(true);
    line.cut();
    await page.getByText('Connection lost').waitFor();
    await page.getByRole('link', { name: 'Promises' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Promises' }).waitFor();
  });

  it('starts afresh, once the server is there, when its files are those of a newer build', async () => {
    const page = await sit(mira);
    await page.evaluate('globalThis.sameDocument = true');
    let renewed = true;
    await page.route('**/places.json', (route) => route.abort());
    await page.route('**/assets/Promises*', (route) => (renewed ? route.fulfill({ status: 404 }) : route.continue()));
    await page.route('**/sign-in', (route) => route.fulfill({ contentType: 'text/html', body: '<p>new</p>' }));
    page.once('load', () => {
      renewed = false;
    });
    await page.getByRole('link', { name: 'Promises' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Promises' }).waitFor();
    expect(await page.evaluate('globalThis.sameDocument')).toBeUndefined();
  });

  it('draws an outline until the screen comes, and begins by itself when the server could not yet answer', async () => {
    const page = await office.sit(mira, '/sign-in');
    let away = true;
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/assets/first-*.js', async (route) => {
      await held;
      await route.continue();
    });
    await page.route('**/api/v1/me', (route) =>
      away ? route.fulfill({ status: 503, json: { code: 'unavailable', title: 'No database' } }) : route.continue(),
    );
    await page.goto(`${url}/?tab=all`, { waitUntil: 'commit' });
    await page.locator('#coming').waitFor();
    const drawn = `getComputedStyle(document.getElementById('coming')).opacity`;
    await eventually(() => page.evaluate(drawn)).toBe('1');
    release();
    await page.getByText('This could not be loaded').waitFor();
    expect(await page.locator('#coming').count()).toBe(0);
    away = false;
    await page.getByRole('navigation', { name: 'Whose threads' }).waitFor();
  });

  it('assigns, snoozes, tags and closes by key, goes on to the next, and takes it back', async () => {
    const first = await writes('Anna Berg', 'Hello');
    await writes('Bo Lund', 'Hello too');
    const page = await sit(mira);
    await row(page, 'Anna Berg').click();
    await flow(page).getByText('Hello').waitFor();
    // What a control does, and its key, while the pointer rests on it.
    await page.getByRole('button', { name: 'Tag', exact: true }).hover();
    await page.getByRole('tooltip', { name: /^Tag\s*t$/ }).waitFor();
    await page.keyboard.press('m');
    await page.getByText('Assigned to Mira Novak').waitFor();
    await page.getByRole('tooltip').waitFor({ state: 'detached' });
    await eventually(() => tab(page, 'Mine').textContent()).toBe('Mine1');
    await page.keyboard.press('t');
    await page.getByRole('combobox', { name: 'Tags' }).fill('claim');
    await page.keyboard.press('Enter');
    await page.getByText('Tagged “claim”').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await page.getByText('Closed: Anna Berg').waitFor();
    await page.getByRole('article', { name: 'Thread with Bo Lund' }).waitFor();
    await row(page, 'Anna Berg').waitFor({ state: 'detached' });
    await page.keyboard.press('z');
    await row(page, 'Anna Berg').waitFor();
    const { status, tags, assigneeId } = await test.app.deps.db.thread.findUniqueOrThrow({ where: { id: first } });
    expect({ status, tags, assigneeId }).toEqual({ status: 'open', tags: ['claim'], assigneeId: mira.id });
    await row(page, 'Anna Berg').click();
    await page.getByRole('article', { name: 'Thread with Anna Berg' }).waitFor();
    await page.keyboard.press('s');
    await page.getByRole('menuitem', { name: /Tomorrow morning/ }).click();
    await row(page, 'Anna Berg').waitFor({ state: 'detached' });
  });

  it('takes no word of an address for a key when a copy is asked for', async () => {
    const threadId = await writes('Anna Berg', 'Hello');
    const page = await sit(mira, `/t/${threadId}`);
    await flow(page).getByText('Hello').waitFor();
    await editor(page).click();
    await page.getByRole('button', { name: 'Add Cc' }).click();
    await page.keyboard.type('boss@client.example,');
    const copies = page.getByRole('form', { name: 'Reply' });
    await copies.getByText('boss@client.example').waitFor();
    // Even with the focus fallen out of the composer, what is typed is no command until it is left by will.
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.type('se');
    await page.keyboard.press('Escape');
    await page.keyboard.press('s');
    await page.getByRole('menuitem', { name: /Tomorrow morning/ }).waitFor();
    const { status } = await test.app.deps.db.thread.findUniqueOrThrow({ where: { id: threadId } });
    expect(status).toBe('open');
  });

  it('closes by key and never opens again by it: who presses it as a colleague closes changes nothing', async () => {
    const threadId = await writes('Anna Berg', 'Thank you!');
    const page = await sit(mira, `/t/${threadId}?tab=all`);
    const header = page.getByRole('article', { name: 'Thread with Anna Berg' });
    await header.getByRole('button', { name: 'Close', exact: true }).waitFor();
    await samir.call('PUT', `/threads/${threadId}/closure`);
    await page.getByRole('button', { name: 'Reopen' }).waitFor();
    const reopened = () => test.app.deps.db.event.count({ where: { type: 'thread.reopened', threadId } });
    await page.keyboard.press('e');
    await page.keyboard.press('n');
    await page.getByRole('form', { name: 'Note' }).waitFor();
    expect(await reopened()).toBe(0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('p');
    await page.keyboard.press('o');
    await eventually(reopened).toBe(1);
    await header.getByRole('button', { name: 'Close', exact: true }).waitFor();
  });

  it('says at once that there is no connection, and soon that a line has fallen silent', async () => {
    const page = await sit(mira);
    await tab(page, 'All').waitFor();
    await page.context().setOffline(true);
    await page.getByText('Connection lost').waitFor({ timeout: 4_000 });
    await page.context().setOffline(false);
    await page.getByText('Connection lost').waitFor({ state: 'hidden', timeout: 30_000 });
    line.deafen();
    await page.getByText('Connection lost').waitFor({ timeout: 20_000 });
    line.mend();
    await page.getByText('Connection lost').waitFor({ state: 'hidden', timeout: 30_000 });
  });

  it('keeps a note that is being typed beside the one that a colleague saves', async () => {
    const threadId = await writes('Anna Berg', 'Hello');
    const { clientId } = await test.app.deps.db.thread.findUniqueOrThrow({ where: { id: threadId } });
    const stored = () => test.app.deps.db.client.findUnique({ where: { id: clientId } }).then((client) => client?.note);
    const page = await sit(mira, `/t/${threadId}?tab=all`);
    const note = page.getByRole('textbox', { name: 'Note', exact: true });
    await note.fill('Calls in the evening');
    await samir.call('PATCH', `/clients/${clientId}`, { note: 'Speaks Swedish', baseNote: '' });
    await page.getByText('A colleague has changed this note meanwhile').waitFor();
    await page.getByText('Speaks Swedish').waitFor();
    expect(await note.inputValue()).toBe('Calls in the evening');
    await note.blur();
    await page.getByRole('button', { name: 'Keep both' }).click();
    await eventually(stored).toBe('Speaks Swedish\n\nCalls in the evening');
    // Who has not heard of it yet is refused, and nothing is overwritten.
    expect(
      await samir.ask('PATCH', `/clients/${clientId}`, { note: 'Only mine', baseNote: 'Speaks Swedish' }),
    ).toMatchObject({
      status: 409,
      body: { code: 'client.noteChanged', note: 'Speaks Swedish\n\nCalls in the evening' },
    });
    expect(await stored()).toBe('Speaks Swedish\n\nCalls in the evening');
    await page.getByText('A colleague has changed this note meanwhile').waitFor({ state: 'hidden' });
  });

  it('tells the second of two editors of an article who saved it, and keeps the words of both', async () => {
    const ada = await test.staff('admin', 'Ada Lind');
    const made = { title: 'Returns', body: 'Thirty days.', locale: 'en', path: 'Returns' };
    const { id } = await ada.call<{ id: string }>('POST', '/articles', made, 201);
    const page = await office.sit(samir, `/knowledge/${id}`);
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Text', { exact: false }).first().waitFor();
    const body = page.locator('form textarea').first();
    await body.fill('Fourteen days.');
    await ada.call('PATCH', `/articles/${id}`, { body: 'Sixty days.', baseVersion: 1 });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Ada Lind saved this article meanwhile').waitFor();
    expect(await body.inputValue()).toBe('Fourteen days.');
    expect(await ada.call('GET', `/articles/${id}`)).toMatchObject({ body: 'Sixty days.' });
    await page.getByRole('button', { name: 'See the difference' }).click();
    await page.locator('del').getByText('Sixty days.').waitFor();
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    await eventually(() => ada.call<{ body: string }>('GET', `/articles/${id}`).then((article) => article.body)).toBe(
      'Fourteen days.',
    );
  });

  it('invites to connect a channel while there is none, by whom may', async () => {
    await test.app.deps.db.channel.deleteMany();
    const page = await sit(mira, '/');
    await page.getByRole('heading', { name: 'No channel yet' }).waitFor();
    await page.getByText('An admin connects a mailbox, a chat or Telegram').waitFor();
    const admin = await sit(await test.staff('admin', 'Ada Lind'), '/');
    await admin.getByText('Connect a mailbox, a chat or Telegram.').waitFor();
    await admin.getByRole('link', { name: 'Connect a channel' }).click();
    await admin.getByRole('heading', { level: 1, name: 'Connect a channel' }).waitFor();
  });

  it('handles several at once: marks by key, closes them together, takes all of it back', async () => {
    for (const name of ['Anna Berg', 'Bo Lund', 'Cid Ek']) await writes(name, 'Hello');
    const page = await sit(mira);
    for (const name of ['Anna Berg', 'Bo Lund', 'Cid Ek']) await row(page, name).waitFor();
    for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key);
    await page.getByText('2 marked').waitFor();
    await page.keyboard.press('e');
    await page.getByText('Closed 2 threads').waitFor();
    await eventually(() => tab(page, 'All').textContent()).toBe('All1');
    await page.keyboard.press('z');
    await eventually(() => tab(page, 'All').textContent()).toBe('All3');
    await eventually(() => test.app.deps.db.thread.count({ where: { status: 'open' } })).toBe(3);
  });

  it('shows who else looks at a thread and who writes there, also to who comes later', async () => {
    const threadId = await writes('Anna Berg', 'Hello');
    const page = await sit(mira, `/t/${threadId}`);
    await flow(page).getByText('Hello').waitFor();
    const other = await sit(samir);
    await row(other, 'Anna Berg').getByRole('img', { name: 'Mira Novak looking' }).waitFor();
    await row(other, 'Anna Berg').click();
    await page.getByText('Samir Haddad is here too').waitFor();
    await editor(other).pressSequentially('I take this');
    await page.getByText('Samir Haddad is writing').waitFor();
    await other.context().close();
    await eventually(() => page.getByText('Samir Haddad is here too').count()).toBe(0);
  });

  it('brings two threads of one client together with one click, and apart again', async () => {
    await texts('42', 'Jonas Lind', 'Hello by messenger');
    const { clientId } = await test.app.deps.db.thread.findFirstOrThrow();
    await test.app.deps.db.identity.create({
      data: {
        id: crypto.randomUUID(),
        clientId,
        kind: 'email',
        value: 'jonas.lind@client.example',
        name: 'Jonas',
        verifiedAt: new Date(),
      },
    });
    const threadId = await writes('Jonas Lind', 'Hello by letter', 'About the phone');
    const page = await sit(mira, `/t/${threadId}?tab=all`);
    await page.getByRole('button', { name: /^Merge “/ }).click();
    await flow(page).getByText('Hello by messenger').waitFor();
    await eventually(() => tab(page, 'All').textContent()).toBe('All1');
    await page.getByRole('button', { name: 'Undo' }).click();
    await eventually(() => flow(page).getByText('Hello by messenger').count()).toBe(0);
    await eventually(() => tab(page, 'All').textContent()).toBe('All2');
  });

  it('takes what one writes along when a colleague merges the thread, says who did it, and back again', async () => {
    const first = await writes('Anna Berg', 'About the phone', 'The phone');
    const second = await writes('Anna Berg', 'About the case', 'The case');
    const page = await sit(mira, `/t/${second}?tab=all`);
    await flow(page).getByText('About the case').waitFor();
    await editor(page).fill('Dear Anna, the case');
    await eventually(() => test.app.deps.db.draft.count({ where: { threadId: second } })).toBe(1);
    await editor(page).press('End');
    await page.keyboard.type(' is');
    const path = `/threads/${first}/merge`;
    const { id } = await samir.call<{ id: string }>('POST', path, { otherId: second }, 201);
    await page
      .getByText('Samir Haddad merged this thread into “The phone”. What you were writing came along.')
      .waitFor();
    await flow(page).getByText('About the phone').waitFor();
    await eventually(() => editor(page).inputValue()).toBe('Dear Anna, the case is');
    // The hands stay on the keys: the field has the focus at once.
    await page.keyboard.type(' here');
    await eventually(() => editor(page).inputValue()).toBe('Dear Anna, the case is here');
    const kept = (threadId: string) => () =>
      test.app.deps.db.draft.findFirst({ where: { threadId } }).then((draft) => draft?.text);
    await eventually(kept(first)).toBe('Dear Anna, the case is here');
    await samir.call('DELETE', `/threads/${first}/merges/${id}`);
    await eventually(kept(second)).toBe('Dear Anna, the case is here');
    await eventually(() => editor(page).inputValue()).toBe('');
    await page.goto(`${url}/t/${second}?tab=all`);
    await eventually(() => editor(page).inputValue()).toBe('Dear Anna, the case is here');
  });

  it('merges a thread that is looked for, of another client too, and takes it back', async () => {
    await writes('Olga Brandt', 'Where is it?', 'Order 10482');
    const threadId = await writes('Anna Berg', 'My order has not come', 'Late order');
    const page = await sit(mira, `/t/${threadId}?tab=all`);
    await flow(page).getByText('My order has not come').waitFor();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Merge another thread into this one' }).click();
    const dialog = page.getByRole('dialog', { name: 'Merge another thread into this one' });
    await dialog.getByText('This client has no other thread').waitFor();
    await dialog.getByRole('searchbox').fill('10482');
    await dialog.getByRole('button', { name: /Olga Brandt/ }).click();
    await dialog.getByText('Anna Berg and Olga Brandt are two clients').waitFor();
    await dialog.getByRole('button', { name: 'Same person: merge both' }).click();
    await flow(page).getByText('Where is it?').waitFor();
    await eventually(() => tab(page, 'All').textContent()).toBe('All1');
    await page.getByRole('region', { name: 'Menus and dialogs' }).getByRole('button', { name: 'Undo' }).click();
    await eventually(() => flow(page).getByText('Where is it?').count()).toBe(0);
    await eventually(() => tab(page, 'All').textContent()).toBe('All2');
    await row(page, 'Olga Brandt').waitFor();
  });

  it('quotes a messenger’s message above the answer, and lets go of it', async () => {
    const threadId = await texts('42', 'Jonas Lind', 'Is the A55 in stock?');
    await texts('42', 'Jonas Lind', 'And what does it cost?');
    const page = await sit(mira, `/t/${threadId}?tab=all`);
    const asked = page.locator('[data-message]').filter({ hasText: 'Is the A55 in stock?' });
    const bar = page.locator('form').getByText('Is the A55 in stock?');
    for (const last of [false, true]) {
      await asked.hover();
      await asked.getByRole('button', { name: 'Message actions' }).click();
      await page.getByRole('menuitem', { name: 'Answer with a quote' }).click();
      await bar.waitFor();
      if (!last) await page.getByRole('button', { name: 'Quote nothing' }).click();
      if (!last) await bar.waitFor({ state: 'detached' });
    }
    await editor(page).fill('Two at Riverside.');
    await page.keyboard.press('Control+Enter');
    const answer = page.locator('[data-direction="outbound"]').filter({ hasText: 'Two at Riverside.' });
    await answer.getByText('Is the A55 in stock?').waitFor();
    await bar.waitFor({ state: 'detached' });
    const { items } = await mira.call<{ items: Message[] }>('GET', `/threads/${threadId}/messages`);
    expect(items.find((item) => item.direction === 'outbound')?.quote).toMatchObject({ text: 'Is the A55 in stock?' });
  });

  it('makes who wrote a forwarded letter the client with one press, and gives it back', async () => {
    const forwarded = { name: 'Omar Haddad', address: 'omar@client.example' };
    const threadId = await writes('Boss Lund', 'Please answer him', 'Fwd: Returns', {
      detail: { why: 'forwarded', forwarded },
    });
    const page = await sit(mira, `/t/${threadId}?tab=all`);
    await flow(page).getByText('Forwards a letter of Omar Haddad').waitFor();
    await flow(page).getByRole('button', { name: 'Make them the client' }).click();
    await row(page, 'Omar Haddad').waitFor();
    await eventually(() => flow(page).getByText('Forwards a letter of').count()).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await row(page, 'Boss Lund').waitFor();
    await flow(page).getByText('Forwards a letter of Omar Haddad').waitFor();
  });

  it('marks a note as one that is not sent, and a letter that failed with its reason and Retry', async () => {
    const threadId = await writes('Anna Berg', 'Hello');
    const page = await sit(mira, `/t/${threadId}`);
    await flow(page).getByText('Hello').waitFor();
    await page.keyboard.press('n');
    await page.keyboard.type('She called as well');
    await page.getByRole('button', { name: 'Add note' }).click();
    await flow(page).getByRole('article', { name: 'Note by Mira Novak' }).waitFor();
    expect(await test.app.deps.db.delivery.count()).toBe(0);
    await editor(page).fill('An answer');
    await page.keyboard.press('Control+Enter');
    await eventually(() => test.app.deps.db.delivery.count()).toBe(1);
    const { messageId } = await test.app.deps.db.delivery.findFirstOrThrow();
    await test.app.deps.db.delivery.updateMany({
      data: { state: 'failed', error: 'The mailbox refused: user unknown', attempts: 3 },
    });
    await page.reload();
    await flow(page).getByText('The mailbox refused: user unknown').waitFor();
    await flow(page).getByRole('button', { name: 'Retry' }).click();
    await eventually(
      async () => (await test.app.deps.db.delivery.findUniqueOrThrow({ where: { messageId } })).state,
    ).not.toBe('failed');
  });

  it('shows a designed letter without running it, and fetches its pictures only when asked', async () => {
    const asked: string[] = [];
    const html = `<table bgcolor="#eee"><tr><td><img data-remote-src="https://tracker.example/seen.gif" width="40" height="40">
      <b>Big sale</b><script>parent.hacked = true; document.title = 'hacked'</script></td></tr></table>
      <img src="x" onerror="parent.hacked = true"><div class="gmail_quote">what we wrote before</div>`;
    const threadId = await writes('Otto Ek', 'Big sale', 'Sale', { html });
    const page = await sit(mira, '/');
    await page.context().route(/tracker\.example/, (route) => {
      asked.push(new URL(route.request().url()).pathname);
      return route.fulfill({ contentType: 'image/gif', body: '' });
    });
    await page.goto(`${url}/t/${threadId}`);
    const letterFrame = flow(page).frameLocator('iframe');
    await letterFrame.getByText('Big sale').waitFor();
    expect(await letterFrame.getByText('what we wrote before').isVisible()).toBe(false);
    expect(asked).toEqual([]);
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
    await page.getByRole('button', { name: 'Show the quoted rest' }).click();
    await letterFrame.getByText('what we wrote before').waitFor();
    await page.getByRole('button', { name: 'Load pictures' }).click();
    // The server fetches it for the reader: the tracker hears of nobody.
    await eventually(() => asked.length).toBeGreaterThan(0);
    expect(asked.every((path) => /^\/api\/v1\/messages\/[^/]+\/images$/.test(path))).toBe(true);
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
  });

  it('sends files that were pasted, and shows them', async () => {
    const threadId = await writes('Anna Berg', 'A photo please');
    const page = await sit(mira, `/t/${threadId}`);
    await editor(page).click();
    await page.evaluate(`{
      const data = new DataTransfer();
      data.items.add(new File(['the receipt'], 'receipt.txt', { type: 'text/plain' }));
      const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      document.querySelector('form textarea').dispatchEvent(event);
    }`);
    await page.getByRole('button', { name: 'Remove receipt.txt' }).waitFor();
    await eventually(() => test.app.deps.db.attachment.count()).toBe(1);
    await editor(page).fill('Here it is');
    await page.getByLabel('Uploading').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Enter');
    await flow(page)
      .getByRole('link', { name: /receipt.txt/ })
      .waitFor();
    const { items } = await mira.call<{ items: Message[] }>('GET', `/threads/${threadId}/messages`);
    expect(items[0]?.attachments.map((file) => file.name)).toEqual(['receipt.txt']);
  });

  it('keeps the eye where it is when rows come in above', async () => {
    for (let index = 0; index < 30; index++) await writes(`Client ${String(index).padStart(2, '0')}`, 'Hello');
    const page = await sit(mira);
    await row(page, 'Client 29').waitFor();
    const list = page.locator('section[aria-label="Threads"] ul').locator('..');
    await list.evaluate((element) => {
      element.scrollTop = 640;
    });
    await row(page, 'Client 18').waitFor();
    const before = await row(page, 'Client 18').boundingBox();
    await writes('Somebody New', 'Hello');
    await page.getByRole('button', { name: '1 new' }).waitFor();
    const after = await row(page, 'Client 18').boundingBox();
    expect(after?.y).toBe(before?.y);
    await page.getByRole('button', { name: '1 new' }).click();
    await row(page, 'Somebody New').waitFor();
  });

  it('is one pane at a time on a phone, with the way back and the client at hand', async () => {
    await writes('Anna Berg', 'Hello');
    const page = await sit(mira, '/?tab=all', { width: 390, height: 800 });
    await row(page, 'Anna Berg').click();
    await flow(page).getByText('Hello').waitFor();
    expect(await row(page, 'Anna Berg').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Client', exact: true }).click();
    await page.getByRole('dialog').getByText('anna.berg@client.example').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Back to the list' }).click();
    await row(page, 'Anna Berg').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });
});
