import { z } from 'zod';
import { reasonWords } from '../consult/answer/analogue.ts';
import { PHRASES } from '../consult/answer/draft.ts';
import { answerLanguage } from '../consult/understand/lexicon.ts';
import { meaning, notFound } from '../errors.ts';
import { byId, type Call, endpoint } from '../http/endpoint.ts';
import { shortList } from '../http/shortList.ts';
import * as knowledge from '../knowledge/schema.ts';
import { id, pageOf } from '../lib/wire.ts';
import { alternatives as findAlternatives } from './alternatives.ts';
import * as feeds from './feeds.ts';
import * as imports from './importCatalogue.ts';
import { loadOffers, loadStores } from './load.ts';
import * as reading from './read.ts';
import * as shapes from './schema.ts';

/** 100,000 offers are about 8 MB. */
const fileBytes = 64 * 1024 * 1024;

type ImportCall = Call<unknown, z.output<typeof knowledge.importQuery>, unknown>;

function importEndpoint(summary: string, run: typeof imports.importOffers) {
  return endpoint({
    summary,
    fileBytes,
    query: knowledge.importQuery,
    answer: knowledge.importReport,
    run: async ({ db, config, knowledge: live }, call) => {
      const report = await run(db, { ...inputOf(call as ImportCall), testClock: config.test });
      live.catalogueChanged();
      return report;
    },
  });
}

function inputOf({ file, query, viewer, now }: ImportCall) {
  if (!file) throw meaning('file.missing', 'Send the file in the field `file`.', 'file');
  const text = new TextDecoder().decode(file.bytes).replaceAll('\u0000', '');
  return { text, onError: query.onError, actorId: viewer.userId, now };
}

export const importStores = importEndpoint('Imports stores from CSV', imports.importStores);
export const importProducts = importEndpoint(
  'Imports products from CSV, JSON Lines or a Google Merchant feed',
  imports.importProducts,
);
export const importOffers = importEndpoint('Replaces the offers of the stores a CSV file names', imports.importOffers);
export const importRules = importEndpoint('Replaces the rules by a JSON list', imports.importRules);

export const stores = endpoint({
  summary: 'Stores with their hours today',
  query: shapes.storeQuery,
  answer: pageOf(shapes.store),
  run: ({ db }, { query, now }) => reading.listStores(db, now, query.limit, query.cursor, query.q),
});

export const store = endpoint({
  summary: 'One store, by id or code',
  params: z.object({ id: z.string().min(1).max(100) }),
  answer: shapes.store,
  run: ({ db }, { params, now }) => reading.readStore(db, params.id, now),
});

export const products = endpoint({
  summary: 'Products with their offers, by name',
  query: shapes.productQuery,
  answer: pageOf(shapes.product),
  run: ({ db }, { query, now }) => reading.listProducts(db, query, now),
});

export const product = endpoint({
  summary: 'One product with its offers',
  params: byId,
  answer: shapes.product,
  run: ({ db }, { params, now }) => reading.readProduct(db, params.id, now),
});

export const facets = endpoint({
  summary: 'Categories and brands, with how many products each has',
  answer: shapes.facets,
  run: ({ db }) => reading.readFacets(db),
});

export const alternatives = shortList({
  summary: 'What stands in for a product, in stock, with reasons',
  params: z.object({ id }),
  query: shapes.alternativesQuery,
  item: shapes.alternative,
  run: async ({ db, knowledge: live }, { params, query, user, now }) => {
    const { catalogue } = await live.sources();
    const wanted = catalogue.byId.get(params.id);
    if (!wanted) throw notFound('product');
    const allStores = await loadStores(db);
    const storeId =
      query.store === undefined ? (user.viewer.storeIds[0] ?? null) : reading.storeBy(allStores, query.store).id;
    const others = catalogue.products.filter((other) => other.category === wanted.category);
    const offers = await loadOffers(
      db,
      others.map((other) => other.id),
    );
    const byProduct = new Map(
      others.map((other) => [other.id, offers.filter((offer) => offer.productId === other.id)]),
    );
    const language = answerLanguage(query.locale ?? user.locale);
    const found = findAlternatives(wanted, others, byProduct, { storeId, now, limit: 5 });
    return found.map((one) => ({
      product: reading.presentProduct(one.product, offers, allStores, now),
      reasons: reasonWords(PHRASES[language], one, allStores),
      nearness: one.nearness,
    }));
  },
});

export const oldPrices = shortList({
  summary: 'What a product cost before, newest first',
  params: byId,
  item: shapes.oldPrice,
  run: ({ db }, { params }) => reading.listOldPrices(db, params.id),
});

export const feedList = shortList({
  summary: 'Product feeds that are fetched on a schedule',
  item: shapes.feed,
  run: ({ db }) => feeds.listFeeds(db),
});

export const makeFeed = endpoint({
  summary: 'A product feed to fetch on a schedule',
  body: shapes.newFeed,
  answer: shapes.feed,
  status: 201,
  run: ({ db }, { body, viewer, now }) => feeds.makeFeed(db, body, viewer.userId, now),
});

export const editFeed = endpoint({
  summary: 'Changes a product feed; it is fetched soon after',
  params: byId,
  body: shapes.editFeed,
  answer: shapes.feed,
  run: ({ db }, { params, body, now }) => feeds.editFeed(db, params.id, body, now),
});

export const removeFeed = endpoint({
  summary: 'Fetches a feed no more; its products stay',
  params: byId,
  run: ({ db }, { params, now }) => feeds.removeFeed(db, params.id, now),
});

export const runFeed = endpoint({
  summary: 'Fetches a feed now',
  params: byId,
  answer: shapes.feed,
  run: (deps, { params }) => feeds.runFeed(deps, params.id),
});

export const rules = endpoint({
  summary: 'Terms of trade in force and past',
  query: shapes.ruleQuery,
  answer: pageOf(shapes.rule),
  run: ({ db }, { query }) => reading.listRules(db, query.limit, query.cursor, query.kind),
});
