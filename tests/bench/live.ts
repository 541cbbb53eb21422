import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { afterCommit } from '../../server/db/tx.ts';
import { newId } from '../../server/lib/id.ts';
import { letter } from '../support/cast.ts';
import { percentile, startProcess } from './process.ts';

const screens = Number(process.env.SCREENS ?? 1000);
const rounds = 100;
const pauseMs = 100;

/**
 * `npm run bench -- live`: from the commit of a client's message to each of 1,000 connected staff sockets, beside one bare
 * socket.io broadcast of the same size to as many sockets in the same run. Client and server share the machine.
 */
export async function run(): Promise<void> {
  const bare = await runBare();
  const parley = await runParley();
  const figures = { parley, 'bare socket.io': bare };
  console.table(figures);
  const ratio = Number((parley.p99Ms / bare.p99Ms).toFixed(2));
  console.log(`p99 is ${ratio} times that of a bare broadcast`);
  console.log(JSON.stringify({ bench: 'live', screens, parley, bare, ratioP99: ratio }));
}

async function runParley() {
  const bench = await startProcess();
  const channelId = newId();
  await bench.app.deps.db.channel.create({
    data: {
      id: channelId,
      kind: 'email',
      name: 'Shop',
      config: { address: 'shop@parley.example' },
      pausedAt: new Date(),
    },
  });
  const sockets = await connectAll(`${bench.url}/staff`, { token: bench.key }, 'hello');
  let committed: () => void = () => undefined;
  afterCommit(bench.app.deps.db, () => committed());
  const times = await measure(sockets, async (tell) => {
    committed = tell;
    await bench.app.deps.host.ingest(channelId, {
      messages: [letter('anna@client.example', { subject: `Matter ${newId()}` })],
    });
  });
  for (const socket of sockets) socket.close();
  await bench.end();
  return times;
}

async function runBare() {
  const http = createServer();
  const server = new Server(http);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const sockets = await connectAll(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, {}, 'connect');
  const payload = {
    cursor: '1',
    type: 'message.received',
    at: new Date().toISOString(),
    ids: {},
    patch: { thread: 'x'.repeat(900) },
  };
  const times = await measure(sockets, async (tell) => {
    tell();
    server.emit('event', payload);
  });
  for (const socket of sockets) socket.close();
  await server.close();
  return times;
}

/** `work` calls back at the moment from which time runs. */
async function measure(sockets: Socket[], work: (tell: () => void) => Promise<void>) {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    let began = 0;
    const arrivals: number[] = [];
    const all = Promise.all(
      sockets.map(
        (socket) =>
          new Promise<void>((resolve) => {
            socket.once('event', () => {
              arrivals.push(performance.now());
              resolve();
            });
          }),
      ),
    );
    await work(() => {
      began = performance.now();
    });
    await all;
    for (const at of arrivals) times.push(Math.max(0, at - began));
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return { p50Ms: percentile(times, 0.5), p99Ms: percentile(times, 0.99) };
}

/** A few at a time: a thousand handshakes at once would measure only themselves. */
async function connectAll(url: string, auth: object, ready: string): Promise<Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < screens) {
    const some = Array.from({ length: Math.min(50, screens - sockets.length) }, () =>
      io(url, { auth, transports: ['websocket'], forceNew: true }),
    );
    await Promise.all(
      some.map(
        (socket) =>
          new Promise<void>((resolve, reject) => {
            socket.once(ready, () => resolve());
            socket.once('connect_error', reject);
          }),
      ),
    );
    sockets.push(...some);
  }
  return sockets;
}
