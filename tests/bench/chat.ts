import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { type App, makeApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { startEmbedded } from '../../server/db/embedded.ts';
import { migrate } from '../../server/db/migrate.ts';
import { newId, newToken } from '../../server/lib/id.ts';
import { silentLog } from '../../server/lib/log.ts';
import { sha256 } from '../../server/lib/secretBox.ts';

/** Below the burst that one visitor may write. */
const messagesEach = 40;
const visitorsInTurn = 5;
const visitorsAtOnce = 50;
const apiKey = 'bench-key';

/**
 * `npm run bench -- chat`: a visitor's message to its acknowledgement and to a colleague's screen, and an answer to the
 * visitor's screen, one at a time; then 50 visitors who write as fast as they are acknowledged. One process on a durable
 * PostgreSQL; client and server share the machine.
 */
export async function run(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  const postgres = await startEmbedded({ dir });
  await migrate(postgres.url);
  const app = await makeApp({
    config: readConfig({ DATA_DIR: dir, DATABASE_URL: postgres.url }),
    databaseUrl: postgres.url,
    alone: true,
    overrides: { log: silentLog },
  });
  await new Promise<void>((resolve) => app.http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(app.http.address() as AddressInfo).port}`;
  const channelKey = await furnish(app);

  const staff = await connect(`${url}/staff`, { token: apiKey });
  const times: Times = { ack: [], screen: [], answer: [] };
  for (let index = 0; index < visitorsInTurn; index++) {
    const visitor = await connect(`${url}/visitor`, { channelKey });
    for (let turn = 0; turn < messagesEach; turn++) await exchange(url, visitor, staff, times);
    visitor.close();
  }
  const crowd = await Promise.all(
    Array.from({ length: visitorsAtOnce }, () => connect(`${url}/visitor`, { channelKey })),
  );
  const began = performance.now();
  await Promise.all(crowd.map(writeAll));
  const perSecond = Math.round((visitorsAtOnce * messagesEach * 1000) / (performance.now() - began));

  const figures = { ack: percentiles(times.ack), screen: percentiles(times.screen), answer: percentiles(times.answer) };
  console.table(figures);
  console.log(`${visitorsAtOnce} visitors at once: ${perSecond} messages/s`);
  console.log(JSON.stringify({ bench: 'chat', ...figures, perSecond }));
  for (const socket of [staff, ...crowd]) socket.close();
  await app.stop();
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
}

/** Milliseconds from sending. */
interface Times {
  /** To the acknowledgement: durable. */
  ack: number[];
  /** To the event on a colleague's socket. */
  screen: number[];
  /** Of an answer, from the request to the visitor's socket. */
  answer: number[];
}

/** A chat, and one manager with an API key; answers the chat's public key. */
async function furnish({ deps: { db } }: App): Promise<string> {
  const key = newToken(12);
  const userId = newId();
  await db.channel.create({ data: { id: newId(), kind: 'chat', name: 'Chat', key, config: { title: 'Chat' } } });
  await db.user.create({ data: { id: userId, name: 'Anna', email: 'anna@shop.example', role: 'manager' } });
  await db.apiKey.create({ data: { id: newId(), userId, name: 'bench', prefix: 'bench', hash: sha256(apiKey) } });
  return key;
}

async function exchange(url: string, visitor: Socket, staff: Socket, times: Times): Promise<void> {
  const began = performance.now();
  const onScreen = new Promise<number>((resolve) => {
    const listen = (event: { type: string }) => {
      if (event.type !== 'message.received') return;
      staff.off('event', listen);
      resolve(performance.now() - began);
    };
    staff.on('event', listen);
  });
  const stored = await visitor.emitWithAck('message', { clientKey: randomUUID(), text: 'Do you have it?' });
  times.ack.push(performance.now() - began);
  times.screen.push(await onScreen);

  const asked = performance.now();
  const arrived = new Promise((resolve) => visitor.once('message', resolve));
  await fetch(`${url}/api/v1/threads/${stored.threadId}/messages`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ clientKey: randomUUID(), kind: 'reply', text: 'Yes.', force: true }),
  });
  await arrived;
  times.answer.push(performance.now() - asked);
}

async function writeAll(visitor: Socket): Promise<void> {
  for (let index = 0; index < messagesEach; index++) {
    const answer = await visitor.emitWithAck('message', { clientKey: randomUUID(), text: `question ${index}` });
    if (answer.error) throw new Error(answer.error.title);
  }
}

function connect(url: string, auth: object): Promise<Socket> {
  const socket = io(url, { auth, transports: ['websocket'], forceNew: true });
  return new Promise((resolve, reject) => {
    socket.on('hello', () => resolve(socket));
    socket.on('connect_error', reject);
  });
}

function percentiles(values: number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => Number((sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1));
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}
