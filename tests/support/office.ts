import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type Staff, startApp, type TestApp } from './app.ts';
import { openChromium } from './browser.ts';
import { startLine, type TestLine } from './line.ts';
import { openScreen, type ScreenOptions, sitDown } from './screen.ts';

/** An application of its own for each test, and people at screens of a real Chromium before it. */
export interface Office {
  browser: Browser;
  test: TestApp;
  /** Between the screens and the application; a test may cut it. */
  line: TestLine;
  /** Where the screens find the application, through the line. */
  url: string;
  /** Signs in and opens an address; closed after the test. */
  sit(staff: Staff, path?: string, options?: ScreenOptions): Promise<Page>;
  /** A browser in which nobody has signed in, at an address. */
  stranger(address: string): Promise<Page>;
}

/** Opens Chromium for the tests of the describe block it stands in, and an office before each of them. */
export function inOffice(): Office {
  /** Plain browsers between two tests: nobody is signed in, but they know the app's files, as after the first day. */
  const seats: BrowserContext[] = [];
  const used: BrowserContext[] = [];
  const others: BrowserContext[] = [];
  const office = {
    async sit(staff, path = '/?tab=all', options) {
      if (options !== undefined) {
        const { page, context } = await openScreen(office.browser, office.url, staff, path, options);
        others.push(context);
        return page;
      }
      const context = seats.pop() ?? (await office.browser.newContext(plain));
      used.push(context);
      return sitDown(context, office.url, staff, path);
    },
    async stranger(address) {
      const context = await office.browser.newContext(plain);
      others.push(context);
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      await page.goto(address);
      return page;
    },
  } as Office;
  beforeAll(async () => {
    office.browser = await openChromium();
    office.line = await startLine();
    office.url = `http://localhost:${office.line.port}`;
  });
  afterAll(async () => {
    await office.browser?.close();
    await office.line?.stop();
  });
  beforeEach(async () => {
    office.test = await startApp({ env: { PUBLIC_URL: office.url } });
    office.line.target = Number(new URL(office.test.url).port);
  });
  afterEach(async () => {
    for (const context of others.splice(0)) await context.close();
    for (const context of used.splice(0)) if (await cleared(context, office.url)) seats.push(context);
    office.line.cut();
    office.line.mend();
  });
  return office;
}

const plain = {
  viewport: { width: 1280, height: 800 },
  colorScheme: 'light',
  locale: 'en-GB',
  reducedMotion: 'reduce',
} as const;

/** Takes from a browser whatever a test left in it but the files it has loaded; false when the test closed it. */
async function cleared(context: BrowserContext, origin: string): Promise<boolean> {
  if (context.browser()?.contexts().includes(context) !== true) return false;
  await context.unrouteAll({ behavior: 'ignoreErrors' });
  await context.setOffline(false);
  for (const page of context.pages()) await page.close();
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'local_storage,cookies,indexeddb' });
  await context.clearCookies();
  await page.close();
  return true;
}
