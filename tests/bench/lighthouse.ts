import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse, { desktopConfig, type Flags } from 'lighthouse';
import { type BrowserContext, chromium } from 'playwright-core';
import { openDatabase } from '../../server/db/client.ts';
import { startEmbedded } from '../../server/db/embedded.ts';
import { migrate } from '../../server/db/migrate.ts';
import { chromiumPath } from '../support/parts.ts';
import { freePort } from '../support/port.ts';
import { openShop } from '../support/shop.ts';
import { addColleague, firstScreen, signIn } from './firstScreen.ts';
import { fillStore } from './store.ts';

const threads = Number(process.env.THREADS ?? 2_000);
const rounds = Number(process.env.ROUNDS ?? 3);
const [email, password] = ['bench@shop.example', 'a-long-password-1'];
const asked = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
/** What every page is to reach. */
const least = 95;

type Scores = Partial<Record<(typeof asked)[number], number>>;

/**
 * `npm run bench -- lighthouse`: Lighthouse's scores of the signed-in inbox, of one thread and of a shop's page with the
 * chat, on a desktop and (the page with the chat) on a phone with its slow line and processor; then how long the first screen
 * takes. The real server as `npm start` runs it, with THREADS threads (2,000). Names every audit that costs points.
 */
export async function run(): Promise<void> {
  const parley = await startParley();
  const shop = await openShop(() => parley.url);
  const port = await freePort();
  const profile = mkdtempSync(join(tmpdir(), 'parley-lighthouse-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath,
    args: [
      `--remote-debugging-port=${port}`,
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ],
  });
  try {
    await signIn(context, parley.url, email, password);
    const { threadId, channelKey } = await furnish(context, parley.url, shop.origin);
    const pages: [string, string, 'desktop' | 'mobile'][] = [
      ['inbox', `${parley.url}/?tab=all`, 'desktop'],
      ['thread', `${parley.url}/t/${threadId}?tab=all`, 'desktop'],
      ['page with the chat', shop.page({ 'data-channel': channelKey }), 'desktop'],
      ['page with the chat, phone', shop.page({ 'data-channel': channelKey }), 'mobile'],
      ['the chat itself', `${parley.url}/widget/chat.html?channel=${channelKey}`, 'mobile'],
    ];
    const scores: Record<string, Scores> = {};
    for (const [name, url, device] of pages) {
      // Staff pages are behind a sign-in and ask not to be indexed.
      const without = name.startsWith('page') ? [] : ['seo'];
      scores[name] = await audit(url, port, device, without);
    }
    console.table(scores);
    const opening = await firstScreen(parley.url, email, password);
    console.table({ [`first screen, ${threads} threads`]: opening });
    console.log(JSON.stringify({ bench: 'lighthouse', threads, scores, firstScreen: opening }));
  } finally {
    await context.close();
    await shop.stop();
    await parley.end();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Of several rounds the one of the middle performance: a single one says as much of the machine as of the page. */
async function audit(url: string, port: number, device: 'desktop' | 'mobile', without: string[]): Promise<Scores> {
  const found: Scores[] = [];
  for (let round = 0; round < rounds; round++) found.push(await auditOnce(url, port, device, without));
  found.sort((a, b) => (a.performance ?? 0) - (b.performance ?? 0));
  return found[Math.floor(rounds / 2)] ?? {};
}

async function auditOnce(url: string, port: number, device: 'desktop' | 'mobile', without: string[]): Promise<Scores> {
  const flags: Flags = {
    port,
    logLevel: 'error',
    // The session lives there.
    disableStorageReset: true,
    onlyCategories: asked.filter((name) => !without.includes(name)),
  };
  const result = await lighthouse(url, flags, device === 'desktop' ? desktopConfig : undefined);
  if (result === undefined) throw new Error(`Lighthouse could not look at ${url}`);
  const { categories, audits, finalDisplayedUrl } = result.lhr;
  if (new URL(finalDisplayedUrl).pathname === '/sign-in') throw new Error(`${url} asked for a sign-in`);
  const scores: Scores = {};
  for (const [id, category] of Object.entries(categories)) {
    scores[id as keyof Scores] = Math.round((category.score ?? 0) * 100);
    for (const { id: audited, weight } of category.auditRefs) {
      const found = audits[audited];
      if (weight === 0 || found?.score === null || found === undefined || found.score >= least / 100) continue;
      console.log(`${url} ${id}: ${found.title} ${found.displayValue ?? ''}`);
    }
  }
  return scores;
}

/** A chat for the shop's page, and a thread to look at. */
async function furnish(context: BrowserContext, url: string, origin: string) {
  const headers = { origin: url };
  const made = await context.request.post(`${url}/api/v1/channels`, {
    headers,
    data: {
      kind: 'chat',
      name: 'Site chat',
      config: { title: 'Riverside Phones', colour: '#0b7285', locale: 'en', allowedOrigins: [origin] },
    },
  });
  if (!made.ok()) throw new Error(`the chat could not be made: ${made.status()} ${await made.text()}`);
  const { key } = (await made.json()) as { key: string };
  const list = await context.request.get(`${url}/api/v1/threads?limit=1`);
  const { items } = (await list.json()) as { items: { id: string }[] };
  if (items[0] === undefined) throw new Error('the store is empty');
  return { channelKey: key, threadId: items[0].id };
}

/** The built server on a database of its own with a store of some age. */
async function startParley() {
  const dir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  const postgres = await startEmbedded({ dir: join(dir, 'postgres') });
  await migrate(postgres.url);
  await fill(postgres.url);
  const port = await freePort();
  const server = spawn(process.execPath, ['dist/server/main.js'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      DATA_DIR: dir,
      DATABASE_URL: postgres.url,
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await ready(server);
  return {
    url: `http://localhost:${port}`,
    async end() {
      const gone = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await gone;
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function fill(databaseUrl: string) {
  const { db, close } = openDatabase(databaseUrl);
  await fillStore(db, { threads, messagesEach: 3, searched: false });
  await addColleague(db, { email, password });
  await close();
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.once('exit', () => reject(new Error(`Parley ended: ${said}`)));
    server.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Parley is ready')) resolve();
    });
  });
}
