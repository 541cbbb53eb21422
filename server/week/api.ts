import { shortList } from '../http/shortList.ts';
import { listSilent } from './read.ts';
import { silentClient } from './schema.ts';

export const silent = shortList({
  summary: 'My clients who have not heard from us for too long for their level',
  item: silentClient,
  run: ({ db }, { user, now }) => listSilent(db, user.id, now),
});
