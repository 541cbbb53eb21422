import { existsSync } from 'node:fs';

/** Real parts that a test needs beyond Node, and where they are looked for. */
const parts = {
  /** Debian's `chromium-headless-shell` (the same engine, half the time a page) or `chromium`, or what PARLEY_TEST_CHROMIUM names. */
  Chromium: () => existsSync(chromiumPath),
} as const;

export const chromiumPath =
  process.env.PARLEY_TEST_CHROMIUM ??
  ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync) ??
  '/usr/bin/chromium';

/**
 * Whether a test must be skipped because this part is not on the machine: `describe.skipIf(isMissing('Chromium'))`.
 * @throws when PARLEY_TEST_REQUIRE=all and it is missing
 */
export function isMissing(part: keyof typeof parts): boolean {
  if (parts[part]()) return false;
  if (process.env.PARLEY_TEST_REQUIRE === 'all')
    throw new Error(`${part} is not on this machine, and all parts are required.`);
  return true;
}
