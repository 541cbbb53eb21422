import { describe, it } from 'vitest';

/**
 * A suite that needs a real program. Where it is not installed the suite is skipped and says so by name; with
 * `PARLEY_TEST_REQUIRE=all` its absence is a failure.
 */
export function describeWith(part: string, isThere: boolean, name: string, body: () => void): void {
  if (isThere) describe(name, body);
  else if (process.env.PARLEY_TEST_REQUIRE === 'all')
    describe(name, () =>
      it(`needs ${part}`, () => {
        throw new Error(`${part} is not installed, and PARLEY_TEST_REQUIRE=all asks for it`);
      }),
    );
  else describe.skip(`${name} (skipped: ${part} is not installed)`, body);
}
