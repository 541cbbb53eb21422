import type { z } from 'zod';
import type { Db } from '../db/client.ts';
import { type Reader, type Tx, transact } from '../db/tx.ts';
import { conflict, meaning, notFound } from '../errors.ts';
import { record } from '../events/record.ts';
import { newId } from '../lib/id.ts';
import { fold } from './analysis/fold.ts';
import type { newSynonym, Synonym } from './schema.ts';

/** More would be a dictionary, and slow. */
const mostGroups = 2000;

/** All groups of words that mean the same in this store, by their first word. */
export async function listSynonyms(reader: Reader): Promise<Synonym[]> {
  const rows = await reader.synonym.findMany({ orderBy: { id: 'asc' } });
  return rows
    .map(({ id, words, updatedAt }) => ({ id, words, updatedAt: updatedAt.toISOString() }))
    .sort((a, b) => (a.words[0] ?? '').localeCompare(b.words[0] ?? ''));
}

export async function addSynonym(
  db: Db,
  input: z.output<typeof newSynonym>,
  actorId: string | null,
  now: Date,
): Promise<Synonym> {
  const words = distinct(input.words);
  return transact(db, async (tx) => {
    if ((await tx.synonym.count()) >= mostGroups)
      throw conflict('synonym.tooMany', `There are ${mostGroups} groups of synonyms; more are not kept.`, {
        values: { max: mostGroups },
      });
    const row = await tx.synonym.create({ data: { id: newId(now.getTime()), words, updatedAt: now } });
    await tell(tx, row.id, actorId, now);
    return { id: row.id, words, updatedAt: now.toISOString() };
  });
}

export async function editSynonym(
  db: Db,
  id: string,
  input: z.output<typeof newSynonym>,
  actorId: string | null,
  now: Date,
): Promise<Synonym> {
  const words = distinct(input.words);
  return transact(db, async (tx) => {
    const { count } = await tx.synonym.updateMany({ where: { id }, data: { words, updatedAt: now } });
    if (count === 0) throw notFound('synonym');
    await tell(tx, id, actorId, now);
    return { id, words, updatedAt: now.toISOString() };
  });
}

export async function removeSynonym(db: Db, id: string, actorId: string | null, now: Date): Promise<void> {
  await transact(db, async (tx) => {
    const { count } = await tx.synonym.deleteMany({ where: { id } });
    if (count === 0) throw notFound('synonym');
    await tell(tx, id, actorId, now);
  });
}

async function tell(tx: Tx, synonymId: string, actorId: string | null, now: Date): Promise<void> {
  await record(tx, { type: 'synonym.changed', at: now, actorId, ids: { synonymId } });
}

/** Spellings that fold to the same are one word. */
function distinct(words: readonly string[]): string[] {
  const kept = [...new Map(words.map((word) => [fold(word), word])).values()];
  if (kept.length < 2) throw meaning('synonym.single', 'Name at least two different words.', 'words');
  return kept;
}
