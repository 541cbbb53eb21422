import { loadOffers, loadProducts, loadRules, loadStores } from '../catalogue/load.ts';
import type { RuleRow, StoreRow } from '../catalogue/rows.ts';
import type { Db } from '../db/client.ts';
import type { IndexedPassage } from '../knowledge/index/passageTerms.ts';
import { PassageIndex } from '../knowledge/passageIndex.ts';
import { listSynonyms } from '../knowledge/synonyms.ts';
import { SynonymTable } from '../knowledge/synonymTable.ts';
import type { Embed } from '../knowledge/vectors/embed.ts';
import { fuseByRank } from '../knowledge/vectors/fuse.ts';
import { VectorIndex, vectorOf } from '../knowledge/vectors/vectorIndex.ts';
import type { Log } from '../lib/log.ts';
import type { ConsultSources } from './consult.ts';
import { maskSecrets } from './maskSecrets.ts';
import { topicsOf } from './understand/topics.ts';
import { type CatalogueView, catalogueView } from './world.ts';

/** What this process knows for consulting, kept in step with the database by the feed. */
export interface Knowledge {
  /** Everything an answer is made from, as of the last change this process has heard of; loads at the first call. */
  sources(): Promise<ConsultSources>;
  /** Begins to read what the first question will need. */
  readAhead(): void;
  /** Articles were written by this process: be true at once, without waiting for the feed. Null: many. */
  articlesChanged(ids: readonly string[] | null): void;
  /** Synonyms were written by this process. */
  synonymsChanged(): void;
  /** Products, stores, offers or rules were written by this process. */
  catalogueChanged(): void;
  size(): { passages: number; products: number };
}

/** The part of the feed that tells of changes made by any process. */
interface News {
  onEvent(
    listener: (item: {
      event: { type: string; ids: Record<string, string | null>; patch: Record<string, unknown> };
    }) => void,
  ): void;
}

/**
 * Keeps passages and catalogue in memory. A change is only noted when it is heard of and read when somebody asks next,
 * or soon after; so a burst of imports is read once.
 */
