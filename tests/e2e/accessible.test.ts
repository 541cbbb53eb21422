import { readdirSync, readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../server/lib/id.ts';
import { type Staff, startApp, type TestApp } from '../support/app.ts';
import { axeProblems, openChromium } from '../support/browser.ts';
import { letter, makeChannel, telegramText } from '../support/cast.ts';
import { startLine, type TestLine } from '../support/line.ts';
import { isMissing } from '../support/parts.ts';
import { importPhoneShop } from '../support/phoneShop.ts';
import { openScreen, type ScreenOptions } from '../support/screen.ts';

/**
 * Every address of the staff app by its pattern, where to go for it, and what opens there, step by step:
 * `key r` presses, `say settings:users.invite` presses the button of that name in the language of the screen, `last …` the last of several,
 * `here …` one that opens a form in its place. What begins with `desk:` or `phone:` is only there.
 */
type Screen = [pattern: string, address: string, ...opens: string[]];

interface Ids {
  thread: string;
  /** A bot's answer and a picture are in it. */
  answered: string;
  client: string;
  mail: string;
  article: string;
  product: string;
  /** A question that the catalogue answers. */
  question: string;
  absence: string;
  colleague: string;
  invitation: string;
  wall: string;
  rating: string;
}

const screensOf = (ids: Ids): Screen[] => [
  ['/clients', '/clients', 'phone: say common:alerts.open', 'phone: say common:more'],
  ['/clients/$clientId', `/clients/${ids.client}`],
  [
    '/',
    '/?tab=all',
    'say inbox:list.filter',
    'key j > key x > key a',
    'key j > key x > key s',
    'key j > key x > key t',
  ],
  [
    '/t/$threadId',
    `/t/${ids.thread}?tab=all`,
    ...['a', 'l', 's', 't', 'Control+k', '?'].map((key) => `key ${key}`),
    'say common:more',
    'say times:way.all',
    'key p > key m',
    'desk: say common:alerts.open',
    'desk: say common:me.menu',
    'phone: key c',
    'say inbox:message.actions',
    'key s > say inbox:moment.other',
    'key r > say inbox:composer.later',
    'key r > say inbox:composer.later > say inbox:moment.other',
  ],
  [
    '/t/$threadId',
    `/t/${ids.answered}?tab=all`,
    'say inbox:files.open',
    'last inbox:message.actions > say inbox:message.wrong',
  ],
  ['/promises', '/promises', 'say promises:other'],
  ['/questions', '/questions?box=all', 'here inbox:owed.answer'],
  ['/calls', '/calls'],
  ['/week', '/week'],
  ['/people/$userId', `/people/${ids.colleague}`],
  ['/absences', '/absences', 'say times:away.plan', 'say times:away.illToday'],
  ['/absences/$absenceId', `/absences/${ids.absence}`],
  ['/search', '/search?q=returns'],
  ['/consult', '/consult'],
  ['/consult', `/consult?q=${encodeURIComponent(ids.question)}`, 'say consult:send'],
  ['/knowledge', '/knowledge'],
  ['/knowledge/new', '/knowledge/new'],
  ['/knowledge/import', '/knowledge/import'],
  ['/knowledge/learning', '/knowledge/learning'],
  ['/knowledge/$articleId', `/knowledge/${ids.article}`],
  ['/catalogue', '/catalogue'],
  ['/catalogue/import', '/catalogue/import'],
  ['/catalogue/compare', `/catalogue/compare?ids=${ids.product}`],
  ['/catalogue/$productId', `/catalogue/${ids.product}`],
  [
    '/live',
    '/live',
    'say live:stepIn',
    'say live:stepIn > say live:whisper',
    'say live:kiosk.title',
    'say live:kiosk.title > say live:kiosk.revoke',
  ],
  ['/live/wall', '/live/wall'],
  ['/reports', '/reports'],
  ['/settings', '/settings'],
  ['/settings/shop', '/settings/shop'],
  ['/settings/channels', '/settings/channels', 'say settings:channels.actions'],
  ['/settings/channels/new', '/settings/channels/new'],
  ['/settings/channels/new', '/settings/channels/new?kind=email'],
  ['/settings/channels/new', '/settings/channels/new?kind=telegram'],
  ['/settings/channels/new', '/settings/channels/new?kind=chat'],
  ['/settings/channels/new', '/settings/channels/new?kind=phone'],
  ['/settings/channels/$channelId', `/settings/channels/${ids.mail}`],
  ['/settings/channels/$channelId/mailbox', `/settings/channels/${ids.mail}/mailbox`],
  ['/settings/channels/$channelId/held-back', `/settings/channels/${ids.mail}/held-back`],
  [
    '/settings/users',
    '/settings/users',
    'say settings:users.invite',
    'say settings:users.actions',
    'say settings:users.actions > say settings:users.edit',
  ],
  ['/settings/teams', '/settings/teams', 'say settings:teams.make', 'say settings:teams.removeNamed'],
  ['/settings/stores', '/settings/stores'],
  ['/settings/targets', '/settings/targets', 'say times:targets.make'],
  ['/settings/hours', '/settings/hours', 'say times:hours.setFor'],
  ['/settings/routing', '/settings/routing'],
  ['/settings/satisfaction', '/settings/satisfaction'],
  ['/settings/alerts', '/settings/alerts'],
  ['/settings/reports', '/settings/reports', 'say settings:sent.make'],
  ['/settings/bot', '/settings/bot'],
  ['/settings/synonyms', '/settings/synonyms', 'say settings:synonyms.make'],
  ['/settings/profile', '/settings/profile'],
  ['/settings/lookups', '/settings/lookups'],
  ['/settings/keys', '/settings/keys', 'say settings:keys.make'],
];

/** What people see who are not signed in. */
const outside = (ids: Ids): Screen[] => [
  ['/sign-in', '/sign-in'],
  ['/reset', '/reset'],
  ['/reset', '/reset?token=0123456789'],
  ['/invite/$token', ids.invitation],
  ['/start/$token', '/start/used-long-ago'],
  ['/wall/$token', ids.wall],
  ['/rate/$token', `/rate/${ids.rating}`],
];

/** The patterns that web/inbox/routes names; those of the settings are under /settings. */
function knownPatterns(): string[] {
  const folder = 'web/inbox/routes';
  return readdirSync(folder).flatMap((file) => {
    const paths = readFileSync(`${folder}/${file}`, 'utf8').matchAll(/path: '([^']+)'/g);
    return [...paths].map(([, path = '']) =>
      file === 'settings.ts' && path !== '/settings' ? `/settings${path === '/' ? '' : path}` : path,
    );
  });
}

