import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Staff } from './app.ts';

/** A colleague at a screen of their own. */
export interface Screen {
  page: Page;
  context: BrowserContext;
}

export interface ScreenOptions {
  width?: number;
  height?: number;
  scheme?: 'light' | 'dark';
  locale?: 'en' | 'fa';
  /** What the screen's own clock shows; it runs on from there. */
  now?: Date;
}

/** Signs in as the user does and opens an address of the staff app. */
export async function openScreen(
  browser: Browser,
  url: string,
  staff: Staff,
  path = '/?tab=all',
  { width = 1280, height = 800, scheme = 'light', locale = 'en', now }: ScreenOptions = {},
): Promise<Screen> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale: locale === 'fa' ? 'fa-IR' : 'en-GB',
    reducedMotion: 'reduce',
  });
  // The device's own choice goes before what the colleague speaks elsewhere.
  if (locale !== 'en') await context.addInitScript(`localStorage.setItem('parley.locale', '${locale}')`);
  return { page: await sitDown(context, url, staff, path, now), context };
}

/** The same in a browser that is open already. */
export async function sitDown(
  context: BrowserContext,
  url: string,
  staff: Staff,
  path: string,
  now?: Date,
): Promise<Page> {
  const answer = await context.request.post(`${url}/api/auth/sign-in/email`, {
    data: { email: staff.email, password: staff.password },
    headers: { origin: url },
  });
  if (!answer.ok()) throw new Error(`sign-in answered ${answer.status()}: ${await answer.text()}`);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  if (now !== undefined) await page.clock.setSystemTime(now);
  await page.goto(url + path);
  return page;
}

/** The row of a client in the list. */
export function row(page: Page, name: string) {
  return page.locator('[data-row]').filter({ hasText: name });
}
