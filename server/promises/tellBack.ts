import { BOT_WORDS } from '../bot/words/spoken.ts';
import { loadOffers } from '../catalogue/load.ts';
import { PHRASES } from '../consult/answer/draft.ts';
import { say } from '../consult/phrases/table.ts';
import { answerLanguage } from '../consult/understand/lexicon.ts';
import { transact } from '../db/tx.ts';
import type { Reactor } from '../jobs/handlers.ts';
import { tellClient } from './hold.ts';
import { tellPromise } from './keep.ts';
import { readPromise } from './read.ts';

/** Offers were imported: whoever wanted to know when a product is back is told, and the promise is kept. */
export const tellWhatIsBack: Reactor = async ({ db, clock, reply }) => {
  const back = await db.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM promise p WHERE p.kind = 'tellWhenBack' AND p.state = 'open' AND p."createdById" IS NULL AND EXISTS (
      SELECT 1 FROM offer o WHERE o."productId" = p."productId" AND o.stock > 0 AND (p."storeId" IS NULL OR o."storeId" = p."storeId"))`;
  for (const { id } of back)
    await transact(db, async (tx) => {
      const now = clock.now();
      await tx.$executeRaw`SELECT 1 FROM promise WHERE id = ${id}::uuid FOR UPDATE`;
      const row = await readPromise(tx, id);
      if (row?.state !== 'open' || row.productId === null) return;
      const language = answerLanguage(row.language ?? 'en');
      const stocked = (await loadOffers(tx, [row.productId])).filter(
        (offer) => (offer.stock ?? 0) > 0 && (row.storeId === null || offer.storeId === row.storeId),
      );
      if (stocked.length === 0) return;
      const stores = await tx.store.findMany({ where: { id: { in: stocked.map((offer) => offer.storeId) } } });
      const list = stocked
        .map((offer) =>
          say(PHRASES[language].fewOf, {
            store: stores.find((store) => store.id === offer.storeId)?.name ?? '',
            count: offer.stock ?? '',
          }),
        )
        .join(', ');
      await tellClient(tx, reply, row, say(BOT_WORDS[language].isBack, { product: row.productName ?? row.text, list }));
      await tx.clientPromise.update({
        where: { id },
        data: { state: 'kept', outcome: list, settledAt: now, remindAt: null },
      });
      await tellPromise(tx, id, null, now);
    });
};
