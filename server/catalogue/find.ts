import type { Db } from '../db/client.ts';
import type { FoundProduct } from '../search/schema.ts';

/** Products with every word in their name, or whose article number or GTIN begins so. */
export async function findProducts(db: Db, q: string, limit: number): Promise<FoundProduct[]> {
  const words = q.split(/\s+/).filter(Boolean);
  const rows = await db.product.findMany({
    where: {
      OR: [
        { AND: words.map((word) => ({ name: { contains: word, mode: 'insensitive' as const } })) },
        { sku: { startsWith: q, mode: 'insensitive' } },
        { gtin: { startsWith: q } },
      ],
    },
    orderBy: { name: 'asc' },
    take: limit,
  });
  return rows.map(({ id, name, sku, brand, category, description }) => ({
    id,
    name,
    sku,
    brand,
    category,
    text: description.slice(0, 200),
  }));
}
