import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { shortList } from '../http/shortList.ts';
import { id } from '../lib/wire.ts';
import { listCalendars, putCalendar, removeCalendar } from './calendars.ts';
import { changePolicy, endPolicy, listPolicies, makePolicy } from './policies.ts';
import * as shapes from './schema.ts';

const bySeries = z.object({ seriesId: id });
const holder = ({ kind, holderId }: z.infer<typeof shapes.calendarOf>) =>
  [kind, kind === 'company' || holderId === 'company' ? null : holderId] as const;

export const calendars = shortList({
  summary: 'Working hours of the company, stores, teams and people',
  item: shapes.calendar,
  run: ({ db }) => listCalendars(db),
});

export const setCalendar = endpoint({
  summary: 'Sets working hours; for the company the holder is the word company',
  params: shapes.calendarOf,
  body: shapes.editCalendar,
  answer: shapes.calendar,
  run: ({ db }, { params, body, now }) => putCalendar(db, ...holder(params), body, now),
});

export const dropCalendar = endpoint({
  summary: 'Removes working hours',
  params: shapes.calendarOf,
  run: ({ db }, { params, now }) => removeCalendar(db, ...holder(params), now),
});

export const targets = shortList({
  summary: 'Response targets; with history=1 every version there was',
  query: z.object({ history: z.enum(['1']).optional() }),
  item: shapes.policy,
  run: ({ db }, { query }) => listPolicies(db, query.history === '1'),
});

export const makeTarget = endpoint({
  summary: 'Promises a response time from now on',
  body: shapes.newPolicy,
  answer: shapes.policy,
  status: 201,
  run: ({ db }, { user, body, now }) => makePolicy(db, user.id, body, now),
});

export const changeTarget = endpoint({
  summary: 'Changes a target from now on; the version before stays in the history',
  params: bySeries,
  body: shapes.newPolicy,
  answer: shapes.policy,
  run: ({ db }, { user, params, body, now }) => changePolicy(db, user.id, params.seriesId, body, now),
});

export const endTarget = endpoint({
  summary: 'Ends a target from now on',
  params: bySeries,
  run: ({ db }, { params, now }) => endPolicy(db, params.seriesId, now),
});
