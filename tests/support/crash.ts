import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { chance } from '../../server/demo/chance.ts';
import { pause } from '../../server/lib/lines.ts';
import { type FarMailbox, type FarReply, farLetters, startFarMailbox } from './farMailbox.ts';
import { bundle, type Parley, startParley } from './parley.ts';
import { freePort } from './port.ts';

/** What a Parley that was killed again and again holds in the end. */
export interface CrashReport {
  seed: number;
  kills: number;
  /** Letters that are no message, or more than one. */
  lost: number;
  doubled: number;
  /** Events of received letters; one each when nothing is lost or doubled. */
  events: number;
  unnumbered: number;
  /** Threads whose counter is not the number of their messages. */
  wrongCounters: number;
  /** Replies that were accepted (201), and what the far side got of them. */
  accepted: number;
  missing: number;
  repeated: number;
  /** Came more than once under two Message-IDs, or again without being marked. */
  wronglyRepeated: number;
  /** Jobs that were not done in the end: task, tries, when it is tried again, what went wrong. */
  jobsLeft: string[];
  cursor: number;
}

const clients = 120;
/** A life without what it is to end at ends then. */
const workForMs = 3_000;
/** Work that stands still for so long will not be done any more. */
const stillForMs = 60_000;

/**
 * Kills a real Parley (server/main.ts on its embedded PostgreSQL, durable as shipped) with SIGKILL at random points while
 * letters arrive at a real Dovecot and replies go out by SMTP, starts it again each time, and in the end counts. The far
 * side is no help: in the first half its SMTP server refuses some letters for a while and hangs up on others after it took
 * them, and once the mailbox goes away. The same seed kills at the same times.
 */
export async function crash(options: {
  seed: number;
  kills: number;
  letters: number;
  repliesALife: number;
  say?: (line: string) => void;
}): Promise<CrashReport> {
  const { seed, kills, say = () => undefined } = options;
  const { number, between } = chance(seed);
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-crash-'));
  const far = await startFarMailbox();
  const program = await bundle('server/main.ts');
  const port = await freePort();
  const env = {
    DATA_DIR: dataDir,
    PARLEY_ADMIN_EMAIL: 'admin@parley.example',
    PARLEY_ADMIN_PASSWORD: 'a-long-password-1',
    LOG_LEVEL: 'error',
  };
  let parley: Parley | undefined;
  let database: pg.Client | undefined;
  try {
    parley = startParley(program.file, env, port);
    await parley.ready;
    const key = await connectMailbox(parley, far);
    database = await openBehind(dataDir);
    const replies = new Replies(parley.url, key, database);
    let delivered = 0;
    for (let life = 1; life <= kills; life++) {
      const upTo = Math.round((options.letters * life) / kills);
      far.deliver(farLetters(delivered + 1, upTo, clients));
      delivered = upTo;
      const trouble = life <= kills / 2;
      far.manner = () => (trouble && number() < 0.1 ? 'later' : trouble && number() < 0.05 ? 'silent' : 'take');
      if (life === Math.ceil(kills / 3)) await far.restart();
      const goingOn = replies.write(options.repliesALife);
      // Lives end in the middle of storing letters, while a reply is with the far side and not yet settled, or at any time.
      const how = life === 1 ? 0.5 : number();
      if (how < 0.3) await untilSent(far, between(1, 3), workForMs);
      else if (how < 0.8) await untilStored(database, between(1, options.letters / kills), workForMs);
      else await pause(between(20, 900));
      await parley.kill();
      if (parley.err() !== '') say(parley.err());
      parley = startParley(program.file, env, port);
      if (number() < 0.2) {
        await pause(between(50, 900));
        await parley.kill();
        parley = startParley(program.file, env, port);
      }
      await parley.ready;
      await goingOn;
      say(`life ${life}: ${far.sent.length} replies came`);
    }
    await settled(database, options.letters);
    return {
      seed,
      kills,
      ...(await count(database, options.letters)),
      ...judge(replies.accepted, far.sent, await markedRepeated(database)),
    };
  } finally {
    await database?.end();
    await parley?.stop();
    await far.close();
    program.remove();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function untilSent(far: FarMailbox, more: number, atMostMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    let left = more;
    const timer = setTimeout(resolve, atMostMs);
    far.onSent = () => {
      left -= 1;
      if (left > 0) return;
      clearTimeout(timer);
      resolve();
    };
  });
  far.onSent = () => undefined;
}

async function untilStored(database: pg.Client, more: number, atMostMs: number): Promise<void> {
  const stored = async () =>
    Number((await database.query<{ count: string }>('SELECT count(*) FROM receipt')).rows[0]?.count);
  const before = await stored();
  const deadline = Date.now() + atMostMs;
  while (Date.now() < deadline && (await stored()) < before + more) await pause(10);
}

