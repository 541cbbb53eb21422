import { setMaxListeners } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../config.ts';
import type { Log } from '../lib/log.ts';
import { rootDir } from '../lib/root.ts';
import { type Lifetime, live } from '../lifetime.ts';
import { open, type Parts, shutDown, whyNotStarted } from '../start.ts';
import { makeFirstAdmin } from '../users/accounts.ts';
import { signIn } from './api.ts';
import type { Bot } from './botApi/bot.ts';
import { startBotApi } from './botApi/server.ts';
import { type Chance, chance } from './chance.ts';
import { letterWriter } from './clients/letters.ts';
import { messenger, rememberPeople } from './clients/messenger.ts';
import { visitor } from './clients/visitors.ts';
import { keepColleaguesAnswering } from './colleagues.ts';
import { type DemoData, offersCsv, readDemo } from './data.ts';
import { servePages } from './pages.ts';
import { adminOf, isSeeded, MAILBOX, refresh, seed } from './seed/seed.ts';
import { keepWriting, type Ways } from './simulate.ts';
import { type Sink, startSink } from './sink.ts';
import { keepCalling } from './telephone.ts';

/** `npm run demo`: Parley on a store of its own, with people at the far side of every channel. */

const PASSWORD = 'tideline-demo';
const BOT_TOKEN = '100200:demo-of-tideline';
/** The newcomer's own Telegram account at the stand-in. */
const YOU = { id: 900_001, first_name: 'You', language_code: 'en' };
const STOCK_EVERY_MS = 10 * 60_000;

await live((life) => {
  // One for each client who waits for an answer.
  setMaxListeners(0, life.ending);
  return openDemo(life);
}, whyNotStarted);

async function openDemo({ atEnd, ending: signal, fail }: Lifetime) {
  const sink = await startSink(0);
  atEnd(() => sink.close());
  const botApi = await startBotApi();
  atEnd(() => botApi.close());
  const bot = botApi.bot(BOT_TOKEN, 'Tideline');
  const data = readDemo(join(rootDir, 'prisma', 'demo'), new Date());
  const config = readConfig({
    DATA_DIR: join('data', 'demo'),
    ...process.env,
    TELEGRAM_API_ROOT: botApi.url,
    PARLEY_SMTP_PORT: process.env.PARLEY_SMTP_PORT ?? String(await freePort()),
    PARLEY_ADMIN_EMAIL: adminOf(data),
    PARLEY_ADMIN_PASSWORD: PASSWORD,
  });
  let parts: Parts = {};
  atEnd(() => shutDown(parts));
  const { app } = await open(
    config,
    (opened) => {
      parts = opened;
    },
    fail,
  );
  // First of all: what an earlier run left to be sent is on its way already.
  await rememberPeople(app.deps.db, bot);
  if (config.admin) await makeFirstAdmin(app.deps, config.admin);
  if (signal.aborted) return;
  const luck = chance(20_260_101);
  let side: Parameters<typeof servePages>[1] | null = null;
  const pages = await servePages(await portNear(config.port + 1), () => {
    if (!side) throw new Error('the demo is still being filled');
    return side();
  });
  atEnd(() => pages.close());
  const { deps } = app;
  const farSides = { sinkPort: sink.smtpPort, botToken: BOT_TOKEN, shopOrigin: pages.url };
  if (await isSeeded(deps.db)) await refresh(deps, data, farSides, PASSWORD, luck);
  else await seed(deps, data, farSides, PASSWORD, luck, (line) => console.log(line));
  await rememberPeople(deps.db, bot);

  const chat = await deps.db.channel.findFirstOrThrow({ where: { kind: 'chat', removedAt: null } });
  const ways = waysIn(config.publicUrl, config.smtpPort ?? 0, chat.key ?? '', sink, bot);
  side = clientSide(config.publicUrl, chat.key ?? '', sink, bot, ways);
  const now = chance(Date.now());
  void keepWriting(data, ways, now, deps.log, signal);
  void keepColleaguesAnswering(config.publicUrl, data, PASSWORD, now, deps.log, signal);
  const phone = await deps.db.channel.findFirstOrThrow({ where: { kind: 'phone', removedAt: null } });
  void keepCalling(config.publicUrl, phone.id, data, now, deps.log, signal);
  void keepStock(config.publicUrl, data, now, deps.log, signal);
  greet(config.publicUrl, pages.url, data);
}

function waysIn(publicUrl: string, smtpPort: number, channelKey: string, sink: Sink, bot: Bot): Ways {
  return {
    letter: (client) => letterWriter({ ...client, store: MAILBOX }, smtpPort, sink),
    visit: ({ name }) => visitor(publicUrl, channelKey, name),
    message: (client) => messenger(bot, client),
  };
}

/** What the newcomer does as a client, on the page next door. */
function clientSide(widgetUrl: string, channelKey: string, sink: Sink, bot: Bot, ways: Ways) {
  const you = bot.client(YOU);
  const said: { text: string; at: Date }[] = [];
  return () => ({
    sink,
    widgetUrl,
    channelKey,
    letter: async ({ from, subject, text }: { from: string; subject: string; text: string }) => {
      const writer = ways.letter({ name: nameOf(from), address: from, subject });
      await writer.say(text).finally(() => writer.leave());
    },
    message: (text: string) => {
      said.push({ text, at: new Date() });
      you.writes(text);
      return Promise.resolve();
    },
    talk: () =>
      [
        ...said.map((one) => ({ ...one, by: 'you' as const })),
        ...you.received.map(({ text, at }) => ({ text, at, by: 'bot' as const })),
      ].sort((a, b) => a.at.getTime() - b.at.getTime()),
  });
}

/** What a mail program would show for `jana.moritz@…`. */
function nameOf(address: string): string {
  const words = (address.split('@')[0] ?? address).split(/[._-]+/);
  return words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join(' ');
}

/** The tills report new counts now and then. */
async function keepStock(publicUrl: string, data: DemoData, luck: Chance, log: Log, signal: AbortSignal) {
  while (!signal.aborted) {
    await pause(STOCK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    await signIn(publicUrl, adminOf(data), PASSWORD)
      .then((api) => api.upload('/offers/import', 'offers.csv', offersCsv(data, luck, new Date())))
      .catch((error: unknown) => log.warn({ error: String(error) }, 'the demo could not bring new stock counts'));
  }
}

function greet(publicUrl: string, pagesUrl: string, { company }: DemoData) {
  console.log(`\nThe demo store ${company.name} is open.\n`);
  console.log(`  The inbox           ${publicUrl}`);
  console.log(`  The clients' side   ${pagesUrl}   (chat, letters, Telegram, and what the store answered)\n`);
  console.log(`  Sign in with the password ${PASSWORD} as`);
  for (const { email, role, name } of company.staff) console.log(`    ${email.padEnd(26)} ${role.padEnd(11)} ${name}`);
  console.log('\n  Clients write by themselves and answer your replies. Ctrl-C stops everything.\n');
  console.log(`Parley is ready at ${publicUrl}`);
}

/** The wished port, or any free one when it is taken. */
async function portNear(wished: number): Promise<number> {
  return (await isFree(wished)) ? wished : freePort();
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