/** What opens, opens within this, and closes; longer only on a machine that does much else, ms. */
const OPENS_MS = 10_000;
const opened = '[role=menu], [role=listbox], [role=dialog], [role=alertdialog]';

/** The words behind `namespace:key` in a language; what is filled in is anything. */
function words(locale: string, name: string): RegExp {
  const [namespace = '', path = ''] = name.split(':');
  const all: unknown = JSON.parse(readFileSync(`web/shared/i18n/locales/${locale}/${namespace}.json`, 'utf8'));
  const text = path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], all);
  if (typeof text !== 'string') throw new Error(`no words ${name} in ${locale}`);
  const parts = text.split(/\{\{[^}]*\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}`);
}

describe.skipIf(isMissing('Chromium'))('axe, over every screen', () => {
  let browser: Browser;
  let test: TestApp;
  let line: TestLine;
  let url: string;
  let ada: Staff;
  let ids: Ids;

  beforeAll(async () => {
    line = await startLine();
    url = `http://localhost:${line.port}`;
    test = await startApp({ keep: true, env: { PUBLIC_URL: url } });
    line.target = Number(new URL(test.url).port);
    browser = await openChromium();
    ada = await test.staff('admin', 'Ada Lind');
    ids = await furnish(test, ada);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await test?.stop();
    await line?.stop();
  });

  it('knows every address there is', () => {
    const walked = [...screensOf(ids), ...outside(ids)].map(([pattern]) => pattern);
    expect([...new Set(walked)].sort()).toEqual([...new Set(knownPatterns())].sort());
  });

  it.each<[string, ScreenOptions & { locale: 'en' | 'fa' }]>([
    ['light, on a desk', { locale: 'en' }],
    ['dark, in Persian, on a phone', { locale: 'fa', scheme: 'dark', width: 390, height: 844 }],
  ])('finds nothing, also in what opens: %s', { timeout: 240_000 }, async (_, options) => {
    const { page, context } = await openScreen(browser, url, ada, '/settings', options);
    page.setDefaultTimeout(30_000);
    const found: Record<string, string[]> = {};
    const note = (where: string, problems: string[]) => {
      if (problems.length > 0) found[where] = problems;
    };
    for (const [, address, ...opens] of screensOf(ids)) {
      await go(page, url + address);
      note(address, await axeProblems(page));
      for (const each of opens) {
        const { only = '', way = '' } = /^(?:(?<only>desk|phone): )?(?<way>.*)$/.exec(each)?.groups ?? {};
        if (only !== '' && only !== (options.width === undefined ? 'desk' : 'phone')) continue;
        try {
          await open(page, way, options.locale);
        } catch (error) {
          note(`${address}: ${way}`, [`opens nothing: ${String(error).slice(0, 300)}`]);
          await go(page, url + address, true);
          continue;
        }
        note(`${address}: ${way}`, await axeProblems(page, '[data-opened]'));
        // What was opened is left by the key that leaves everything.
        for (const _step of way.split(' > ')) await page.keyboard.press('Escape');
        const stays = await page
          .locator(opened)
          .filter({ visible: true })
          .first()
          .waitFor({ state: 'detached', timeout: OPENS_MS })
          .then(() => false)
          .catch(() => true);
        if (stays) note(`${address}: ${way}`, ['stays open after Escape']);
        if (stays) await go(page, url + address, true);
      }
    }
    await context.clearCookies();
    for (const [, address] of outside(ids)) {
      await go(page, new URL(address, url).href, true);
      note(address, await axeProblems(page));
    }
    await context.close();
    expect(found).toEqual({});
  });
});

