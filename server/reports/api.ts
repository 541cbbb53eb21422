import { byId, endpoint } from '../http/endpoint.ts';
import { shortList } from '../http/shortList.ts';
import { pageOf } from '../lib/wire.ts';
import { loadHours } from '../targets/rules.ts';
import { readLive } from './live.ts';
import { onlyOpen } from './own.ts';
import { listWaits, readResponseTimes, tableOf } from './responseTimes.ts';
import { changeSchedule, dropSchedule, listSchedules, makeSchedule } from './scheduled.ts';
import * as shapes from './schema.ts';
import { asFile } from './sheet.ts';
import { spanOf, startOfLocalDay } from './span.ts';
import { heatTable, listWaiting, readVolume, volumeTable } from './volume.ts';
import { listWork, readWork, workTable } from './work.ts';

export const live = endpoint({
  summary: 'Who waits now, per channel, store, team and person, and what was answered today',
  query: shapes.liveQuery,
  answer: shapes.live,
  run: async ({ db }, { query: { dayStart, ...only }, now }) =>
    readLive(
      db,
      now,
      dayStart === undefined ? startOfLocalDay(now, (await loadHours(db)).timezone) : new Date(dayStart),
      only,
    ),
});

export const responseTimes = endpoint({
  summary: 'How fast clients were answered, by person, team, store, channel, hour and more',
  query: shapes.responseQuery,
  answer: shapes.responseTimes,
  run: async ({ db }, { query, now }) => {
    const report = await readResponseTimes(db, query, now);
    if (query.format === 'json') return report;
    return asFile(`response-times-${report.by}-${report.from.slice(0, 10)}`, tableOf(report), query.format);
  },
});

export const myResponseTimes = endpoint({
  summary: 'How fast I answered: what the supervisor sees of me',
  query: shapes.responseQuery,
  answer: shapes.responseTimes,
  run: ({ db }, { user, query, now }) => readResponseTimes(db, { ...query, user: user.id }, now),
});

export const waits = endpoint({
  summary: 'The answered waits behind a figure',
  query: shapes.drillQuery,
  answer: pageOf(shapes.answeredWait),
  run: ({ db }, { query, now }) => listWaits(db, query, now),
});

export const myWaits = endpoint({
  summary: 'The answered waits behind a figure of mine',
  query: shapes.drillQuery,
  answer: pageOf(shapes.ownWait),
  run: async ({ db }, { viewer, query, now }) =>
    onlyOpen(db, viewer, await listWaits(db, { ...query, user: viewer.userId }, now)),
});

export const volume = endpoint({
  summary: 'How much was written and answered a day, and when clients write',
  query: shapes.volumeQuery,
  answer: shapes.volume,
  run: async ({ db }, { query, now }) => {
    const report = await readVolume(db, spanOf(query, now), now, query);
    if (query.format === 'json') return report;
    const table = query.table === 'heat' ? heatTable(report) : volumeTable(report);
    return asFile(`${query.table}-${report.from.slice(0, 10)}`, table, query.format);
  },
});

export const stillWaiting = endpoint({
  summary: 'Who waited for a person at an instant, the longest first',
  query: shapes.waitingQuery,
  answer: pageOf(shapes.workFact),
  run: ({ db }, { query }) => listWaiting(db, query),
});

export const work = endpoint({
  summary:
    'What was done: volume, solved and reopened, transfers, consults, suggestions, the bot, promises, satisfaction',
  query: shapes.workQuery,
  answer: shapes.work,
  run: async ({ db }, { query, now }) => {
    const report = await readWork(db, query, now);
    if (query.format === 'json') return report;
    return asFile(`work-${report.by}-${report.from.slice(0, 10)}`, workTable(report), query.format);
  },
});

export const myWork = endpoint({
  summary: 'What I did: what the supervisor sees of me',
  query: shapes.workQuery,
  answer: shapes.work,
  run: ({ db }, { user, query, now }) => readWork(db, { ...query, user: user.id }, now),
});

export const workThreads = endpoint({
  summary: 'The threads behind a figure of work, newest first',
  query: shapes.workDrill,
  answer: pageOf(shapes.workFact),
  run: ({ db }, { query, now }) => listWork(db, query, now),
});

export const myWorkThreads = endpoint({
  summary: 'The threads behind a figure of my work, newest first',
  query: shapes.workDrill,
  answer: pageOf(shapes.ownFact),
  run: async ({ db }, { viewer, query, now }) =>
    onlyOpen(db, viewer, await listWork(db, { ...query, user: viewer.userId }, now)),
});

export const schedules = shortList({
  summary: 'Reports that go to people by mail',
  item: shapes.reportSchedule,
  run: ({ db }) => listSchedules(db),
});

export const newSchedule = endpoint({
  summary: 'Sends a report by mail every week or month',
  body: shapes.newSchedule,
  answer: shapes.reportSchedule,
  status: 201,
  run: ({ db }, { user, body, now }) => makeSchedule(db, body, user.id, now),
});

export const editSchedule = endpoint({
  summary: 'Changes a report that is sent by mail',
  params: byId,
  body: shapes.newSchedule,
  answer: shapes.reportSchedule,
  run: ({ db }, { params, body, now }) => changeSchedule(db, params.id, body, now),
});

export const endSchedule = endpoint({
  summary: 'Sends a report no longer',
  params: byId,
  run: ({ db }, { params, now }) => dropSchedule(db, params.id, now),
});
