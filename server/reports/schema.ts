import { z } from 'zod';
import { id, text, time } from '../lib/wire.ts';

/** What the live page is narrowed to; all of them together. */
export const liveQuery = z.object({
  /** Where today begins for who looks; without it where it does for the company. */
  dayStart: z.iso.datetime({ offset: true }).optional(),
  store: id.optional(),
  team: id.optional(),
  channel: id.optional(),
  /** Whose the threads are; `none` is nobody's. */
  user: z.union([id, z.literal('none')]).optional(),
  /** Of those who wait only who waits past the promised time. */
  late: z.enum(['1']).optional(),
});
export type LiveQuery = z.infer<typeof liveQuery>;

/** GET /reports/live */
export const live = z.object({
  at: time,
  /** Longest waiting first, at most 50. */
  waiting: z.array(
    z.object({
      threadId: id,
      clientName: z.string(),
      subject: z.string(),
      channelId: id,
      channelKind: z.enum(['email', 'telegram', 'chat', 'phone']),
      assigneeId: id.nullable(),
      teamId: id.nullable(),
      storeId: id.nullable(),
      clientLevel: z.enum(['key', 'vip', 'usual']),
      waitingSince: time,
      dueAt: time.nullable(),
      /** The colleague, team or store that was asked and has not answered yet. */
      waitsFor: z.string().nullable(),
      /** When an answer that is written for later goes out. */
      answerAt: time.nullable(),
    }),
  ),
  /** Past their due time, the latest first, at most 50. */
  late: z.array(
    z.object({ threadId: id, clientName: z.string(), assigneeId: id.nullable(), dueAt: time, lateMs: z.number() }),
  ),
  byStore: z.array(
    z.object({ storeId: id, name: z.string(), waiting: z.number(), late: z.number(), longestSince: time.nullable() }),
  ),
  byTeam: z.array(
    z.object({ teamId: id, name: z.string(), waiting: z.number(), late: z.number(), longestSince: time.nullable() }),
  ),
  /** Open promises that are late, and requests without their answer. */
  promisesLate: z.number(),
  requestsLate: z.number(),
  waitingTotal: z.number(),
  byChannel: z.array(
    z.object({
      channelId: id,
      name: z.string(),
      kind: z.string(),
      waiting: z.number(),
      late: z.number(),
      longestSince: time.nullable(),
    }),
  ),
  lateNow: z.number(),
  answeredToday: z.object({ n: z.number(), medianMs: z.number().nullable(), p90Ms: z.number().nullable() }),
  /** Who waits for nobody in particular. */
  unassigned: z.number(),
  byUser: z.array(
    z.object({
      userId: id,
      name: z.string(),
      /** All their open threads, wherever they are. */
      open: z.number(),
      waiting: z.number(),
      /** available, busy, away, off or absent. */
      presence: z.string(),
    }),
  ),
});
export type Live = z.infer<typeof live>;

/** A day (UTC midnight) or an instant. */
const moment = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).transform((value) => new Date(value));

export const groupings = ['user', 'team', 'store', 'channel', 'hour', 'weekday', 'level', 'tag'] as const;
export const grouping = z.enum(groupings);
export type Grouping = z.infer<typeof grouping>;

export const periodQuery = z.object({ from: moment.optional(), to: moment.optional() });

/** What a report may be narrowed to; all of them together. */
export const narrowed = z.object({
  user: id.optional(),
  team: id.optional(),
  store: id.optional(),
  channel: id.optional(),
  level: z.enum(['key', 'vip', 'usual']).optional(),
  tag: z.string().max(60).optional(),
});
export type Narrowed = z.infer<typeof narrowed>;

/** Which answered waits: those answered in [from, to); without `from` the seven days before `to`, without `to` until now. */
export const responseFilter = periodQuery.extend(narrowed.shape).extend({
  /** `resolution`: from a matter's first word to its closing, counted on the day it was closed. */
  measure: z.enum(['first', 'next', 'all', 'resolution']).default('first'),
  time: z.enum(['clock', 'working']).default('clock'),
});
export type ResponseFilter = z.infer<typeof responseFilter>;

export const responseQuery = responseFilter.extend({
  by: grouping.default('user'),
  /** The period of the same length before, beside it. */
  compare: z.enum(['1']).optional(),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
});
export type ResponseQuery = z.infer<typeof responseQuery>;

const figures = z.object({
  /** Answered waits. */
  n: z.number(),
  /** Of whole seconds; between two middle ones, their mean. */
  medianMs: z.number().nullable(),
  p90Ms: z.number().nullable(),
  /** Share 0..1 of those with a target; null when none had one. */
  withinTarget: z.number().nullable(),
  late: z.number(),
  lateMsMedian: z.number().nullable(),
});
export type Figures = z.infer<typeof figures>;

/** `key` is an id, an hour "00".."23", a weekday "1".."7", a level, a tag, or "none"; `label` what people call it. */
const responseRow = figures.extend({ key: z.string(), label: z.string(), before: figures.nullable() });

/** GET /reports/response-times */
export const responseTimes = z.object({
  from: time,
  to: time,
  by: grouping,
  measure: z.enum(['first', 'next', 'all', 'resolution']),
  time: z.enum(['clock', 'working']),
  /** Hours and weekdays are meant there. */
  timezone: z.string(),
  rows: z.array(responseRow),
  total: figures,
  before: figures.nullable(),
  /** How many took under 1, 5, 15 minutes, 1, 4 hours, 1, 3 days, and longer. */
  distribution: z.array(z.number()),
});
export type ResponseTimes = z.infer<typeof responseTimes>;

