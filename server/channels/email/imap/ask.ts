import type { FetchMessageObject, FetchQueryObject, ImapFlow, SearchObject } from 'imapflow';

/**
 * Questions to the open folder whose answers can be believed. imapflow answers "nothing" when a command failed or the
 * connection went away meanwhile, and nothing is also what an empty mailbox holds: taken for it, a cursor would move past letters
 * that nobody has read.
 */

/** Uids that match, ascending. @throws when the server did not really answer */
export async function searchUids(client: ImapFlow, query: SearchObject): Promise<number[]> {
  const found = await client.search(query, { uid: true });
  if (!Array.isArray(found) || !client.usable) throw noAnswer('SEARCH');
  return [...found].sort((a, b) => a - b);
}

/**
 * What is asked of each of these uids; those that are missing in the answer are gone from the folder, which is asked
 * for by itself. @throws when the server did not really answer
 */
export async function fetchUids(
  client: ImapFlow,
  uids: readonly number[],
  query: FetchQueryObject,
): Promise<FetchMessageObject[]> {
  if (uids.length === 0) return [];
  const wanted = new Set(uids);
  const found = (await client.fetchAll(uids.join(','), { ...query, uid: true }, { uid: true })).filter((one) =>
    wanted.delete(one.uid),
  );
  if (wanted.size > 0 || !client.usable) {
    const still = await searchUids(client, { uid: [...wanted, ...uids.slice(0, 1)].join(',') });
    if (still.some((uid) => wanted.has(uid))) throw noAnswer('FETCH');
  }
  return found;
}

function noAnswer(command: string): Error {
  return Object.assign(new Error(`the connection ended during ${command}`), { code: 'NoConnection' });
}
