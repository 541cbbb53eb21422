import type { App } from './app.ts';
import { type Config, readConfig } from './config.ts';
import { pause } from './lib/lines.ts';
import { open, type Parts, shutDown, whyNotStarted } from './start.ts';
import { makeFirstAdmin, startLink } from './users/accounts.ts';

/** A signal during the start waits this long for the start. */
const openWithinMs = 15_000;

await main();

async function main(): Promise<void> {
  let started: Parts = {};
  let opening: Promise<unknown> = Promise.resolve();
  let stopping: Promise<void> | undefined;
  const stop = (code: number) => {
    // What is half open at a signal is opened first, so that it can be closed; a start that hangs is not waited for.
    stopping ??= Promise.race([opening.catch(() => undefined), pause(openWithinMs)])
      .then(() => shutDown(started))
      .then(() => process.exit(code));
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
  try {
    const config = readConfig(process.env);
    const opened = open(config, (parts) => {
      started = parts;
    });
    opening = opened;
    const { app } = await opened;
    if (stopping === undefined) await greet(app, config);
  } catch (error) {
    if (stopping === undefined) console.error(whyNotStarted(error));
    await stop(1);
  }
}

async function greet(app: App, config: Config): Promise<void> {
  if (config.admin !== undefined) await makeFirstAdmin(app.deps, config.admin);
  const link = await startLink(app.deps);
  if (link !== null) console.log(`Make the first admin here: ${link}`);
  console.log(`Parley is ready at ${config.publicUrl}`);
}
