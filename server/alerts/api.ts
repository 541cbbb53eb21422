import { byId, endpoint } from '../http/endpoint.ts';
import { pageOf } from '../lib/wire.ts';
import { listNotifications, readNotifications } from './read.ts';
import * as shapes from './schema.ts';

export const list = endpoint({
  summary: 'What I was told',
  query: shapes.notificationQuery,
  answer: pageOf(shapes.notification),
  run: ({ db }, { user, query, now }) =>
    listNotifications(db, user.id, { limit: query.limit, cursor: query.cursor, unread: query.unread === '1' }, now),
});

export const seen = endpoint({
  summary: 'I have read it',
  params: byId,
  run: ({ db }, { user, params, now }) => readNotifications(db, user.id, params.id, now),
});

export const seenAll = endpoint({
  summary: 'I have read all of it',
  run: ({ db }, { user, now }) => readNotifications(db, user.id, null, now),
});
