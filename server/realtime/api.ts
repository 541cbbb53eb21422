import { z } from 'zod';
import { AppError } from '../errors.ts';
import { endpoint } from '../http/endpoint.ts';
import { catchUpLimit, forViewer, isUnknown, readAfter } from './feed.ts';
import * as shapes from './schema.ts';

export const feed = endpoint({
  summary: 'Every event I may know after a cursor, in order',
  query: shapes.feedQuery,
  answer: z.object({ items: z.array(shapes.feedEvent), nextCursor: z.string() }),
  run: async ({ db, feed: live }, { viewer, query }) => {
    const after = BigInt(query.after);
    if (live.position - after > catchUpLimit || (await isUnknown(db, live, after)))
      throw new AppError('gone', 'feed.tooOld', 'This cursor is too old; ask for everything afresh.');
    const read = await readAfter(db, after, query.limit);
    const items = (await forViewer(db, viewer, read)).map(({ event }) => event);
    return { items, nextCursor: String(read.at(-1)?.seq ?? after) };
  },
});
