import type { Db } from '../db/client.ts';
import { transact } from '../db/tx.ts';
import { notFound } from '../errors.ts';
import { record } from '../events/record.ts';
import { newId } from '../lib/id.ts';
import { byTime, decodeCursor, pageFrom } from '../lib/keyset.ts';
import type { Page } from '../lib/wire.ts';
import { tellPromise } from '../promises/keep.ts';
import { remindAt } from '../promises/remind.ts';
import { readRatingSettings } from './ask.ts';
import type { GivenRating, Rating, RatingQuery } from './schema.ts';

/** By when a client who was unhappy is called. */
const followUpMs = 24 * 60 * 60_000;

export async function readRating(db: Db, token: string) {
  const row = await db.rating.findUnique({ where: { token } });
  if (row === null) throw notFound('rating');
  const [thread] = await db.$queryRaw<{ subject: string; language: string | null }[]>`
    SELECT t.subject, c.language FROM thread t JOIN client c ON c.id = t."clientId" WHERE t.id = ${row.threadId}::uuid`;
  return {
    subject: thread?.subject ?? '',
    language: thread?.language ?? 'en',
    score: row.score,
    comment: row.comment,
  };
}

/** The client's word; it may be changed. A low score becomes a call that the client's owner (or who answered) owes. */
export async function giveRating(db: Db, token: string, given: GivenRating, now: Date): Promise<void> {
  await transact(db, async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM rating WHERE token = ${token} FOR UPDATE`;
    const row = await tx.rating.findUnique({ where: { token } });
    if (row === null) throw notFound('rating');
    const answeredAt = row.answeredAt ?? now;
    await tx.rating.update({ where: { token }, data: { score: given.score, comment: given.comment, answeredAt } });
    const { followUpTo } = await readRatingSettings(tx);
    if (given.score <= followUpTo && row.promiseId === null) {
      const client = await tx.client.findUniqueOrThrow({ where: { id: row.clientId }, select: { ownerId: true } });
      const dueAt = new Date(now.getTime() + followUpMs);
      const id = newId(now.getTime());
      const said = given.comment === '' ? '' : `: ${given.comment}`;
      await tx.clientPromise.create({
        data: {
          id,
          clientId: row.clientId,
          threadId: row.threadId,
          kind: 'callBack',
          text: `${given.score}/5${said}`.slice(0, 2000),
          ownerId: client.ownerId ?? row.userId,
          storeId: row.storeId,
          dueAt,
          remindAt: remindAt('callBack', dueAt, now),
          createdAt: now,
        },
      });
      await tx.rating.update({ where: { token }, data: { promiseId: id } });
      await tellPromise(tx, id, null, now);
    }
    await record(tx, {
      type: 'rating.given',
      at: now,
      clientId: row.clientId,
      ids: { ratingId: row.id },
      patch: { score: given.score },
    });
  });
}

/** What clients said, newest first; `most` leaves out the happier ones. */
export async function listRatings(db: Db, { most, limit, cursor }: RatingQuery): Promise<Page<Rating>> {
  const before = decodeCursor(cursor, byTime);
  const rows = await db.$queryRaw<(Omit<Rating, 'answeredAt'> & { answeredAt: Date })[]>`
    SELECT r.id, r."threadId", c.name AS "clientName", r.score::int AS score, r.comment, r."answeredAt", r."userId", r."storeId"
    FROM rating r JOIN client c ON c.id = r."clientId" WHERE r."answeredAt" IS NOT NULL AND r.score <= ${most}
      AND (${before === null} OR (r."answeredAt", r.id) < (${before?.[0] ?? null}::timestamptz, ${before?.[1] ?? null}::uuid))
    ORDER BY r."answeredAt" DESC, r.id DESC LIMIT ${limit + 1}`;
  const page = pageFrom(rows, limit, (row) => [row.answeredAt.toISOString(), row.id]);
  return {
    items: page.rows.map((row) => ({ ...row, answeredAt: row.answeredAt.toISOString() })),
    nextCursor: page.nextCursor,
  };
}
