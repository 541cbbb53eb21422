import type { ProductRow, StoreRow } from '../catalogue/rows.ts';
import type { Deps } from '../deps.ts';
import { newId } from '../lib/id.ts';
import { type ConsultSources, consult } from './consult.ts';
import { askLookup } from './lookup.ts';
import { maskSecrets } from './maskSecrets.ts';
import type { ConsultAnswer, ConsultQuestion } from './schema.ts';

type Tools = Pick<Deps, 'db' | 'knowledge' | 'reword' | 'box' | 'log'>;

/** Who asks, for the record and for the store that is meant. */
export interface Asker {
  by: 'user' | 'bot';
  userId: string | null;
  /** The store that is meant when the question names none. */
  storeId: string | null;
  threadId: string | null;
}

/** An offer older than this is told as old. */
const STALE_MS = 4 * 3_600_000;

/** Answers one question from what is in the database now, and keeps the consult. */
export async function runConsult(
  tools: Tools,
  question: ConsultQuestion,
  asker: Asker,
  now: Date,
): Promise<ConsultAnswer> {
  const startedMs = performance.now();
  const sources = await tools.knowledge.sources();
  const store = storeOf(sources, question.storeId ?? asker.storeId);
  const answer = await consult(
    {
      question: question.question,
      locale: question.locale,
      store,
      product: productOf(sources, question),
      history: question.history,
      now,
      staleMs: STALE_MS,
    },
    { ...sources, lookUp: asker.threadId ? await proven(tools, asker.threadId, now) : undefined },
    tools.reword,
  );
  const consultId = newId(now.getTime());
  await tools.db.consult.create({
    data: {
      id: consultId,
      userId: asker.userId,
      by: asker.by,
      storeId: store?.id ?? null,
      threadId: asker.threadId,
      question: maskSecrets(question.question),
      locale: question.locale ?? null,
      answer: {
        ...answer,
        passages: answer.passages.map(({ id, articleId, score }) => ({ id, articleId, score })),
        products: answer.products.map((product) => product.id),
      } as object,
      abstained: answer.abstained,
      intent: answer.asked?.intent ?? 'other',
      productIds: answer.asked?.productIds ?? [],
      offeredIds: answer.asked?.offeredIds ?? [],
      outOfStock: answer.asked?.outOfStock ?? false,
      tookMs: Math.round(performance.now() - startedMs),
      createdAt: now,
    },
  });
  return { ...answer, consultId };
}

function storeOf(sources: ConsultSources, id: string | null): StoreRow | null {
  return sources.stores.find((store) => store.id === id) ?? null;
}

/** The product that is named by id, else the last one the client spoke of. */
function productOf(sources: ConsultSources, question: ConsultQuestion): ProductRow | null {
  if (question.productId) return sources.catalogue.byId.get(question.productId) ?? null;
  for (const turn of [...(question.history ?? [])].reverse()) {
    const mention = sources.catalogue.matcher.find(turn.text);
    if (mention.kind === 'one') return mention.product;
  }
  return null;
}

/** Look-ups for the client of a thread, by the addresses of theirs that are verified; undefined when none is. */
async function proven(tools: Tools, threadId: string, now: Date): Promise<ConsultSources['lookUp']> {
  const identities = await tools.db.identity.findMany({
    where: {
      client: { threads: { some: { id: threadId } } },
      verifiedAt: { not: null },
      kind: { in: ['phone', 'email'] },
    },
    select: { kind: true, value: true },
  });
  const of = (kind: 'phone' | 'email') =>
    identities.filter((identity) => identity.kind === kind).map((identity) => identity.value);
  const proof = { phones: of('phone'), emails: of('email') };
  if (identities.length === 0) return undefined;
  return (kind, reference) => askLookup(tools, kind, reference, proof, now);
}
