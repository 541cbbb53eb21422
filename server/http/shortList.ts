import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { decodeCursor, encodeCursor } from '../lib/keyset.ts';
import { type Page, page, pageOf } from '../lib/wire.ts';
import { type Call, type Endpoint, endpoint } from './endpoint.ts';

type Out<T> = T extends z.ZodType ? z.output<T> : unknown;

/**
 * A list that is read at once because it is short (colleagues, accounts, settings): whole unless `limit` is given, and
 * then in pages like every other list.
 */
export function shortList<Item, P extends z.ZodType | undefined = undefined, Q extends z.ZodObject = z.ZodObject>({
  item,
  query,
  run,
  ...rest
}: {
  summary: string;
  params?: P;
  query?: Q;
  item: z.ZodType<Item>;
  run(deps: Deps, call: Call<Out<P>, z.output<Q>, unknown>): Promise<readonly Item[]>;
}): Endpoint {
  return endpoint({
    ...rest,
    query: (query ?? z.object({})).extend({ limit: page.shape.limit.unwrap().optional(), cursor: page.shape.cursor }),
    answer: pageOf(item),
    run: async (deps, call) => {
      const asked = call.query as { limit?: number; cursor?: string };
      return cut(await run(deps, call as unknown as Call<Out<P>, z.output<Q>, unknown>), asked.limit, asked.cursor);
    },
  });
}

/** The page after the item that the cursor names; where that one is gone, after the place it had. */
function cut<Item>(items: readonly Item[], limit: number | undefined, cursor: string | undefined): Page<Item> {
  const place = decodeCursor(cursor, ['number', 'text']);
  const named = place === null || place[1] === '' ? -1 : items.findIndex((item) => keyOf(item) === place[1]);
  const from = place === null ? 0 : named >= 0 ? named + 1 : Math.max(0, Number(place[0]));
  const to = Math.min(items.length, from + (limit ?? items.length));
  const last = items[to - 1];
  return {
    items: items.slice(from, to),
    nextCursor: to < items.length && last !== undefined ? encodeCursor([String(to), keyOf(last)]) : null,
  };
}

function keyOf(item: unknown): string {
  if (typeof item === 'string') return item;
  const { id, userId } = item as { id?: unknown; userId?: unknown };
  return typeof id === 'string' ? id : typeof userId === 'string' ? userId : '';
}
