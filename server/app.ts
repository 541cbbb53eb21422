import { randomUUID } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import type { Server as SocketServer } from 'socket.io';
import { sweepAbsences } from './absence/handOver.ts';
import { tellHeldBack } from './alerts/notify.ts';
import { watch } from './alerts/watch.ts';
import { makeAskModel } from './assist/ask.ts';
import { sweepFeeds } from './catalogue/feeds.ts';
import { channelParts } from './channels/attach.ts';
import { channelToSend, findChannel } from './channels/connected.ts';
import { sanitise } from './channels/email/html/sanitise.ts';
import { closePools } from './channels/email/smtp/transport.ts';
import { sweepGreylist } from './channels/greylist.ts';
import { makeHost } from './channels/host.ts';
import { startReceivers } from './channels/receivers.ts';
import { adapters } from './channels/registry.ts';
import { startSmtp } from './channels/smtp.ts';
import type { Config } from './config.ts';
import { keepKnowledge } from './consult/live.ts';
import { sweepLookupTries } from './consult/lookupTries.ts';
import { makeRewording } from './consult/model.ts';
import { openDatabase } from './db/client.ts';
import { afterCommit } from './db/tx.ts';
import type { Deps } from './deps.ts';
import { makeAuth, trustedOrigins } from './http/auth.ts';
import { sweepRepeats } from './http/repeatable.ts';
import { makeServer } from './http/server.ts';
import { sweepTries } from './http/tries.ts';
import { widgetPages } from './http/widget.ts';
import { makeHandlers } from './jobs/handlers.ts';
import { dropLeases, giveBack, holdLease, renewEveryMs, takeOver } from './jobs/lease.ts';
import { startSchedule } from './jobs/schedule.ts';
import { startWorker } from './jobs/worker.ts';
import { makeEmbed } from './knowledge/vectors/embed.ts';
import { soonFillVectors } from './knowledge/vectors/fill.ts';
import { type Clock, systemClock, TestClock } from './lib/clock.ts';
import { type Dns, systemDns } from './lib/dns.ts';
import { type Files, openFiles } from './lib/files.ts';
import { speakPlainly } from './lib/inputWords.ts';
import { endsWithin, pause } from './lib/lines.ts';
import { type Log, makeLog } from './lib/log.ts';
import { secretBox } from './lib/secretBox.ts';
import { sweepDue, sweepProgress } from './outbox/deliver.ts';
import { connectToSend } from './outbox/sender.ts';
import { sendSystemMail } from './outbox/systemMail.ts';
import { Turns } from './outbox/turns.ts';
import { watchIdle } from './presence/idle.ts';
import { sweepHolds } from './promises/hold.ts';
import { sweepPromises } from './promises/keep.ts';
import { asksRating } from './ratings/ask.ts';
import { startFeed } from './realtime/feed.ts';
import { watchHere } from './realtime/here.ts';
import { startSequencer } from './realtime/sequencer.ts';
import { makeSockets, serveStaff } from './realtime/socket.ts';
import { serveVisitors } from './realtime/visitorSocket.ts';
import { sweepSchedules } from './reports/scheduled.ts';
import { sealDays } from './reports/seal.ts';
import { sweepRequests } from './requests/ask.ts';
import { sweepRouting } from './routing/route.ts';
import { readShop } from './shop/settings.ts';
import { sweepTargets } from './targets/sweep.ts';
import { ingest } from './threads/ingest.ts';
import { wakeSnoozed } from './threads/lifecycle.ts';
import { sweepLoose } from './threads/uploads.ts';
import { unsubscribeUrl } from './unsubscribe/link.ts';

/** One running Parley process. */
export interface App {
  deps: Deps;
  http: HttpServer;
  sockets: SocketServer;
  processId: string;
  /** Port of the built-in SMTP receiver; null when it is off. */
  smtpPort: number | null;
  /**
   * Stops taking, finishes what is under way, closes everything it opened. What does not end in time is cut off and given back:
   * half a minute is the most it takes.
   */
  stop(): Promise<void>;
}

/** What tests put in another's place. */
export interface Overrides {
  clock?: Clock;
  files?: Files;
  dns?: Dns;
  log?: Log;
  /** Time at a stop for what is under way, ms. */
  finishWithinMs?: number;
}

export interface AppOptions {
  config: Config;
  databaseUrl: string;
  /** No other process can be using this database. */
  alone: boolean;
  overrides?: Overrides;
}

/** Requests under way at a stop get this long to be answered. */
const answerWithinMs = 5_000;
/** Jobs, receivers and requests under way at a stop get this long to end by themselves. */
const finishWithinMs = 20_000;
/** What was cut off then writes down what became of it. */
const settleWithinMs = 4_000;
/** The database's last connections. */
const closeWithinMs = 2_000;