/** To another screen as a link does, or by loading the page anew; there when it has a heading of its own and nothing more is on its way. */
async function go(page: Page, address: string, anew = false): Promise<void> {
  const samePlace = new URL(address).pathname === new URL(page.url()).pathname;
  if (anew || samePlace) await page.goto(address);
  else
    await page.evaluate(`{
      for (const heading of document.querySelectorAll('h1, h2')) heading.dataset.left = '';
      history.pushState({}, '', ${JSON.stringify(address)});
    }`);
  await page.locator('h1:not([data-left]), h2:not([data-left])').first().waitFor({ state: 'attached' });
  await page.locator('.p-late').first().waitFor({ state: 'detached' });
  await expect
    .poll(() => page.evaluate('document.getAnimations().every((each) => each.playState !== "running")'), {
      timeout: 30_000,
    })
    .toBe(true);
}

/** Opens something step by step, and marks what is open. */
async function open(page: Page, way: string, locale: string): Promise<void> {
  if (way.includes('key '))
    await page.locator('[data-row], [data-message]').filter({ visible: true }).first().waitFor();
  for (const step of way.split(' > ')) {
    const [how, what = ''] = step.split(' ');
    if (how === 'key') await page.keyboard.press(what);
    else {
      const name = words(locale, what);
      const button = page.getByRole('button', { name }).or(page.getByRole('menuitem', { name }));
      const shown = button.filter({ visible: true });
      await (how === 'last' ? shown.last() : shown.first()).click({ timeout: OPENS_MS });
    }
  }
  const where = way.split(' > ').at(-1)?.startsWith('here ') ? 'form:focus-within' : opened;
  const layer = page.locator(where).filter({ visible: true }).last();
  await layer.waitFor({ timeout: OPENS_MS });
  await page.evaluate(`for (const each of document.querySelectorAll('[data-opened]')) delete each.dataset.opened`);
  await layer.evaluate((element: { setAttribute(name: string, value: string): void }) =>
    element.setAttribute('data-opened', ''),
  );
}