export function keepKnowledge({
  db,
  feed,
  log,
  embed,
}: {
  db: Db;
  feed: News;
  log: Log;
  embed: Embed | null;
}): Knowledge {
  const index = new PassageIndex(topicsOf);
  const vectors = new VectorIndex();
  const byArticle = new Map<string, string[]>();
  let catalogue: CatalogueView = catalogueView([]);
  let stores: StoreRow[] = [];
  let rules: RuleRow[] = [];
  let staleArticles: Set<string> | 'all' = 'all';
  let staleCatalogue = true;
  let synonyms = new SynonymTable([]);
  let staleSynonyms = true;
  let staleVectors = embed !== null;
  let refreshing: Promise<void> | null = null;

  const noteArticles = (ids: readonly string[] | null) => {
    if (ids === null || ids.length === 0 || staleArticles === 'all') staleArticles = 'all';
    else for (const id of ids) staleArticles.add(id);
    schedule();
  };
  const noteCatalogue = () => {
    staleCatalogue = true;
    schedule();
  };
  const noteSynonyms = () => {
    staleSynonyms = true;
    schedule();
  };
  feed.onEvent(({ event }) => {
    if (event.type === 'synonym.changed') noteSynonyms();
    if (event.type === 'vector.made' && embed) {
      staleVectors = true;
      schedule();
    }
    if (event.type === 'article.changed') noteArticles(event.ids.articleId ? [event.ids.articleId] : null);
    if (event.type === 'catalogue.changed' && event.patch.what !== 'offers') noteCatalogue();
  });

  let soon: NodeJS.Timeout | null = null;
  let asked = false;
  /** A process that nobody asks anything loads nothing. */
  function schedule(): void {
    if (!asked || soon) return;
    soon = setTimeout(() => {
      soon = null;
      readAhead();
    }, SOON_MS);
    soon.unref();
  }

  function readAhead(): void {
    refresh().catch((error) =>
      log.warn({ error: String(error) }, 'knowledge could not be refreshed; the next question tries again'),
    );
  }

  async function refresh(): Promise<void> {
    asked = true;
    // What is being read now was asked for before; what is noted meanwhile is read after it.
    while (
      refreshing ||
      staleCatalogue ||
      staleSynonyms ||
      staleVectors ||
      staleArticles === 'all' ||
      staleArticles.size > 0
    ) {
      refreshing ??= load().finally(() => {
        refreshing = null;
      });
      await refreshing;
    }
  }

  async function load(): Promise<void> {
    const articles = staleArticles;
    const withCatalogue = staleCatalogue;
    const withSynonyms = staleSynonyms;
    const withVectors = staleVectors;
    staleArticles = new Set();
    staleCatalogue = false;
    staleSynonyms = false;
    staleVectors = false;
    try {
      if (withSynonyms) {
        synonyms = new SynonymTable((await listSynonyms(db)).map((one) => one.words));
        index.understand(synonyms);
      }
      if (withCatalogue) {
        const [products, storeRows, ruleRows] = await Promise.all([loadProducts(db), loadStores(db), loadRules(db)]);
        catalogue = catalogueView(products);
        stores = storeRows;
        rules = ruleRows;
      }
      if (articles === 'all' || articles.size > 0) await loadPassages(articles);
      if (withVectors || (embed && (articles === 'all' || articles.size > 0))) await loadVectors();
    } catch (error) {
      staleArticles = 'all';
      staleCatalogue ||= withCatalogue;
      staleSynonyms ||= withSynonyms;
      staleVectors ||= withVectors;
      throw error;
    }
  }

  async function loadPassages(stale: Set<string> | 'all'): Promise<void> {
    const articles = stale === 'all' ? await changedArticles() : [...stale];
    for (let at = 0; at < articles.length; at += ARTICLES_AT_ONCE) {
      const some = articles.slice(at, at + ARTICLES_AT_ONCE);
      const rows = await db.passage.findMany({
        where: { articleId: { in: some }, article: { state: 'published', internal: false } },
        include: { article: { select: { title: true, locale: true, path: true } } },
        orderBy: [{ articleId: 'asc' }, { position: 'asc' }],
      });
      for (const id of some) {
        index.remove(byArticle.get(id) ?? []);
        vectors.remove(byArticle.get(id) ?? []);
        byArticle.delete(id);
      }
      for (const row of rows) {
        const held = byArticle.get(row.articleId);
        if (held) held.push(row.id);
        else byArticle.set(row.articleId, [row.id]);
      }
      await putSlowly(rows.map(passageOf));
    }
  }

  /** Those of the passages here that have none yet. */
  async function loadVectors(): Promise<void> {
    if (!embed) return;
    const lacking = [...byArticle.values()].flat().filter((id) => !vectors.has(id));
    for (let at = 0; at < lacking.length; at += VECTORS_AT_ONCE) {
      const rows = await db.passageVector.findMany({
        where: { passageId: { in: lacking.slice(at, at + VECTORS_AT_ONCE) }, model: embed.model },
      });
      for (const row of rows) vectors.put(row.passageId, vectorOf(row.vector));
    }
  }

  /** By words; and by meaning too, where there are vectors and the endpoint answers in time. */
  const search: ConsultSources['search'] = async (question, language, history) => {
    const byWords = index.search(question, { language, limit: RANKED, ...(history && { history }) });
    const asked = embed && vectors.size > 0 ? await embed.question(maskSecrets(question.slice(0, 2000))) : null;
    if (!asked) return byWords;
    const near = vectors.nearest(asked, RANKED).flatMap((id) => index.get(id) ?? []);
    return fuseByRank(byWords, near, (id) => index.sureOf(question, language, id));
  };

  /** A large knowledge base must not stop the process from answering while it is read. */
  async function putSlowly(passages: readonly IndexedPassage[]): Promise<void> {
    for (let at = 0; at < passages.length; at += PASSAGES_AT_ONCE) {
      index.put(passages.slice(at, at + PASSAGES_AT_ONCE));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Articles whose passages here are not those of the database: passages are written anew with each change. */
  async function changedArticles(): Promise<string[]> {
    const first = await db.passage.findMany({
      where: { position: 0, article: { state: 'published', internal: false } },
      select: { id: true, articleId: true },
    });
    const now = new Map(first.map((row) => [row.articleId, row.id]));
    const gone = [...byArticle.keys()].filter((articleId) => !now.has(articleId));
    return [...gone, ...[...now].flatMap(([articleId, id]) => (byArticle.get(articleId)?.[0] === id ? [] : articleId))];
  }

  return {
    async sources() {
      await refresh();
      return {
        catalogue,
        stores,
        rules,
        offersOf: (productIds) => loadOffers(db, productIds),
        search,
        passage: (id) => index.get(id),
        synonyms,
      };
    },
    readAhead,
    articlesChanged: noteArticles,
    synonymsChanged: noteSynonyms,
    catalogueChanged: noteCatalogue,
    size: () => ({ passages: index.size, products: catalogue.products.length }),
  };
}

const SOON_MS = 50;
const ARTICLES_AT_ONCE = 200;
const VECTORS_AT_ONCE = 1000;
/** About five milliseconds of work. */
const PASSAGES_AT_ONCE = 40;
const RANKED = 20;

function passageOf(row: {
  id: string;
  articleId: string;
  section: string[];
  text: string;
  position: number;
  article: { title: string; locale: string; path: string };
}): IndexedPassage {
  return {
    id: row.id,
    articleId: row.articleId,
    title: row.article.title,
    path: [...row.section.slice(1), ...folders(row.article.path)],
    text: row.text,
    position: row.position,
    language: row.article.locale.toLowerCase().split('-')[0] ?? 'en',
  };
}

/** "Phones/Warranty/basics.md" stands under Phones, Warranty. */
function folders(path: string): string[] {
  const parts = path.split('/').filter(Boolean);
  return /\.\w+$/.test(path) ? parts.slice(0, -1) : parts;
}
