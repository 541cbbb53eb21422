import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openChromium } from '../support/browser.ts';
import { freePort } from '../support/port.ts';

/** `npm run screenshots`: starts the demo on a store of its own and takes the pictures of README from it. */

const FOLDER = 'docs/screenshots';
const PASSWORD = 'tideline-demo';
const READY_WITHIN_MS = 240_000;
const DESKTOP = { width: 1360, height: 850 };
/** Of the demo's company, so that a picture shows one time. */
const HERE = 'Europe/Berlin';
const PHONE = { width: 390, height: 844 };

const dataDir = mkdtempSync(join(tmpdir(), 'parley-screenshots-'));
const port = await freePort();
const demo = spawn(process.execPath, ['dist/server/demo/main.js'], {
  env: { ...process.env, PORT: String(port), DATA_DIR: dataDir },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let browser: Browser | undefined;
try {
  const clientsSide = await ready(demo);
  browser = await openChromium();
  mkdirSync(FOLDER, { recursive: true });
  await take(browser, `http://localhost:${port}`, clientsSide);
} finally {
  await browser?.close();
  const gone = new Promise((resolve) => demo.once('exit', resolve));
  demo.kill('SIGTERM');
  await gone;
  rmSync(dataDir, { recursive: true, force: true });
}

/** Resolves with the address of the clients' side when the demo says that it is open. */
function ready(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`the demo did not start: ${said}`)), READY_WITHIN_MS);
    child.once('exit', () => reject(new Error(`the demo ended: ${said}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const address = /The clients' side +(\S+)/.exec(said)?.[1];
      if (address === undefined || !said.includes('Ctrl-C')) return;
      clearTimeout(timer);
      resolve(address);
    });
  });
}

async function take(chromium: Browser, url: string, clientsSide: string) {
  const mira = await desk(chromium, url, 'mira@tideline.example', DESKTOP);
  await ask(clientsSide, 'letter', {
    from: 'jana.moritz@mail.example',
    subject: 'Galaxy A55 at Riverside',
    text: 'Hello,\n\nhave you got the Samsung Galaxy A55 256 GB blue at Riverside, and what does it cost?\n\nKind regards\nJana Moritz',
  });
  await mira
    .getByRole('link', { name: /^Unassigned/ })
    .or(mira.getByText('Unassigned'))
    .first()
    .click();
  await mira.getByText('Galaxy A55 at Riverside').first().click();
  await mira.getByText('Suggestion', { exact: true }).first().waitFor({ timeout: 30_000 });
  await picture(mira, 'thread');
  await mira.goto(`${url}/?tab=all&sort=waiting`);
  await mira.getByText('Quote for 20 phones').first().click();
  await picture(mira, 'inbox');
  await mira.emulateMedia({ colorScheme: 'dark' });
  await mira.goto(`${url}/settings/channels`);
  await picture(mira, 'channels');
  const sam = await desk(chromium, url, 'sam@tideline.example', DESKTOP);
  await sam.goto(`${url}/live`);
  await sam.getByRole('main').getByText('Telegram').first().waitFor();
  await picture(sam, 'live');
  const parisa = await desk(chromium, url, 'parisa@tideline.example', PHONE);
  await parisa.goto(`${url}/?tab=all`);
  await picture(parisa, 'phone-fa');
  const shop = await (await chromium.newContext({ viewport: DESKTOP, locale: 'en-GB', timezoneId: HERE })).newPage();
  await shop.goto(clientsSide);
  await shop.getByRole('button').last().click();
  const chat = shop.frameLocator('iframe');
  await chat.getByLabel('Write a message').fill('Does the Galaxy A26 have eSIM?');
  await shop.keyboard.press('Enter');
  await chat.getByText('Galaxy A26').nth(1).waitFor({ timeout: 30_000 });
  await picture(shop, 'widget');
}

async function desk(chromium: Browser, url: string, email: string, viewport: { width: number; height: number }) {
  const context = await chromium.newContext({ viewport, locale: 'en-GB', timezoneId: HERE, reducedMotion: 'reduce' });
  const answer = await context.request.post(`${url}/api/auth/sign-in/email`, {
    headers: { origin: url },
    data: { email, password: PASSWORD },
  });
  if (!answer.ok()) throw new Error(`${email} cannot sign in: ${answer.status()}`);
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

async function ask(clientsSide: string, path: string, body: object) {
  const answer = await fetch(`${clientsSide}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}

async function picture(page: Page, name: string) {
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.locator('.p-late').first().waitFor({ state: 'detached', timeout: 20_000 });
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });
  console.log(`${FOLDER}/${name}.png`);
}
