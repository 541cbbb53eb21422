import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import type { Db } from '../../server/db/client.ts';
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
  const times = await measure(
    sockets,
    async (subject, tell) => {
      committed = tell;
      await bench.app.deps.host.ingest(channelId, { messages: [letter('anna@client.example', { subject })] });
    },
    () => untilIdle(bench.app.deps.db),
  );
  for (const socket of sockets) socket.close();
  await bench.end();
  return times;
}

async function runBare() {
  const http = createServer();
  const server = new Server(http);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const sockets = await connectAll(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, {}, 'connect');
  const times = await measure(sockets, async (subject, tell) => {
    tell();
    server.emit('event', {
      cursor: '1',
      type: 'message.received',
      at: new Date().toISOString(),
      ids: {},
      patch: { thread: { subject, preview: 'x'.repeat(900) } },
    });
  });
  for (const socket of sockets) socket.close();
  await server.close();
  return times;
}

/** What Parley does by itself after a letter goes on beside it, and is over before the next one. */
async function untilIdle(db: Db): Promise<void> {
  for (;;) {
    const [jobs] = await db.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE run_at <= now() AND attempts < max_attempts`;
    if (jobs?.n === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

interface Told {
  type: string;
  patch: { thread?: { subject: string } };
}

/**
 * `work` makes a thread of that subject and calls back at the moment from which time runs, once. What else is told of it
 * (who got it, what is suggested) is heard and not counted.
 */
async function measure(
  sockets: Socket[],
  work: (subject: string, tell: () => void) => Promise<void>,
  settled: () => Promise<void> = async () => undefined,
) {
  const times: number[] = [];
  let wanted = '';
  let heard: (at: number) => void = () => undefined;
  for (const socket of sockets) {
    socket.on('event', ({ type, patch }: Told) => {
      if (type === 'message.received' && patch.thread?.subject === wanted) heard(performance.now());
    });
  }
  for (let round = 0; round < rounds; round++) {
    let began: number | undefined;
    const arrivals: number[] = [];
    wanted = `Matter ${newId()}`;
    const all = new Promise<void>((resolve) => {
      heard = (at) => {
        arrivals.push(at);
        if (arrivals.length === sockets.length) resolve();
      };
    });
    await work(wanted, () => {
      began ??= performance.now();
    });
    await all;
    for (const at of arrivals) times.push(at - (began ?? at));
    await settled();
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
