import { findProducts } from '../catalogue/find.ts';
import { listClients } from '../clients/read.ts';
import { endpoint } from '../http/endpoint.ts';
import { findArticles } from '../knowledge/find.ts';
import { listThreads } from '../threads/list.ts';
import { searchMessages } from '../threads/search.ts';
import * as shapes from './schema.ts';

export const search = endpoint({
  summary: 'Looks for words in everything the caller may see, over the whole history',
  query: shapes.searchQuery,
  answer: shapes.searchAnswer,
  run: async ({ db }, { viewer, query }): Promise<shapes.SearchAnswer> => {
    const q = query.q.trim();
    const { limit } = query;
    const wanted = new Set(query.in);
    const when = async <T>(kind: shapes.SearchKind, find: () => Promise<T[]>): Promise<T[] | undefined> => {
      if (!wanted.has(kind)) return undefined;
      return q === '' ? [] : find();
    };
    const [messages, clients, threads, articles, products] = await Promise.all([
      when('messages', () => searchMessages(db, viewer, q, limit)),
      when('clients', async () => (await listClients(db, viewer, { q, limit })).items),
      when('threads', async () => (await listThreads(db, viewer, { q, limit, status: 'all', sort: 'last' })).items),
      when('articles', () => findArticles(db, q, limit)),
      when('products', () => findProducts(db, q, limit)),
    ]);
    return {
      ...(messages && { messages }),
      ...(clients && { clients }),
      ...(threads && { threads }),
      ...(articles && { articles }),
      ...(products && { products }),
    };
  },
});
