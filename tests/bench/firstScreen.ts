import { hashPassword } from 'better-auth/crypto';
import type { BrowserContext } from 'playwright-core';
import type { Db } from '../../server/db/client.ts';
import { newId } from '../../server/lib/id.ts';
import { openChromium } from '../support/browser.ts';
import { percentile } from './process.ts';

const rounds = 5;

/** What a browser measures of itself, ms since the navigation began. */
interface Opening {
  firstRowMs: number;
  keyAnsweredMs: number;
}

/**
 * How long a colleague waits for the inbox in a browser that never saw it: from the beginning of the navigation until the
 * first thread is painted, and until the list answers a key that is pressed at once. Median of five, each with an empty cache.
 */
export async function firstScreen(
  url: string,
  email: string,
  password: string,
): Promise<{ firstRowMs: number; interactiveMs: number; slowestMs: number }> {
  const browser = await openChromium();
  try {
    const openings: Opening[] = [];
    // The first one warms the server's plans and the file cache of the machine.
    for (let round = 0; round <= rounds; round++) {
      const context = await browser.newContext({ viewport: { width: 1360, height: 850 }, locale: 'en-GB' });
      await signIn(context, url, email, password);
      const opening = await open(context, `${url}/?tab=all`);
      if (round > 0) openings.push(opening);
      await context.close();
    }
    return {
      firstRowMs: percentile(
        openings.map((opening) => opening.firstRowMs),
        0.5,
      ),
      interactiveMs: percentile(
        openings.map((opening) => opening.keyAnsweredMs),
        0.5,
      ),
      slowestMs: percentile(
        openings.map((opening) => opening.keyAnsweredMs),
        1,
      ),
    };
  } finally {
    await browser.close();
  }
}

/** An admin who signs in with a password. */
export async function addColleague(db: Db, { email, password }: { email: string; password: string }): Promise<void> {
  const id = newId();
  await db.user.create({ data: { id, name: 'Bench', email, emailVerified: true, role: 'admin' } });
  await db.account.create({
    data: { id: newId(), accountId: id, providerId: 'credential', userId: id, password: await hashPassword(password) },
  });
}

/** Gives the context a session, as the sign-in form would. @throws when it is refused */
export async function signIn(context: BrowserContext, url: string, email: string, password: string): Promise<void> {
  const answer = await context.request.post(`${url}/api/auth/sign-in/email`, {
    headers: { origin: url },
    data: { email, password },
  });
  if (!answer.ok()) throw new Error(`${email} cannot sign in: ${answer.status()} ${await answer.text()}`);
}

async function open(context: BrowserContext, address: string): Promise<Opening> {
  const page = await context.newPage();
  // Within the page: what asks from outside would measure its own way there too.
  await page.addInitScript(`globalThis.opening = new Promise((resolve) => {
    const painted = (then) => requestAnimationFrame(() => setTimeout(() => then(performance.now())));
    new MutationObserver((_, observer) => {
      if (document.querySelector('[data-row]') === null) return;
      observer.disconnect();
      painted((firstRowMs) => {
        const press = () => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', code: 'KeyJ', bubbles: true }));
        const pressing = setInterval(press, 10);
        addEventListener('focusin', ({ target }) => {
          if (target.closest('[data-row]') === null) return;
          clearInterval(pressing);
          painted((keyAnsweredMs) => resolve({ firstRowMs, keyAnsweredMs }));
        });
        press();
      });
    }).observe(document, { childList: true, subtree: true });
  })`);
  await page.goto(address);
  return page.evaluate<Opening>('globalThis.opening');
}
