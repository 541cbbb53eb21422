import { randomUUID } from 'node:crypto';
import pg from 'pg';
import PostalMime from 'postal-mime';
import { newId, newToken } from '../../server/lib/id.ts';
import { startDovecot } from '../support/dovecot.ts';
import { startProcess } from './process.ts';

const clients = 500;
/** Parsed alone for comparison; more tell nothing more. */
const parsedAlone = 5_000;

/**
 * `npm run bench -- ingest [letters=5000]`: letters a second from a real mailbox (Dovecot, IMAP) to committed threads, each with its event
 * and job, in one process on a durable PostgreSQL; beside it, in the same run, postal-mime alone and six bare statements in
 * one transaction on raw `pg`. The memory of the process is printed at each tenth: over 50,000 letters it has to stay flat.
 */
export async function run(args: string[]): Promise<void> {
  const letters = Number(args.find((arg) => arg.startsWith('letters='))?.slice('letters='.length) ?? 5_000);
  const parsed = await parseAlone(Math.min(letters, parsedAlone));
  const bench = await startProcess({ PARLEY_ROLES: 'web,channels' });
  const bare = await bareStatements(bench.databaseUrl, letters);

  const dovecot = await startDovecot();
  for (let index = 0; index < letters; index++) dovecot.deliver('shop', makeLetter(index));
  const began = performance.now();
  const cpu = process.cpuUsage();
  await connectMailbox(bench, dovecot.port, dovecot.password);
  const memory = await untilStored(bench, letters);
  const seconds = (performance.now() - began) / 1000;
  const used = process.cpuUsage(cpu);
  const { db } = bench.app.deps;
  const [jobs] = await db.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM graphile_worker.jobs`;
  if ((jobs?.n ?? 0) < letters || (await db.event.count({ where: { type: 'message.received' } })) !== letters) {
    throw new Error('not every letter has its event and job');
  }

  const perSecond = Math.round(letters / seconds);
  const figures = {
    'IMAP to committed thread': {
      perSecond,
      'CPU ms each': Number(((used.user + used.system) / 1000 / letters).toFixed(2)),
    },
    'postal-mime alone': { perSecond: parsed },
    'six statements, raw pg': { perSecond: bare },
  };
  console.table(figures);
  console.table(memory);
  const peakMb = Math.max(...memory.map((one) => one.peakMb));
  console.log(`${letters} letters, peak memory ${peakMb} MB`);
  console.log(
    JSON.stringify({
      bench: 'ingest',
      letters,
      perSecond,
      postalMime: parsed,
      rawTransactions: bare,
      peakMb,
      memory,
    }),
  );
  await bench.end();
  await dovecot.remove();
}

async function connectMailbox(
  bench: Awaited<ReturnType<typeof startProcess>>,
  port: number,
  password: string,
): Promise<void> {
  const answer = await fetch(`${bench.url}/api/v1/channels`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${await adminKey(bench)}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      kind: 'email',
      name: 'Shop',
      config: {
        address: 'shop@parley.example',
        history: 'all',
        allowInsecure: true,
        imap: { host: '127.0.0.1', port, secure: false, user: 'shop', password },
      },
    }),
  });
  if (!answer.ok) throw new Error(`the mailbox could not be connected: ${await answer.text()}`);
}

async function adminKey(bench: Awaited<ReturnType<typeof startProcess>>): Promise<string> {
  await bench.app.deps.db.user.updateMany({ data: { role: 'admin' } });
  return bench.key;
}

/** Memory of the process until so many letters were stored, since the one before. */
interface MemoryAt {
  stored: number;
  peakMb: number;
  heapMb: number;
  seconds: number;
}

/** Resolves when all are committed, with the memory the process had at each tenth. */
async function untilStored(bench: Awaited<ReturnType<typeof startProcess>>, wanted: number): Promise<MemoryAt[]> {
  const tenths: MemoryAt[] = [];
  const began = performance.now();
  const mb = (bytes: number) => Math.round(bytes / 1024 / 1024);
  let peak = 0;
  for (;;) {
    peak = Math.max(peak, process.memoryUsage.rss());
    const [row] = await bench.app.deps.db.$queryRaw<
      { n: number }[]
    >`SELECT coalesce(sum("storedCount"), 0)::int AS n FROM channel_cursor`;
    const stored = row?.n ?? 0;
    if (stored >= (wanted / 10) * (tenths.length + 1)) {
      const seconds = Number(((performance.now() - began) / 1000).toFixed(1));
      tenths.push({ stored, peakMb: mb(peak), heapMb: mb(process.memoryUsage().heapUsed), seconds });
      peak = 0;
    }
    if (stored >= wanted) return tenths;
    // Seldom: looking takes from the process that is measured.
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function parseAlone(count: number): Promise<number> {
  const made = Array.from({ length: count }, (_, index) => makeLetter(index));
  const began = performance.now();
  for (const letter of made) await PostalMime.parse(letter);
  return Math.round((count * 1000) / (performance.now() - began));
}

/** Client, identity, thread, message, event and an update of the thread, one connection. */
async function bareStatements(url: string, letters: number): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const channelId = newId();
  await client.query(
    `INSERT INTO channel (id, kind, name, config, "updatedAt", "pausedAt", "removedAt") VALUES ($1, 'email', 'bare', '{}', now(), now(), now())`,
    [channelId],
  );
  const rounds = Math.min(letters, 2000);
  const began = performance.now();
  for (let index = 0; index < rounds; index++) {
    const [clientId, threadId, messageId] = [newId(), newId(), newId()];
    await client.query('BEGIN');
    await client.query(`INSERT INTO client (id, name, "updatedAt") VALUES ($1, 'Somebody', now())`, [clientId]);
    await client.query(`INSERT INTO identity (id, "clientId", kind, value) VALUES ($1, $2, 'email', $3)`, [
      newId(),
      clientId,
      `${clientId}@bare.example`,
    ]);
    await client.query(
      `INSERT INTO thread (id, "clientId", subject, "channelId", "channelKind", token, tags, "lastMessageAt", "updatedAt", status) VALUES ($1, $2, 'Matter', $3, 'email', $4, '{}', now(), now(), 'closed')`,
      [threadId, clientId, channelId, newToken(12)],
    );
    await client.query(
      `INSERT INTO message (id, "threadId", "channelId", "channelKind", direction, "authorKind", text, "sentAt", "receivedAt") VALUES ($1, $2, $3, 'email', 'inbound', 'client', 'Do you have it?', now(), now())`,
      [messageId, threadId, channelId],
    );
    await client.query(`INSERT INTO event (type, at, "threadId", "clientId") VALUES ('bare', now(), $1, $2)`, [
      threadId,
      clientId,
    ]);
    await client.query(`UPDATE thread SET "lastMessageId" = $2, "messageCount" = 1 WHERE id = $1`, [
      threadId,
      messageId,
    ]);
    await client.query('COMMIT');
  }
  const perSecond = Math.round((rounds * 1000) / (performance.now() - began));
  await client.end();
  return perSecond;
}

/** Plain and HTML letters of some clients; every third answers the one before it. */
function makeLetter(index: number): string {
  const from = `client${index % clients}@client.example`;
  const id = `<${index}.bench@client.example>`;
  const head = [
    `Message-ID: ${id}`,
    `From: Client ${index % clients} <${from}>`,
    'To: shop@parley.example',
    `Subject: ${index % 3 === 2 ? 'Re: ' : ''}Matter ${index % 3 === 2 ? index - 1 : index}`,
    ...(index % 3 === 2 ? [`In-Reply-To: <${index - 1}.bench@client.example>`] : []),
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
  ];
  const words = `Do you have number ${index}? ${'I would like to come by this evening after work. '.repeat(6)}`;
  if (index % 2 === 0) return [...head, 'Content-Type: text/plain; charset=utf-8', '', words, ''].join('\r\n');
  const boundary = randomUUID();
  return [
    ...head,
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    words,
    `--${boundary}`,
    'Content-Type: text/html; charset=utf-8',
    '',
    `<html><body><p>${words}</p><p><b>Client ${index % clients}</b></p></body></html>`,
    `--${boundary}--`,
    '',
  ].join('\r\n');
}