async function connectMailbox(parley: Parley, far: FarMailbox): Promise<string> {
  const origin = { 'Content-Type': 'application/json', Origin: parley.url };
  const signIn = await fetch(`${parley.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: origin,
    body: JSON.stringify({ email: 'admin@parley.example', password: 'a-long-password-1' }),
  });
  const cookie = signIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const made = await fetch(`${parley.url}/api/v1/api-keys`, {
    method: 'POST',
    headers: { ...origin, Cookie: cookie },
    body: JSON.stringify({ name: 'crash' }),
  });
  const { key } = (await made.json()) as { key: string };
  const channel = await fetch(`${parley.url}/api/v1/channels`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
    body: JSON.stringify({ kind: 'email', name: 'Far', config: far.config }),
  });
  if (channel.status !== 201) throw new Error(`the channel was not made: ${await channel.text()}`);
  return key;
}

/** A look behind the screens: the embedded PostgreSQL survives its Parley. */
async function openBehind(dataDir: string): Promise<pg.Client> {
  const folder = join(dataDir, 'postgres');
  const password = readFileSync(join(folder, 'password'), 'utf8').trim();
  const port = readFileSync(join(folder, 'pg18', 'postmaster.pid'), 'utf8').split('\n')[3];
  const client = new pg.Client({ connectionString: `postgresql://parley:${password}@127.0.0.1:${port}/parley` });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** A colleague who answers, and sends the same request again when Parley went away before answering. */
class Replies {
  readonly accepted: string[] = [];
  private written = 0;

  constructor(
    private readonly url: string,
    private readonly key: string,
    private readonly database: pg.Client,
  ) {}

  async write(count: number): Promise<void> {
    const { rows } = await this.database.query<{ id: string }>('SELECT id FROM thread ORDER BY random() LIMIT $1', [
      count,
    ]);
    await Promise.all(rows.map(({ id }) => this.one(id)));
  }

  private async one(threadId: string): Promise<void> {
    const text = `Reply ${++this.written}`;
    const body = JSON.stringify({ clientKey: randomUUID(), kind: 'reply', text, force: true });
    for (;;) {
      const answer = await fetch(`${this.url}/api/v1/threads/${threadId}/messages`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${this.key}` },
        body,
      }).catch(() => null);
      if (answer?.status === 201) break;
      if (answer !== null && answer.status < 500) throw new Error(`${answer.status}: ${await answer.text()}`);
      await pause(60);
    }
    this.accepted.push(text);
  }
}

/**
 * Waits for the work itself, as long as it goes on: letters that are not here, deliveries and jobs that are not done. A job that
 * failed on a busy machine waits for its next try, which is no standing still.
 */
async function settled(database: pg.Client, letters: number): Promise<void> {
  let least = Number.POSITIVE_INFINITY;
  let movedAt = Date.now();
  for (;;) {
    const { rows } = await database.query<{ left: number; waits: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM graphile_worker.jobs WHERE run_at > now()) AS waits,
        (SELECT greatest(0, $1 - count(*)) FROM receipt) + (SELECT count(*) FROM delivery WHERE state IN ('pending', 'sending', 'retry'))
        + (SELECT count(*) FROM graphile_worker.jobs) + (SELECT count(*) FROM event WHERE seq IS NULL) AS left`,
      [letters],
    );
    const left = Number(rows[0]?.left);
    if (left < least || rows[0]?.waits === true) {
      least = Math.min(least, left);
      movedAt = Date.now();
    }
    if (left === 0 || Date.now() - movedAt > stillForMs) return;
    await pause(100);
  }
}

async function count(database: pg.Client, letters: number) {
  const { rows } = await database.query<
    Pick<CrashReport, 'lost' | 'doubled' | 'events' | 'unnumbered' | 'wrongCounters' | 'jobsLeft' | 'cursor'>
  >(
    `SELECT
      (SELECT count(*)::int FROM generate_series(1, $1) uid WHERE NOT EXISTS (SELECT 1 FROM message WHERE direction = 'inbound' AND text = 'Letter ' || uid)) AS lost,
      (SELECT count(*)::int FROM (SELECT text FROM message WHERE direction = 'inbound' GROUP BY text HAVING count(*) > 1) twice) AS doubled,
      (SELECT count(*)::int FROM event WHERE type = 'message.received') AS events,
      (SELECT count(*)::int FROM event WHERE seq IS NULL) AS unnumbered,
      (SELECT count(*)::int FROM thread t WHERE "messageCount" <> (SELECT count(*) FROM message WHERE "threadId" = t.id)) AS "wrongCounters",
      ARRAY(SELECT concat_ws(' ', task_identifier, attempts, run_at - now(), locked_by, last_error) FROM graphile_worker.jobs) AS "jobsLeft",
      (SELECT (position->>'uid')::int FROM channel_cursor) AS cursor`,
    [letters],
  );
  if (rows[0] === undefined) throw new Error('nothing was counted');
  return rows[0];
}

/** The replies that our own screens say may have come twice. */
async function markedRepeated(database: pg.Client): Promise<Set<string>> {
  const { rows } = await database.query<{ text: string }>(
    'SELECT m.text FROM delivery d JOIN message m ON m.id = d."messageId" WHERE d.repeated',
  );
  return new Set(rows.map(({ text }) => text));
}

function judge(accepted: string[], sent: FarReply[], marked: Set<string>) {
  const arrivals = new Map<string, FarReply[]>();
  for (const one of sent) {
    const text = /Reply \d+/.exec(one.text)?.[0] ?? one.text;
    arrivals.set(text, [...(arrivals.get(text) ?? []), one]);
  }
  const several = [...arrivals].filter(([, copies]) => copies.length > 1);
  return {
    accepted: accepted.length,
    missing: accepted.filter((text) => !arrivals.has(text)).length,
    repeated: several.length,
    wronglyRepeated: several.filter(
      ([text, copies]) => new Set(copies.map((copy) => copy.messageId)).size > 1 || !marked.has(text),
    ).length,
  };
}
