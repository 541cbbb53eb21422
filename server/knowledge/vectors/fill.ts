import { createHash } from 'node:crypto';
import type { Db } from '../../db/client.ts';
import { Prisma } from '../../db/client.ts';
import { type Reader, transact } from '../../db/tx.ts';
import { record } from '../../events/record.ts';
import { addJob } from '../../jobs/add.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Embed } from './embed.ts';
import { bytesOf } from './vectorIndex.ts';

const passagesAtOnce = 64;
const longestText = 4000;

/**
 * Makes the vectors that passages lack, in pieces, and tells of each piece; forgets those of passages that are gone. What was
 * made of the same words before is taken over and not asked for again.
 * @throws when the endpoint does not answer: the job is repeated later
 */
export async function fillVectors({ db, embed, clock }: { db: Db; embed: Embed; clock: Clock }): Promise<void> {
  for (;;) {
    const rows = await lacking(db, embed.model);
    if (rows.length === 0) break;
    const wanted = rows
      .map((row) => ({ id: row.id, text: textOf(row) }))
      .map((one) => ({ ...one, digest: sha(one.text) }));
    const made = new Map(
      (
        await db.passageVector.findMany({
          where: { model: embed.model, digest: { in: wanted.map((one) => one.digest) } },
          distinct: ['digest'],
          select: { digest: true, vector: true },
        })
      ).map((row) => [row.digest, Uint8Array.from(row.vector)]),
    );
    const fresh = [...new Map(wanted.filter((one) => !made.has(one.digest)).map((one) => [one.digest, one])).values()];
    if (fresh.length > 0) {
      const vectors = await embed.texts(fresh.map((one) => one.text));
      if (vectors === null) throw new Error('the embeddings endpoint did not answer; it is asked again later');
      fresh.forEach((one, at) => {
        made.set(one.digest, bytesOf(vectors[at] as Float32Array));
      });
    }
    const data = wanted.flatMap(({ id, digest }) => {
      const vector = made.get(digest);
      return vector ? [{ passageId: id, model: embed.model, digest, vector }] : [];
    });
    await transact(db, async (tx) => {
      // Those of another model give way.
      await tx.passageVector.deleteMany({ where: { passageId: { in: data.map((row) => row.passageId) } } });
      await tx.passageVector.createMany({ data, skipDuplicates: true });
      await record(tx, { type: 'vector.made', at: clock.now(), patch: { count: data.length } });
    });
  }
  await db.$executeRaw`DELETE FROM passage_vector v WHERE NOT EXISTS (SELECT 1 FROM passage p WHERE p.id = v."passageId")`;
}

/** One job over all processes makes what is lacking; a burst of changes is one. Nothing without a configured model. */
export async function soonFillVectors(reader: Reader, embed: Embed | null): Promise<void> {
  if (embed) await addJob(reader, 'fillVectors', {}, { key: 'fillVectors', queue: 'fillVectors', inMs: 100 });
}

interface Lacking {
  id: string;
  section: string[];
  text: string;
  title: string;
}

/** Passages that clients may be answered from, without a vector of this model; the newest first. */
function lacking(db: Db, model: string): Promise<Lacking[]> {
  return db.$queryRaw<Lacking[]>(Prisma.sql`
    SELECT p.id, p.section, p.text, a.title FROM passage p JOIN article a ON a.id = p."articleId"
    WHERE a.state = 'published' AND NOT a.internal
      AND NOT EXISTS (SELECT 1 FROM passage_vector v WHERE v."passageId" = p.id AND v.model = ${model})
    ORDER BY p.id DESC LIMIT ${passagesAtOnce}`);
}

/** What a passage means depends on where it stands. */
function textOf({ title, section, text }: Lacking): string {
  return [...new Set([title, ...section])].join(' › ').concat('\n', text).slice(0, longestText);
}

function sha(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
