import type { App } from './app.ts';
import { type Config, readConfig } from './config.ts';
import { open, type Parts, shutDown, whyNotStarted } from './start.ts';
import { makeFirstAdmin, startLink } from './users/accounts.ts';

await main();

async function main(): Promise<void> {
  let started: Parts = {};
  let stopping: Promise<void> | undefined;
  const stop = (code: number) => {
    stopping ??= shutDown(started).then(() => process.exit(code));
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
  try {
    const config = readConfig(process.env);
    const { app } = await open(config, (parts) => {
      started = parts;
    });
    await greet(app, config);
  } catch (error) {
    console.error(whyNotStarted(error));
    await stop(1);
  }
}

async function greet(app: App, config: Config): Promise<void> {
  if (config.admin !== undefined) await makeFirstAdmin(app.deps, config.admin);
  const link = await startLink(app.deps);
  if (link !== null) console.log(`Make the first admin here: ${link}`);
  console.log(`Parley is ready at ${config.publicUrl}`);
}
