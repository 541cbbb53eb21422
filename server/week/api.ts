import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { listSilent } from './read.ts';
import { silentClient } from './schema.ts';

export const silent = endpoint({
  summary: 'My clients who have not heard from us for too long for their level',
  answer: z.object({ items: z.array(silentClient) }),
  run: async ({ db }, { user, now }) => ({ items: await listSilent(db, user.id, now) }),
});
