/**
 * Everything that happens in Parley, and what Parley then does by itself.
 *
 * An event is written in the transaction that made it happen (record.ts). Its reactors are names; jobs/handlers.ts
 * says which function each is. They run after the commit, in a job of their own, serial per thread, and any number of
 * times: each reloads and checks that it is still needed.
 *
 * Every event about a thread has `ids.threadId` and `patch.thread`, the whole summary after the change.
 */
export const events = {
  /** A client's (or a robot's) message was stored. ids: threadId, clientId, messageId. */
  'message.received': [
    'route',
    'timeResolution',
    'proposeReasons',
    'acknowledge',
    'letBotAnswer',
    'prepareSuggestions',
  ],
  /** A colleague's or the bot's reply was put in the outbox. ids: threadId, messageId. */
  'message.sent': ['mailAbsentVisitor', 'timeResolution'],
  /** A reply that was written for later is out. ids: threadId, messageId. */
  'message.released': ['timeResolution'],
  'message.noted': [],
  /** The far side changed a message (Telegram edit), a file of it has come, or it goes on by another channel. */
  'message.edited': [],
  /** The client's screen showed our messages up to ids.messageId. patch: {readAt, messageIds, deliveredIds: those whose delivery is now `read`}. */
  'message.read': [],
  /** patch.delivery: {messageId, state, attempts, error, dueAt, repeated}. */
  'delivery.changed': [],
  'delivery.undone': [],
  'thread.opened': [],
  'thread.assigned': [],
  'thread.closed': ['timeResolution', 'askRating', 'rememberAnswers'],
  'thread.reopened': ['route', 'timeResolution'],
  'thread.snoozed': [],
  'thread.tagged': ['timeResolution'],
  'thread.merged': ['timeResolution'],
  'thread.split': ['timeResolution'],
  'thread.botChanged': ['route'],
  /** The clock of a wait: set anew, warned of, breached, escalated (patch: {on, action}). */
  'target.set': [],
  'target.warning': [],
  'target.breached': [],
  'target.escalated': [],
  /** Somebody is, will be or was away. ids: {absenceId, userId}. */
  'absence.changed': [],
  /** patch: {userId, state}. */
  'presence.changed': [],
  /** patch.promise: the promise as it is now. */
  'promise.changed': [],
  /** patch: {request, waitsFor: [{requestId, to, dueAt}]}. */
  'request.changed': [],
  /** A telephone call rings, is taken, missed, over, or is written about. ids: {callId}. patch: {call, dropped}. */
  'call.changed': [],
  /** Targets or working hours were changed. */
  'targets.changed': [],
  /** Only for who is told. patch.notification: {id, kind, threadId, data}. */
  'notification.made': [],
  /** Only for who read it. patch: {readAt}. */
  'thread.read': [],
  'client.changed': [],
  'client.mergeProposed': [],
  'client.merged': [],
  'channel.changed': [],
  'article.changed': ['embedPassages'],
  /** Vectors of passages were made. patch: {count}. */
  'vector.made': [],
  /** ids: {synonymId}. */
  'synonym.changed': [],
  /** Somebody marked an answer of the bot as wrong. ids: {threadId, messageId}. */
  'answer.wrong': [],
  'catalogue.changed': ['tellWhatIsBack'],
  'user.changed': [],
  'setting.changed': [],
  'suggestion.ready': [],
  /** A client said how it was. ids: ratingId. patch: {score}. */
  'rating.given': [],
  /** patch: {jobId, done, total, state}. */
  'import.progress': [],
} as const satisfies Record<string, readonly string[]>;

export type EventType = keyof typeof events;
export type ReactorName = (typeof events)[EventType][number];

/** Who may know of an event; empty means every colleague. */
export interface EventScope {
  /** Only this user. */
  userId?: string;
  /** A thread's place when it happened, and before it when it moved. */
  thread?: ThreadPlace;
  before?: ThreadPlace;
}

export interface ThreadPlace {
  assigneeId: string | null;
  teamId: string | null;
  storeId: string | null;
}

export interface NewEvent {
  type: EventType;
  at: Date;
  threadId?: string | null;
  clientId?: string | null;
  actorId?: string | null;
  ids?: Record<string, string | null>;
  patch?: Record<string, unknown>;
  scope?: EventScope;
}
