import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Staff, TestApp } from './app.ts';

/** A colleague's screen in a real browser, signed in, at a place of the staff app. `prepare` comes before it loads. */
export async function openDesk(
  browser: Browser,
  test: TestApp,
  who: Staff,
  place = '/',
  prepare: (page: Page) => Promise<void> = async () => undefined,
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: test.url,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const answer = await context.request.post(`${test.url}/api/auth/sign-in/email`, {
    headers: { origin: test.url },
    data: { email: who.email, password: who.password },
  });
  expect(answer.status(), await answer.text()).toBe(200);
  await prepare(page);
  await page.goto(place);
  return page;
}

/** Writes an answer in the open thread and sends it. */
export async function answer(page: Page, text: string): Promise<void> {
  await page.keyboard.press('r');
  await page.getByRole('form', { name: 'Reply' }).getByRole('textbox').fill(text);
  await page.keyboard.press('Control+Enter');
}
