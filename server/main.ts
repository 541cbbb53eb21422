import type { App } from './app.ts';
import { type Config, readConfig } from './config.ts';
import { live } from './lifetime.ts';
import { open, type Parts, shutDown, whyNotStarted } from './start.ts';
import { makeFirstAdmin, startLink } from './users/accounts.ts';

await live(async ({ ending, atEnd, fail }) => {
  const config = readConfig(process.env);
  let parts: Parts = {};
  atEnd(() => shutDown(parts));
  const { app } = await open(
    config,
    (opened) => {
      parts = opened;
    },
    fail,
  );
  if (!ending.aborted) await greet(app, config);
}, whyNotStarted);

async function greet(app: App, config: Config): Promise<void> {
  if (config.admin !== undefined) await makeFirstAdmin(app.deps, config.admin);
  const link = await startLink(app.deps);
  if (link !== null) console.log(`Make the first admin here: ${link}`);
  console.log(`Parley is ready at ${config.publicUrl}`);
  await app.deps.auth.load();
  // The first question should not wait for a large knowledge base to be read.
  if (config.roles.has('web') || config.roles.has('jobs')) app.deps.knowledge.readAhead();
}
