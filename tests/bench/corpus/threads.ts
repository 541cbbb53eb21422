import { parseLetter } from '../../../server/channels/email/mime/parse.ts';
import { type Candidate, continueThread, listTag, normalSubject, tagOfList } from '../../../server/threads/continue.ts';
import { rowsOf } from './files.ts';

interface Row {
  id: string;
  messages: { n: number; raw: string }[];
  expect: { partition: number[][] };
}

/**
 * Runs each mailbox of real letters through `continue` in order, as ingest would, and compares which letters end together.
 * A mailbox without senders can have no participants; of it only the reading of References is shown.
 */
export async function scoreThreads(folder: string): Promise<object> {
  const scores: Record<string, unknown> = {};
  for (const row of rowsOf<Row>(folder, 'threads.jsonl')) {
    const letters = await Promise.all(
      row.messages.map(async ({ n, raw }) => ({ n, letter: await parseLetter(Buffer.from(raw)) })),
    );
    const hasSenders = letters.some(({ letter }) => letter.from.length > 0);
    if (!hasSenders) {
      const read = letters.filter(({ letter }) => letter.references.length > 0 || letter.inReplyTo.length > 0).length;
      console.log(`${row.id}: no senders; References read in ${read} of ${letters.length}`);
      scores[row.id] = { senders: false, withReferences: read };
      continue;
    }
    const threadOf = place(letters);
    const wanted = new Map(row.expect.partition.flatMap((group, index) => group.map((n) => [n, index] as const)));
    let right = 0;
    let pairs = 0;
    for (const [n, group] of wanted) {
      for (const [other, otherGroup] of wanted) {
        if (other <= n) continue;
        pairs++;
        const together = threadOf.get(n) === threadOf.get(other);
        if (together === (group === otherGroup)) right++;
        else
          console.log(
            `  ${row.id}: ${n} and ${other} ${together ? 'are together and should not' : 'are apart and should not'}`,
          );
      }
    }
    console.log(`${row.id}: ${right} of ${pairs} pairs of letters as they should be`);
    scores[row.id] = { senders: true, right, pairs };
  }
  return scores;
}

type Parsed = Awaited<ReturnType<typeof parseLetter>>;

interface Stored {
  threadId: string;
  clientId: string;
  subject: string;
  references: string[];
  people: Set<string>;
  lists: string[];
}

function place(letters: { n: number; letter: Parsed }[]): Map<number, string> {
  const byId = new Map<string, Stored>();
  const stored: Stored[] = [];
  const threadOf = new Map<number, string>();
  for (const { n, letter } of letters) {
    const writer = letter.from[0]?.address.toLowerCase() ?? '';
    const subject = normalSubject(letter.subject);
    const addressed = [...letter.to, ...letter.cc].map((one) => one.address.toLowerCase());
    const lists = letter.headers.filter((one) => one.name === 'x-beenthere').map((one) => one.value.toLowerCase());
    const tag = listTag(letter.subject);
    const takesPart = (threadId: string) =>
      stored.some(
        (one) =>
          one.threadId === threadId &&
          (one.people.has(writer) ||
            one.lists.some((list) => addressed.includes(list) || lists.includes(list) || tagOfList(list) === tag)),
      );
    const candidate = (one: Stored, by: Candidate['by'], rank: number): Candidate => ({
      threadId: one.threadId,
      clientId: one.clientId,
      status: 'open',
      by,
      rank,
      participant: takesPart(one.threadId),
    });
    const references = [...letter.inReplyTo, ...letter.references];
    const named = references.flatMap((id, rank) =>
      byId.has(id) ? [candidate(byId.get(id) as Stored, 'reference', rank)] : [],
    );
    const late = stored.filter((one) => letter.messageId !== null && one.references.includes(letter.messageId));
    const near = stored.filter((one) => one.references.some((id) => references.includes(id)));
    const same = stored.filter((one) => one.clientId === writer && one.subject === subject && subject !== '');
    const found = continueThread({ channelKind: 'email', classification: 'person', clientId: writer, forged: false }, [
      ...named,
      ...late.map((one) => candidate(one, 'answered', 0)),
      ...near.map((one) => candidate(one, 'sibling', 0)),
      ...same.map((one) => candidate(one, 'subject', 0)),
    ]);
    const threadId = found.threadId ?? String(n);
    const people = new Set([writer, ...addressed]);
    const owner = stored.find((one) => one.threadId === threadId)?.clientId ?? writer;
    const row = { threadId, clientId: owner, subject, references, people, lists };
    stored.push(row);
    if (letter.messageId) byId.set(letter.messageId, row);
    threadOf.set(n, threadId);
  }
  return threadOf;
}