/** Builds everything and starts its loops; the caller listens. The database is migrated already. */
export async function makeApp({ config, databaseUrl, alone, overrides = {} }: AppOptions): Promise<App> {
  speakPlainly();
  const processId = randomUUID();
  const log = overrides.log ?? makeLog(config.logLevel);
  const clock = overrides.clock ?? (config.test ? new TestClock() : systemClock);
  const files = overrides.files ?? (await openFiles(config.dataDir, config.s3Url));
  const box = secretBox(config.secret);
  const { db, close } = openDatabase(databaseUrl);

  const underWay = new Set<string>();
  const stopping = new AbortController();
  let leaving = false;
  await takeOver(db, processId, log, underWay, alone);
  await holdLease(db, `process:${processId}`, processId);

  const feed = await startFeed(db, databaseUrl, log);
  const sequencer = startSequencer(databaseUrl, log, () => feed.wake());
  afterCommit(db, () => sequencer.wake());

  const channelOf = async (id: string) => findChannel(db, id);
  const host = makeHost({
    db,
    clock,
    log,
    box,
    dns: overrides.dns ?? systemDns,
    stopping: stopping.signal,
    settings: { publicUrl: config.publicUrl, telegramApiRoot: config.telegramApiRoot },
    ingest: (channelId, batch, after) => ingest({ db, files, clock, log, channel: channelOf }, channelId, batch, after),
  });
  const send = async (channelId: string, message: Parameters<(typeof adapters)['email']['send']>[1]) => {
    const row = await channelToSend(db, channelId);
    return adapters[row.kind].send((await connectToSend(db, box, row)) as never, message, host);
  };
  const keepCopy = async (channelId: string, message: Parameters<(typeof adapters)['email']['send']>[1]) => {
    const row = await channelToSend(db, channelId);
    const adapter = adapters[row.kind];
    const channel = await connectToSend(db, box, row);
    await adapter.keepCopy?.(channel as never, message, host).catch((error: unknown) => {
      throw new Error(adapter.trouble?.(channel as never, error) ?? String(error), { cause: error });
    });
  };
  const unsubscribe = (text: string, to: readonly { kind: string; value: string }[]) =>
    asksRating(text, config.publicUrl) && to[0]?.kind === 'email'
      ? unsubscribeUrl(box, config.publicUrl, { kind: 'ratings', address: to[0].value })
      : undefined;
  const mailSender = { db, box, host, config };
  const auth = makeAuth(config, db, async (to, url) => {
    const place = (await readShop(db)).name || 'Parley';
    await sendSystemMail(
      mailSender,
      to,
      `Choose a new password for ${place}`,
      `Choose a new password for ${place} here:\n\n${url}\n\nIf you did not ask for this, do nothing.\n`,
    );
  });
  const reply = {
    db,
    clock,
    mailHost: new URL(config.publicUrl).hostname,
    cleanHtml: (html: string) => sanitise(html).html,
    undoWindowMs: (kind: 'email' | 'telegram' | 'chat' | 'phone') => adapters[kind].undoWindowMs,
  };

  const does = (role: 'web' | 'channels' | 'jobs') => config.roles.has(role);
  const timed = [
    { name: 'take over', everyMs: renewEveryMs, work: () => takeOver(db, processId, log, underWay) },
    ...(does('jobs')
      ? [
          { name: 'due deliveries', everyMs: 5_000, work: () => sweepDue(db, clock.now()) },
          { name: 'snoozed threads', everyMs: 5_000, work: () => wakeSnoozed(db, clock.now()) },
          { name: 'response targets', everyMs: 1_000, work: () => sweepTargets(db, clock.now()) },
          { name: 'sealed days', everyMs: 60_000, work: () => sealDays(db, clock.now()) },
          { name: 'reports by mail', everyMs: 30_000, work: () => sweepSchedules(db, clock.now()) },
          { name: 'absences', everyMs: 10_000, work: () => sweepAbsences(db, clock.now()) },
          { name: 'routing', everyMs: 5_000, work: () => sweepRouting(db, clock.now()) },
          { name: 'holds', everyMs: 2_000, work: () => sweepHolds({ db, reply }, clock.now()) },
          { name: 'promises', everyMs: 2_000, work: () => sweepPromises(db, clock.now()) },
          { name: 'requests', everyMs: 2_000, work: () => sweepRequests(db, clock.now()) },
          { name: 'channel and queue alerts', everyMs: 30_000, work: () => watch(db, clock.now()) },
          { name: 'held back notifications', everyMs: 30_000, work: () => tellHeldBack(db, clock.now()) },
          { name: 'catalogue feeds', everyMs: 30_000, work: () => sweepFeeds(deps, clock.now()) },
          { name: 'greylist', everyMs: 60 * 60_000, work: () => sweepGreylist(db, clock.now()) },
          { name: 'progress of sent messages', everyMs: 10 * 60_000, work: () => sweepProgress(db) },
          { name: 'answers kept for keys', everyMs: 3_600_000, work: () => sweepRepeats(db) },
          { name: 'tries at sign-in', everyMs: 10 * 60_000, work: () => sweepTries(db) },
          { name: 'tries at look-ups', everyMs: 10 * 60_000, work: () => sweepLookupTries(db) },
          { name: 'loose uploads', everyMs: 60 * 60_000, work: () => sweepLoose({ db, files }, clock.now()) },
        ]
      : []),
  ];
  const idle: { watch: ReturnType<typeof watchIdle> | null } = { watch: null };
  if (does('jobs'))
    timed.push({
      name: 'screens left',
      everyMs: 30_000,
      work: async () => idle.watch?.work(clock.now()) ?? 0,
    });
  const schedule = startSchedule(timed, log);
  const embed = makeEmbed(config.openai, log);
  const deps: Deps = {
    config,
    db,
    clock,
    log,
    files,
    box,
    auth,
    feed,
    knowledge: keepKnowledge({ db, feed, log, embed }),
    embed,
    reword: makeRewording(config.openai, log),
    askModel: makeAskModel(config.openai, log),
    here: null,
    host,
    receivers: null,
    schedule,
    reply,
    sendSystemMail: (to, subject, text, extras) => sendSystemMail(mailSender, to, subject, text, extras),
  };
  const worker = does('jobs')
    ? await startWorker(
        databaseUrl,
        makeHandlers(deps, {
          db,
          files,
          clock,
          log,
          processId,
          underWay,
          turns: new Turns(),
          send,
          keepCopy,
          unsubscribe,
        }),
        log,
      )
    : null;
  // A model that was configured while nothing was written makes what is lacking.
  if (worker) await soonFillVectors(db, embed);
  const renewal = setInterval(() => {
    holdLease(db, `process:${processId}`, processId, worker?.workerIds() ?? []).catch((error) =>
      log.warn({ error: String(error) }, 'the process lease could not be renewed; trying again'),
    );
  }, renewEveryMs);
  await holdLease(db, `process:${processId}`, processId, worker?.workerIds() ?? []);
  deps.receivers = does('channels') ? startReceivers({ db, box, log, processId }, host) : null;
  const smtp = does('channels') && config.smtpPort !== undefined ? await startSmtp(deps, config.smtpPort) : null;

  const parts = await channelParts(deps);
  const readiness = async () => {
    const database = await db.$queryRaw`SELECT 1`.then(
      () => true,
      () => false,
    );
    const workers = worker !== null || !does('jobs');
    return { ready: database && !leaving, database, migrations: database, workers, stopping: leaving };
  };
  const http = makeServer(deps, readiness, (routes) => {
    routes.use(widgetPages(deps));
    parts.attach(routes);
  });
  const sockets = makeSockets(http, trustedOrigins(config));
  serveStaff(sockets, deps);
  const here = watchHere(sockets.of('/staff'), deps);
  deps.here = here;
  idle.watch = watchIdle(db, here);
  serveVisitors(sockets, deps, here);
  parts.serveSockets(sockets);

  let stopped: Promise<void> | undefined;
  const stop = async () => {
    leaving = true;
    here.stop();
    const answered = async () => {
      const closed = sockets.close();
      await Promise.race([closed, pause(answerWithinMs)]);
      http.closeAllConnections();
      await closed;
    };
    // All at once, so that nobody takes anything new while another ends what it has.
    const ended = Promise.all([
      answered(),
      worker?.stop(),
      deps.receivers?.stop(),
      smtp?.stop(),
      parts.stop(),
      schedule.stop(),
    ]);
    if (!(await endsWithin(ended, overrides.finishWithinMs ?? finishWithinMs))) {
      log.warn({}, 'what was under way at the stop does not end: it is cut off');
      stopping.abort();
      const settled = await endsWithin(ended, settleWithinMs);
      if (!settled) await giveBack(db, processId, worker?.workerIds() ?? []);
      if (!settled) worker?.leave();
    }
    closePools();
    await sequencer.stop();
    await feed.stop();
    // Until here, or another process would take a long stop for a death.
    clearInterval(renewal);
    await dropLeases(db, processId);
    await endsWithin(close(), closeWithinMs);
    // A failure among them is told once everything else is closed; what still hangs is left.
    await Promise.race([ended, undefined]);
  };

  return {
    deps,
    http,
    sockets,
    processId,
    smtpPort: smtp?.port ?? null,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}