/** A shop in which every screen has something to show. */
async function furnish(test: TestApp, ada: Staff): Promise<Ids> {
  const { db, host } = test.app.deps;
  const nina = await test.staff('manager', 'Nina Berg');
  await importPhoneShop(ada, test.clock.now());
  await makeChannel(test, 'chat');
  await makeChannel(test, 'telegram');
  const mail = await makeChannel(test, 'email', { targetMs: 60_000 });
  const article = await ada.call<{ id: string }>('POST', '/articles', {
    title: 'Returns',
    body: '# Returns\n\nWithin 14 days.\n\n| a | b |\n| - | - |\n| 1 | 2 |',
  });
  await ada.call('POST', '/teams', { name: 'Repairs', memberIds: [ada.id] });
  await ada.call('POST', '/api-keys', { name: 'A script' });
  const html = '<p>Hello <b>there</b>, about <a href="https://shop.example">returns</a></p>';
  const file = {
    name: 'receipt.txt',
    type: 'text/plain',
    content: Buffer.from('paid'),
    inline: false,
  };
  const [stored] = await host.ingest(mail, {
    messages: [
      letter('omar@client.example', {
        subject: 'Returns',
        text: 'Hello there, about returns',
        html,
        attachments: [file],
      }),
      letter('zoe@client.example', { subject: 'Out of office', text: 'I am away', classification: 'autoReply' }),
    ],
  });
  const { id: thread, clientId: client } = await db.thread.findUniqueOrThrow({ where: { id: stored?.threadId ?? '' } });
  const write = (body: object) =>
    ada.call('POST', `/threads/${thread}/messages`, { clientKey: crypto.randomUUID(), force: true, ...body });
  await write({ kind: 'note', text: 'Ask Nina first' });
  await write({ kind: 'reply', text: 'Yes, within 14 days.' });
  await host.ingest(mail, {
    messages: [letter('omar@client.example', { subject: 'Re: Returns', text: 'And after that?' })],
  });
  await ada.call('PUT', `/threads/${thread}/tags/claim`);
  await ada.call('PUT', `/threads/${thread}/assignment`, { userId: ada.id });
  await ada.call('POST', '/calls', { threadId: thread, talked: false, note: 'Busy' });
  await ada.call('POST', '/promises', { threadId: thread, kind: 'callBack', text: 'About the claim', dueInMs: 0 });
  await ada.call('POST', `/threads/${thread}/requests`, { text: 'Is it under warranty?', toUserId: nina.id });
  const absence = await ada.call<{ id: string }>('POST', '/absences', {
    userId: nina.id,
    substituteId: ada.id,
    reason: 'leave',
    note: 'All quiet',
  });
  const invitation = await ada.call<{ link: string }>('POST', '/invitations', {
    email: 'leo@shop.example',
    name: 'Leo Marin',
    role: 'manager',
  });
  const wall = await ada.call<{ link: string }>('POST', '/wall-links', { name: 'The counter', storeId: null });
  const token = newId();
  await db.rating.create({
    data: {
      id: newId(),
      threadId: thread,
      clientId: client,
      token,
      askedAt: test.clock.now(),
      channelId: mail,
      level: 'usual',
    },
  });
  const { items } = await ada.call<{ items: { id: string; name: string }[] }>('GET', '/products');
  await test.settle();
  return {
    thread,
    client,
    mail,
    article: article.id,
    answered: await answeredByBot(test),
    product: items[0]?.id ?? '',
    question: `How much is the ${items[0]?.name}?`,
    absence: absence.id,
    colleague: nina.id,
    invitation: invitation.link,
    wall: wall.link,
    rating: token,
  };
}

/** A thread in which the bot answered a client who sent a picture. */
async function answeredByBot(test: TestApp): Promise<string> {
  const { db, host } = test.app.deps;
  const chat = await makeChannel(test, 'chat', { botMode: 'first' });
  const name = (await db.product.findFirstOrThrow({ where: { offers: { some: {} } } })).name;
  const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const [asked] = await host.ingest(chat, {
    messages: [
      telegramText('v-42', `How much is the ${name}?`, {
        from: [{ kind: 'visitor', value: 'v-42', name: 'Vera', verified: true }],
        attachments: [{ name: 'photo.png', type: 'image/png', content: Buffer.from(pixel, 'base64'), inline: false }],
      }),
    ],
  });
  await test.settle();
  const answer = await db.message.findFirst({ where: { threadId: asked?.threadId ?? '', direction: 'outbound' } });
  if (answer === null) throw new Error('the bot said nothing');
  return asked?.threadId ?? '';
}
