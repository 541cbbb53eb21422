import type { Db } from '../db/client.ts';
import type { Deps } from '../deps.ts';
import { notFound } from '../errors.ts';
import type { ImportReport } from '../knowledge/schema.ts';
import { newId } from '../lib/id.ts';
import { FeedError, fetchFeed } from './fetchFeed.ts';
import { importOffers, importProducts } from './importCatalogue.ts';
import { parseProducts } from './parseProducts.ts';
import type { EditFeed, Feed, NewFeed } from './schema.ts';

type Tools = Pick<Deps, 'db' | 'clock' | 'knowledge'>;
type Row = NonNullable<Awaited<ReturnType<Db['catalogueFeed']['findUnique']>>>;

/** Feeds of products that are fetched on a schedule. */

export async function listFeeds(db: Db): Promise<Feed[]> {
  const rows = await db.catalogueFeed.findMany({ where: { removedAt: null }, orderBy: { createdAt: 'asc' } });
  return rows.map(present);
}

/** Its first fetch is due at once. */
export async function makeFeed(db: Db, input: NewFeed, userId: string, now: Date): Promise<Feed> {
  const { storeId, ...rest } = input;
  const data = {
    ...rest,
    storeId: storeId ?? null,
    id: newId(now.getTime()),
    createdById: userId,
    createdAt: now,
    nextAt: now,
  };
  return present(await db.catalogueFeed.create({ data }));
}

export async function editFeed(db: Db, id: string, input: EditFeed, now: Date): Promise<Feed> {
  await needFeed(db, id);
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  return present(await db.catalogueFeed.update({ where: { id }, data: { ...given, nextAt: now } }));
}

export async function removeFeed(db: Db, id: string, now: Date): Promise<void> {
  await needFeed(db, id);
  await db.catalogueFeed.update({ where: { id }, data: { removedAt: now, nextAt: null } });
}

/** Fetches what is due; run by the schedule. Each is claimed by moving its next time first. */
export async function sweepFeeds(tools: Tools, now: Date): Promise<void> {
  const due = await tools.db.catalogueFeed.findMany({ where: { removedAt: null, nextAt: { lte: now } }, take: 20 });
  for (const feed of due) {
    const claimed = await tools.db.catalogueFeed.updateMany({
      where: { id: feed.id, nextAt: feed.nextAt },
      data: { nextAt: new Date(now.getTime() + feed.everyMs) },
    });
    if (claimed.count > 0) await runFeed(tools, feed.id);
  }
}

/** Fetches one feed and imports it; what became of it stands in its row. */
export async function runFeed(tools: Tools, id: string): Promise<Feed> {
  const { db, clock, knowledge } = tools;
  const feed = await needFeed(db, id);
  const now = clock.now();
  try {
    const text = await fetchFeed(feed.url, feed.allowPrivate);
    const input = { text, onError: 'skip' as const, actorId: feed.createdById, now };
    const report = await importProducts(db, input);
    if (feed.storeId !== null && report.imported + report.updated > 0) {
      const store = await db.store.findUniqueOrThrow({ where: { id: feed.storeId }, select: { code: true } });
      const offers = await importOffers(db, { ...input, text: offersOf(text, store.code) });
      report.errors.push(...offers.errors);
    }
    knowledge.catalogueChanged();
    return await settle(db, id, { lastAt: now, lastState: 'ok', lastError: null, lastReport: report as object });
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    return settle(db, id, { lastAt: now, lastState: 'failed', lastError: error.message });
  }
}

/**
 * The offers of one store that a merchant feed holds: the sale price while there is one, and stock only where the feed
 * counts it or says that there is none. Pure.
 */
export function offersOf(feed: string, storeCode: string): string {
  const quoted = (value: unknown) => `"${String(value ?? '').replaceAll('"', '""')}"`;
  const lines = parseProducts(feed).rows.map(({ sku, attributes }) => {
    const sale = /^([\d.,]+)\s*([A-Z]{3})$/.exec(String(attributes.sale_price ?? '').trim());
    const price = sale?.[1] ?? attributes.price;
    const currency = sale?.[2] ?? attributes.currency;
    const gone = /out[ _]of[ _]stock|preorder|backorder/i.test(String(attributes.availability ?? ''));
    const counted = attributes.quantity ?? attributes.sell_on_google_quantity;
    return [sku, storeCode, price, currency, gone ? 0 : counted].map(quoted).join(',');
  });
  return ['sku,store,price,currency,stock', ...lines].join('\n');
}

async function settle(
  db: Db,
  id: string,
  data: { lastAt: Date; lastState: string; lastError: string | null; lastReport?: object },
): Promise<Feed> {
  return present(await db.catalogueFeed.update({ where: { id }, data }));
}

async function needFeed(db: Db, id: string): Promise<Row> {
  const row = await db.catalogueFeed.findUnique({ where: { id } });
  if (row === null || row.removedAt !== null) throw notFound('feed');
  return row;
}

function present(row: Row): Feed {
  const { id, name, url, storeId, everyMs, allowPrivate } = row;
  return {
    id,
    name,
    url,
    storeId,
    everyMs,
    allowPrivate,
    nextAt: row.nextAt?.toISOString() ?? null,
    lastAt: row.lastAt?.toISOString() ?? null,
    lastState: row.lastState as Feed['lastState'],
    lastError: row.lastError,
    lastReport: row.lastReport as ImportReport | null,
  };
}
