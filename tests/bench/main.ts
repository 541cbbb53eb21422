/** `npm run bench -- <name> [args]`: runs tests/bench/<name>.ts. */
const [name, ...args] = process.argv.slice(2);
if (!name || !/^[a-z][\w-]*$/i.test(name)) {
  console.error('Which benchmark? npm run bench -- <name>');
  process.exit(2);
}
const { run } = (await import(`./${name}.ts`)) as { run: (args: string[]) => Promise<void> };
await run(args);
// Workers and pools of the code under measurement may still be warm.
process.exit(0);