export const drillQuery = responseFilter.extend({
  by: grouping.optional(),
  key: z.string().max(60).optional(),
  late: z.enum(['1']).optional(),
  sort: z.enum(['newest', 'longest', 'latest']).default('longest'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(500).optional(),
});
export type DrillQuery = z.infer<typeof drillQuery>;

/** One answered wait, with its thread. */
export const answeredWait = z.object({
  id,
  threadId: id,
  messageId: id,
  clientName: z.string(),
  subject: z.string(),
  measure: z.enum(['first', 'next', 'resolution']),
  askedAt: time,
  answeredAt: time,
  /** Null: nobody of ours closed it (a matter). */
  userId: id.nullable(),
  /** The absent colleague it was answered for. */
  forUserId: id.nullable(),
  channelId: id,
  storeId: id.nullable(),
  clockMs: z.number(),
  workingMs: z.number(),
  targetMs: z.number().nullable(),
  lateMs: z.number().nullable(),
});
export type AnsweredWait = z.infer<typeof answeredWait>;

/** One of one's own: what became of a thread that one may open no more is counted and not told. */
export const ownWait = answeredWait.extend({ threadId: id.nullable(), messageId: id.nullable() });
export type OwnWait = z.infer<typeof ownWait>;

export const volumeQuery = periodQuery.extend(narrowed.shape).extend({
  /** Which table a file holds. */
  table: z.enum(['volume', 'heat']).default('volume'),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
});

/** GET /reports/volume */
export const volume = z.object({
  from: time,
  to: time,
  timezone: z.string(),
  /** Local days: clients' messages, answers by people and by the bot, threads opened and closed, clients waiting as the day ended. */
  days: z.array(
    z.object({
      day: z.string(),
      /** Of the local day; the last ends with the period. */
      from: time,
      to: time,
      received: z.number(),
      answered: z.number(),
      byBot: z.number(),
      opened: z.number(),
      closed: z.number(),
      waitingAtEnd: z.number(),
    }),
  ),
  /** Clients' messages by local weekday (1 = Monday) and hour. */
  heat: z.array(z.object({ weekday: z.number(), hour: z.number(), n: z.number() })),
});
export type Volume = z.infer<typeof volume>;

/** What people and the bot do, each counted as one. */
export const deeds = [
  'received',
  'answered',
  'byBot',
  'opened',
  'closed',
  'reopened',
  'transfers',
  'handovers',
  'consults',
  'suggested',
  'suggestionsUsed',
  'promisesKept',
  'promisesMissed',
  'calls',
  'missedCalls',
] as const;

/** What people and the bot did, by its name; each is drilled to its threads by the same name. */
export const workFigures = [...deeds, 'rated', 'scoreSum'] as const;
export const workFigure = z.enum(workFigures);
export type WorkFigure = z.infer<typeof workFigure>;

export const workGroupings = ['user', 'team', 'store', 'channel', 'level', 'tag'] as const;
export type WorkGrouping = (typeof workGroupings)[number];

export const workFilter = periodQuery.extend(narrowed.shape);
export type WorkFilter = z.infer<typeof workFilter>;

export const workQuery = workFilter.extend({
  by: z.enum(workGroupings).default('user'),
  compare: z.enum(['1']).optional(),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
});
export type WorkQuery = z.infer<typeof workQuery>;

/** What a sent report asks besides its period. */
export const scheduleQuestion = z.object({
  by: z.enum(workGroupings).default('user'),
  measure: z.enum(['first', 'next', 'all', 'resolution']).optional(),
  time: z.enum(['clock', 'working']).optional(),
  ...narrowed.shape,
});

/** A report that goes to people by mail. */
export const newSchedule = z.object({
  name: text(100).refine((value) => value.trim() !== '', 'name it'),
  report: z.enum(['responseTimes', 'work']),
  question: scheduleQuestion.default({ by: 'user' }),
  /** On Mondays for the week before, or on the first for the month before; in the company's time zone. */
  every: z.enum(['week', 'month']),
  format: z.enum(['csv', 'xlsx']),
  recipients: z.array(z.email().max(320)).min(1).max(50),
});
export type NewSchedule = z.infer<typeof newSchedule>;
export const reportSchedule = newSchedule.extend({ id, nextAt: time, lastSentAt: time.nullable() });
export type ReportSchedule = z.infer<typeof reportSchedule>;

const workCounts = z.partialRecord(workFigure, z.number());
export type WorkCounts = z.infer<typeof workCounts>;

/** GET /reports/work: a figure that is missing is 0. */
export const work = z.object({
  from: time,
  to: time,
  by: z.enum(workGroupings),
  rows: z.array(z.object({ key: z.string(), label: z.string(), counts: workCounts, before: workCounts.nullable() })),
  total: workCounts,
  before: workCounts.nullable(),
});
export type Work = z.infer<typeof work>;

export const workDrill = workFilter.extend({
  what: workFigure,
  by: z.enum(workGroupings).optional(),
  key: z.string().max(60).optional(),
  /** Of this weekday (1 = Monday) or hour, in the company's time zone. */
  weekday: z.coerce.number().int().min(1).max(7).optional(),
  hour: z.coerce.number().int().min(0).max(23).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(500).optional(),
});
export type WorkDrill = z.infer<typeof workDrill>;

/** Who waited at an instant; those waits are now or since answered. */
export const waitingQuery = narrowed.extend({
  at: moment,
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(500).optional(),
});
export type WaitingQuery = z.infer<typeof waitingQuery>;

/** One thing behind a figure, newest first. */
export const workFact = z.object({
  at: time,
  threadId: id,
  clientName: z.string(),
  subject: z.string(),
  userId: id.nullable(),
});
export type WorkFact = z.infer<typeof workFact>;

/** One of one's own; without its thread where one may open that no more. */
export const ownFact = workFact.extend({ threadId: id.nullable() });
export type OwnFact = z.infer<typeof ownFact>;
