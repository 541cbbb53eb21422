import type { Tx } from '../db/tx.ts';

/** What a batch holds, as far as an earlier receipt of it is recognised. */
export interface Numbered {
  externalId: string;
  /** SHA-256 of the original; null when the far side did not give it. */
  digest: string | null;
  arrivedAt: Date;
  /** Why it is held back; null for a message. */
  reason: string | null;
}

interface Before {
  externalId: string;
  digest: string | null;
  arrivedAt: Date;
  outcome: string;
  reason: string | null;
}

/**
 * A place that its far side has numbered anew (a mailbox's uidvalidity) gives all it has once more under other ids. What was
 * received of it before keeps its one receipt, which gets the new id: the books count it once, it is held against the far side
 * as what it is, and what is held back is listed once and asked for under the id that it has there now. What could not be read
 * then and can be now is stored as new, in the old receipt's stead.
 *
 * @param items what this transaction has claimed
 * @param before whether an id is of one of these places, under earlier numbers
 * @returns `moved`: the ids that need no storing; `counted`: how many of `items` the books have already
 */
export async function followNumbers(
  tx: Tx,
  channelId: string,
  items: readonly Numbered[],
  before: (externalId: string, now: string) => boolean,
): Promise<{ moved: Set<string>; counted: number }> {
  const pairs = samePairs(items, await receiptsLike(tx, channelId, items), before);
  const moved = pairs.filter(({ item, old }) => !(item.reason === null && old.outcome === 'quarantined'));
  await tx.$executeRaw`
    WITH pair AS (SELECT * FROM unnest(${moved.map(({ item }) => item.externalId)}::text[], ${moved.map(({ old }) => old.externalId)}::text[]) AS row(now, old))
    UPDATE receipt r SET outcome = old.outcome, "messageId" = old."messageId", "threadId" = old."threadId", reason = old.reason, "createdAt" = old."createdAt"
    FROM pair JOIN receipt old ON old."channelId" = ${channelId}::uuid AND old."externalId" = pair.old
    WHERE ${moved.length > 0} AND r."channelId" = ${channelId}::uuid AND r."externalId" = pair.now`;
  await tx.$executeRaw`
    DELETE FROM receipt WHERE "channelId" = ${channelId}::uuid AND "externalId" = ANY(${pairs.map(({ old }) => old.externalId)}::text[])`;
  return { moved: new Set(moved.map(({ item }) => item.externalId)), counted: pairs.length };
}

/** Receipts with the same original; of what is held back without one, those held back for the same reason at the same moment. */
async function receiptsLike(tx: Tx, channelId: string, items: readonly Numbered[]): Promise<Before[]> {
  const ids = items.map((item) => item.externalId);
  const digests = items.flatMap((item) => item.digest ?? []);
  const without = items.filter((item) => item.digest === null && item.reason !== null);
  const same =
    digests.length === 0
      ? []
      : await tx.$queryRaw<Before[]>`
          SELECT "externalId", digest, "arrivedAt", outcome, reason FROM receipt
          WHERE "channelId" = ${channelId}::uuid AND digest = ANY(${digests}::text[]) AND "externalId" <> ALL(${ids}::text[])`;
  if (without.length === 0) return same;
  const bare = await tx.$queryRaw<Before[]>`
    SELECT "externalId", digest, "arrivedAt", outcome, reason FROM receipt
    WHERE "channelId" = ${channelId}::uuid AND outcome = 'quarantined' AND digest IS NULL AND "externalId" <> ALL(${ids}::text[])
      AND "arrivedAt" = ANY(${without.map((item) => item.arrivedAt.toISOString())}::timestamptz[])`;
  return [...same, ...bare];
}

/** Each with one earlier receipt, in the order of their numbers: of two letters of the same bytes the first is the first. */
function samePairs(
  items: readonly Numbered[],
  receipts: readonly Before[],
  before: (externalId: string, now: string) => boolean,
): { item: Numbered; old: Before }[] {
  const left = receipts.toSorted((a, b) => byNumber(a.externalId, b.externalId));
  return items
    .toSorted((a, b) => byNumber(a.externalId, b.externalId))
    .flatMap((item) => {
      const at = left.findIndex(
        (old) =>
          before(old.externalId, item.externalId) &&
          (item.digest === null
            ? old.digest === null && old.reason === item.reason && old.arrivedAt.getTime() === item.arrivedAt.getTime()
            : old.digest === item.digest),
      );
      const [old] = at < 0 ? [] : left.splice(at, 1);
      return old === undefined ? [] : [{ item, old }];
    });
}

const byNumber = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });
