import type { Db } from '../db/client.ts';
import { sha256 } from '../lib/secretBox.ts';

/** A letter as a server announces it. */
export interface Announced {
  /** What the server is known by: the domain that vouches for it (SPF pass), else its network. */
  origin: string;
  from: string;
  to: string;
}

/** A server that comes again sooner is asked once more. */
export const comeAgainAfterMs = 2 * 60_000;
/** A server that comes later than this is new again. */
const comeAgainWithinMs = 48 * 3_600_000;
/** A server that came again is known for so long after its last letter. */
const knownForMs = 36 * 24 * 3_600_000;

/**
 * Greylisting (RFC 6647): whether a letter may be taken now. A server that came again once is known from then on.
 */
export async function mayCome(db: Db, { origin, from, to }: Announced, now: Date): Promise<boolean> {
  const server = sha256(`server ${origin}`);
  const letter = sha256(`letter ${origin} ${from.toLowerCase()} ${to.toLowerCase()}`);
  const rows = await db.greylist.findMany({ where: { key: { in: [server, letter] } } });
  const known = rows.find((row) => row.key === server);
  const age = (at: Date) => now.getTime() - at.getTime();
  const remember = async (key: string) => {
    await db.greylist.upsert({ where: { key }, create: { key, firstAt: now, lastAt: now }, update: { lastAt: now } });
  };
  if (known !== undefined && age(known.lastAt) < knownForMs) {
    await remember(server);
    return true;
  }
  const first = rows.find((row) => row.key === letter);
  if (first === undefined || age(first.firstAt) > comeAgainWithinMs) {
    await db.greylist.deleteMany({ where: { key: letter } });
    await remember(letter);
    return false;
  }
  if (age(first.firstAt) < comeAgainAfterMs) return false;
  await remember(server);
  return true;
}

/** Forgets what is too old to matter. */
export async function sweepGreylist(db: Db, now: Date): Promise<number> {
  const { count } = await db.greylist.deleteMany({ where: { lastAt: { lt: new Date(now.getTime() - knownForMs) } } });
  return count;
}
