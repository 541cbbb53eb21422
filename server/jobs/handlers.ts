import { z } from 'zod';
import { acknowledge } from '../acknowledgement/acknowledge.ts';
import { carryAlert } from '../alerts/carry.ts';
import { callWebhook, webhookCall } from '../alerts/webhook.ts';
import { answerClient, letBotAnswer } from '../bot/answerClient.ts';
import { fetchFromChannel } from '../channels/fetch.ts';
import { rememberAnswers } from '../consult/goodAnswers.ts';
import { prepareSuggestions, suggestAhead } from '../consult/suggest.ts';
import type { Deps } from '../deps.ts';
import { type EventType, events, type ReactorName } from '../events/catalogue.ts';
import { runImport } from '../knowledge/importJob.ts';
import { fillVectors, soonFillVectors } from '../knowledge/vectors/fill.ts';
import { type DeliverTools, deliver } from '../outbox/deliver.ts';
import { keepCopy } from '../outbox/keepCopy.ts';
import { tellWhatIsBack } from '../promises/tellBack.ts';
import { askRating } from '../ratings/ask.ts';
import { proposeReasons } from '../reasons/propose.ts';
import { mailReport } from '../reports/scheduled.ts';
import { route } from '../routing/route.ts';
import { timeResolution } from '../targets/resolution.ts';
import { fetchRemote } from '../threads/remoteFiles.ts';
import { followUp } from '../visitors/followUp.ts';
import type { Handlers } from './worker.ts';

/** An event as its reactors get it. */
export interface Happened {
  id: string;
  type: EventType;
  at: Date;
  threadId: string | null;
  clientId: string | null;
  ids: Record<string, string | null>;
}

/** Reacts to an event: reloads, sees whether it is still needed, acts. May run any number of times. */
export type Reactor = (deps: Deps, event: Happened) => Promise<void>;

const reactors: Record<ReactorName, Reactor> = {
  route,
  timeResolution,
  askRating,
  proposeReasons,
  acknowledge,
  letBotAnswer,
  prepareSuggestions,
  rememberAnswers,
  tellWhatIsBack,
  embedPassages: ({ db, embed }) => soonFillVectors(db, embed),
  mailAbsentVisitor: ({ db, clock, reply }, event) =>
    followUp({ db, clock, mailHost: reply.mailHost }, event.ids.messageId ?? ''),
};

/** Every job, by name. */
export function makeHandlers(deps: Deps, delivering: DeliverTools): Handlers {
  return {
    async event(payload) {
      const { eventId } = z.object({ eventId: z.string() }).parse(payload);
      const row = await deps.db.event.findUnique({ where: { id: BigInt(eventId) } });
      if (row === null) return;
      const type = row.type as EventType;
      const happened: Happened = {
        id: eventId,
        type,
        at: row.at,
        threadId: row.threadId,
        clientId: row.clientId,
        ids: row.ids as Happened['ids'],
      };
      for (const name of events[type] ?? []) await reactors[name](deps, happened);
    },
    async deliver(payload) {
      await deliver(delivering, z.object({ deliveryId: z.uuid() }).parse(payload).deliveryId);
    },
    async keepCopy(payload, { last }) {
      await keepCopy(delivering, z.object({ deliveryId: z.uuid() }).parse(payload).deliveryId, last);
    },
    async followUp(payload) {
      const { db, clock, reply } = deps;
      await followUp(
        { db, clock, mailHost: reply.mailHost },
        z.object({ messageId: z.uuid() }).parse(payload).messageId,
      );
    },
    async answerByBot(payload) {
      const { threadId, messageId } = z.object({ threadId: z.uuid(), messageId: z.uuid() }).parse(payload);
      await answerClient(deps, threadId, messageId);
    },
    async suggest(payload) {
      await suggestAhead(deps, z.object({ threadId: z.uuid() }).parse(payload).threadId, deps.clock.now());
    },
    async callWebhook(payload) {
      await callWebhook(deps, webhookCall.parse(payload));
    },
    async carryAlert(payload) {
      await carryAlert(deps, delivering.send, z.object({ notificationId: z.uuid() }).parse(payload).notificationId);
    },
    async importArticles(payload) {
      await runImport(deps, z.object({ jobId: z.uuid() }).parse(payload).jobId);
    },
    async fillVectors() {
      const { db, clock, embed } = deps;
      if (embed) await fillVectors({ db, clock, embed });
    },
    async mailReport(payload) {
      await mailReport(deps, z.object({ mailId: z.uuid() }).parse(payload).mailId);
    },
    async fetchFile(payload) {
      const { attachmentId } = z.object({ attachmentId: z.uuid() }).parse(payload);
      await fetchRemote({ ...deps, fetch: (channelId, file) => fetchFromChannel(deps, channelId, file) }, attachmentId);
    },
  };
}
