import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** `npm run bench -- <name> [args]`: runs tests/bench/<name>.ts. */
const [name, ...args] = process.argv.slice(2);
if (!name || !/^[a-z][\w-]*$/i.test(name) || !existsSync(join(import.meta.dirname, `${name}.ts`))) {
  console.error('Which benchmark? npm run bench -- <name>');
  process.exit(2);
}
const { run } = (await import(`./${name}.ts`)) as { run: (args: string[]) => Promise<void> };
try {
  await run(args);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
// Workers and pools of the code under measurement may still be warm.
process.exit(0);
