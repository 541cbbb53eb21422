/** How the screen's own code comes when the line breaks, the server starts anew or the product was renewed meanwhile. */

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 4000;
/** So often the files may fail to come from a server that is there. */
const TRIES_OF_A_LIVE_SERVER = 3;

/** The files of this page are no longer to be had: only a fresh page goes on. */
export class CodeGone extends Error {
  override readonly name = 'CodeGone';
}

/**
 * Imports a module however long the line is away: it asks again as soon as the server answers, and the promise waits
 * until then. Rejects with what the module itself threw, and with CodeGone when the server lives but no longer has its files
 * (or the browser never asks twice for a module that once failed).
 */
export async function bringCode<Module>(bring: () => Promise<Module>): Promise<Module> {
  for (let failures = 0, alive = 0; ; failures++) {
    try {
      if (failures > 0) await bringBrokenStyles();
      return await bring();
    } catch (error) {
      if (!didNotCome(error)) throw error;
      await pause(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures));
      if (!(await serverAnswers())) continue;
      if (++alive >= TRIES_OF_A_LIVE_SERVER || (await wasRenewed())) throw new CodeGone(String(error));
    }
  }
}

/** Loads the page afresh, for CodeGone; false when that was tried a moment ago and did not help. */
export function startAfresh(): boolean {
  const key = 'parley.afresh';
  const last = Number(sessionStorage.getItem(key) ?? 0);
  if (Date.now() - last < 30_000) return false;
  sessionStorage.setItem(key, String(Date.now()));
  window.location.reload();
  return true;
}

/** Whether a module's files did not arrive, as the browsers and the build say it; anything else is a fault in the module. */
export function didNotCome(error: unknown): boolean {
  return (
    error instanceof Error &&
    /dynamically imported module|importing a module script failed|module script failed|unable to preload css/i.test(
      error.message,
    )
  );
}

/** Waits so long, or until the browser says that the line is back. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      window.removeEventListener('online', go);
      resolve();
    };
    const timer = setTimeout(go, ms);
    window.addEventListener('online', go);
  });
}

/** Whether the server is there and has its database. */
export async function serverAnswers(): Promise<boolean> {
  const answer = await fetch('/readyz', { cache: 'no-store' }).catch(() => null);
  return answer?.ok === true;
}

/** Whether the server now gives out another build than the one this page began with. */
async function wasRenewed(): Promise<boolean> {
  const own = [...document.querySelectorAll<HTMLScriptElement>('script[type=module][src]')];
  const answer = await fetch('/sign-in', { cache: 'no-store', headers: { accept: 'text/html' } }).catch(() => null);
  if (answer?.ok !== true) return false;
  const page = await answer.text();
  return !own.every((script) => page.includes(script.getAttribute('src') ?? ''));
}

/** The style sheets that did not come. They stay in the page, and the build's own loader asks for each only once. */
const brokenStyles = new Set<HTMLLinkElement>();
document.addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') brokenStyles.add(target);
  },
  true,
);
let stylesComing: Promise<unknown> | undefined;

/** Asks for them again, each in its place; rejects when one of them does not come now either. */
async function bringBrokenStyles(): Promise<void> {
  stylesComing ??= Promise.all([...brokenStyles].map(askAgain)).finally(() => {
    stylesComing = undefined;
  });
  await stylesComing;
  if (brokenStyles.size > 0) throw new Error('Unable to preload CSS');
}

/** Settles when the answer is there; whether it is a good one, `brokenStyles` says. */
function askAgain(link: HTMLLinkElement): Promise<void> {
  brokenStyles.delete(link);
  const fresh = link.cloneNode() as HTMLLinkElement;
  return new Promise((resolve) => {
    fresh.addEventListener('load', () => resolve());
    fresh.addEventListener('error', () => resolve());
    link.replaceWith(fresh);
  });
}
