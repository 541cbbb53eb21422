import { createRoute } from '@tanstack/react-router';
import { listSearch } from '../list/search.ts';
import { lazyPlace } from './lazyPlace.ts';
import { shell } from './shell.tsx';

const inbox = createRoute({
  getParentRoute: () => shell,
  id: 'inbox',
  validateSearch: listSearch,
  component: lazyPlace(() => import('../list/InboxPlace.tsx'), 'InboxPlace'),
});
const inboxHome = createRoute({
  getParentRoute: () => inbox,
  path: '/',
  component: lazyPlace(() => import('../thread/NoThread.tsx'), 'NoThread'),
});
const thread = createRoute({
  getParentRoute: () => inbox,
  path: '/t/$threadId',
  component: lazyPlace(() => import('../thread/ThreadPlace.tsx'), 'ThreadPlace'),
});
const clients = createRoute({
  getParentRoute: () => shell,
  path: '/clients',
  staticData: { permission: 'clients.read' },
  validateSearch: (search): { q?: string } => (typeof search.q === 'string' ? { q: search.q } : {}),
  component: lazyPlace(() => import('../client/ClientsPlace.tsx'), 'ClientsPlace'),
});
const client = createRoute({
  getParentRoute: () => shell,
  path: '/clients/$clientId',
  staticData: { permission: 'clients.read' },
  component: lazyPlace(() => import('../client/ClientPlace.tsx'), 'ClientPlace'),
});
const search = createRoute({
  getParentRoute: () => shell,
  path: '/search',
  staticData: { permission: 'threads.read' },
  // The router reads `q=10482` as a number.
  validateSearch: (given): { q?: string; in?: string } => ({
    ...(given.q === undefined || given.q === '' ? {} : { q: String(given.q).slice(0, 200) }),
    ...(typeof given.in === 'string' ? { in: given.in } : {}),
  }),
  component: lazyPlace(() => import('../search/SearchPlace.tsx'), 'SearchPlace'),
});

/** The inbox, the clients, and the search over all of it. */
export const inboxRoutes = [inbox.addChildren([inboxHome, thread]), clients, client, search] as const;
