import type { Page } from 'playwright-core';

/** Writes an answer in the open thread and sends it, by keys. */
export async function answer(page: Page, text: string): Promise<void> {
  await page.keyboard.press('r');
  await page.getByRole('form', { name: 'Reply' }).getByRole('textbox').fill(text);
  await page.keyboard.press('Control+Enter');
}
