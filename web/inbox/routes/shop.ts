import { createRoute } from '@tanstack/react-router';
import { productSearch } from '../catalogue/search.ts';
import { articleSearch } from '../knowledge/search.ts';
import { lazyPlace } from './lazyPlace.ts';
import { shell } from './shell.tsx';

const consult = createRoute({
  getParentRoute: () => shell,
  path: '/consult',
  staticData: { permission: 'consult' },
  validateSearch: (given): { q?: string; store?: string; product?: string } => ({
    ...(given.q === undefined || given.q === '' ? {} : { q: String(given.q).slice(0, 5000) }),
    ...(typeof given.store === 'string' ? { store: given.store } : {}),
    ...(typeof given.product === 'string' ? { product: given.product } : {}),
  }),
  component: lazyPlace(() => import('../consult/ConsultPlace.tsx'), 'ConsultPlace'),
});
const knowledge = createRoute({
  getParentRoute: () => shell,
  path: '/knowledge',
  staticData: { permission: 'knowledge.read' },
  validateSearch: articleSearch,
  component: lazyPlace(() => import('../knowledge/KnowledgePlace.tsx'), 'KnowledgePlace'),
});
const knowledgeNew = createRoute({
  getParentRoute: () => shell,
  path: '/knowledge/new',
  staticData: { permission: 'knowledge.write' },
  component: lazyPlace(() => import('../knowledge/ArticlePlace.tsx'), 'NewArticlePlace'),
});
const knowledgeImport = createRoute({
  getParentRoute: () => shell,
  path: '/knowledge/import',
  staticData: { permission: 'knowledge.write' },
  component: lazyPlace(() => import('../knowledge/ImportPlace.tsx'), 'ImportPlace'),
});
const learning = createRoute({
  getParentRoute: () => shell,
  path: '/knowledge/learning',
  staticData: { permission: 'knowledge.write' },
  validateSearch: (given): { show?: 'gaps' | 'wrong' | 'demand' } =>
    given.show === 'wrong' || given.show === 'demand' ? { show: given.show } : {},
  component: lazyPlace(() => import('../learning/LearningPlace.tsx'), 'LearningPlace'),
});
const article = createRoute({
  getParentRoute: () => shell,
  path: '/knowledge/$articleId',
  staticData: { permission: 'knowledge.read' },
  validateSearch: (given): { edit?: true } => (given.edit ? { edit: true } : {}),
  component: lazyPlace(() => import('../knowledge/ArticlePlace.tsx'), 'ArticlePlace'),
});
const catalogue = createRoute({
  getParentRoute: () => shell,
  path: '/catalogue',
  staticData: { permission: 'catalogue.read' },
  validateSearch: productSearch,
  component: lazyPlace(() => import('../catalogue/CataloguePlace.tsx'), 'CataloguePlace'),
});
const catalogueImport = createRoute({
  getParentRoute: () => shell,
  path: '/catalogue/import',
  staticData: { permission: 'catalogue.write' },
  component: lazyPlace(() => import('../catalogue/ImportPlace.tsx'), 'ImportPlace'),
});
const compare = createRoute({
  getParentRoute: () => shell,
  path: '/catalogue/compare',
  staticData: { permission: 'catalogue.read' },
  validateSearch: (given): { ids?: string } => (typeof given.ids === 'string' ? { ids: given.ids } : {}),
  component: lazyPlace(() => import('../catalogue/ComparePlace.tsx'), 'ComparePlace'),
});
const product = createRoute({
  getParentRoute: () => shell,
  path: '/catalogue/$productId',
  staticData: { permission: 'catalogue.read' },
  component: lazyPlace(() => import('../catalogue/ProductPlace.tsx'), 'ProductPlace'),
});

/** What the shop knows and sells. */
export const shopRoutes = [
  consult,
  knowledge,
  knowledgeNew,
  knowledgeImport,
  learning,
  article,
  catalogue,
  catalogueImport,
  compare,
  product,
] as const;
