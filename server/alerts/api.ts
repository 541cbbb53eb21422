import { z } from 'zod';
import { byId, endpoint } from '../http/endpoint.ts';
import { pageOf } from '../lib/wire.ts';
import { listNotifications, readNotifications } from './read.ts';
import * as shapes from './schema.ts';
import * as hooks from './webhook.ts';

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

export const webhook = endpoint({
  summary: 'The address that escalations call; its secret is never read back',
  answer: z.object({ webhook: hooks.webhook.nullable() }),
  run: async (deps) => ({ webhook: await hooks.readWebhook(deps) }),
});

export const setWebhook = endpoint({
  summary: 'Sets the address that escalations call, signed by Standard Webhooks',
  body: hooks.newWebhook,
  run: (deps, { body }) => hooks.saveWebhook(deps, body),
});

export const dropWebhook = endpoint({
  summary: 'Escalations call nothing any more',
  run: (deps) => hooks.saveWebhook(deps, null),
});
