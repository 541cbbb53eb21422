import type { Db } from '../../db/client.ts';
import { type Api, signIn } from '../api.ts';
import { KNOWN, SHOP_SECRET } from '../shopSystem.ts';

const HOUR_MS = 3_600_000;

/** Words of this trade, and questions that no article answers yet. */
const SYNONYMS = [
  ['mobile', 'handy', 'cell phone'],
  ['screen protector', 'tempered glass', 'panzerglas'],
  ['power bank', 'battery pack'],
];
const UNANSWERED = [
  'Can I trade in a phone with a cracked screen?',
  'trade-in with cracked screen possible?',
  'do you take phones with a broken screen for trade-in',
  'Trade in my old one, the screen is cracked?',
  'Is trade-in possible when the screen is cracked',
  'Do you engrave names on cases?',
  'can you engrave a case with my name',
];

/** Where the shop's own systems are; their port changes from start to start. */
export async function tellShopSystem(admin: Api, shopOrigin: string): Promise<void> {
  for (const kind of ['order', 'repair', 'purchase'])
    await admin.send('PUT', `/lookups/${kind}`, { url: `${shopOrigin}/shop/lookups`, secret: SHOP_SECRET });
  const { items } = await admin.get<{ items: { id: string; name: string }[] }>('/catalogue-feeds');
  const feed = { name: 'Accessories', url: `${shopOrigin}/shop/feed.xml`, allowPrivate: true };
  const known = items.find(({ name }) => name === feed.name);
  if (known) await admin.send('PATCH', `/catalogue-feeds/${known.id}`, feed);
  else await admin.send('POST', '/catalogue-feeds', feed);
}

/** Synonyms, questions without an answer, and two things kept for clients, one of them not confirmed yet. */
export async function seedKnowledge(
  db: Db,
  admin: Api,
  { publicUrl, sellers, password }: { publicUrl: string; sellers: readonly string[]; password: string },
): Promise<void> {
  for (const words of SYNONYMS) await admin.send('POST', '/synonyms', { words });
  const asking = await Promise.all(sellers.map((email) => signIn(publicUrl, email, password)));
  for (const [at, question] of UNANSWERED.entries())
    await asking[at % asking.length]?.send('POST', '/consult', { question });
  // Who asks about an order of theirs has shown that the address is theirs.
  await db.identity.updateMany({ where: { value: { in: KNOWN } }, data: { verifiedAt: new Date() } });
  const threads = await db.thread.findMany({
    where: { status: 'open', mergedIntoId: null, channelKind: { in: ['telegram', 'chat'] } },
    orderBy: { createdAt: 'desc' },
    distinct: ['clientId'],
    take: 2,
  });
  const offers = await db.offer.findMany({
    where: { stock: { gt: 1 }, product: { category: 'phone' } },
    include: { product: { select: { name: true } } },
    orderBy: { id: 'asc' },
    take: threads.length,
  });
  for (const [at, thread] of threads.entries()) {
    const offer = offers[at];
    if (!offer) continue;
    const { id } = await admin.send<{ id: string }>('POST', '/promises', {
      threadId: thread.id,
      kind: 'hold',
      text: offer.product.name,
      productId: offer.productId,
      storeId: offer.storeId,
      dueInMs: (at + 3) * HOUR_MS,
    });
    // The first one waits for the store's word, as what the bot arranges does.
    if (at === 0) await db.clientPromise.update({ where: { id }, data: { confirmBy: new Date(Date.now() + HOUR_MS) } });
  }
}
