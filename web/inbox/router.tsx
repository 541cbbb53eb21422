import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { ApiError } from '../shared/api.ts';
import { Broken } from '../shared/ui/ErrorBoundary.tsx';
import { productSearch } from './catalogue/search.ts';
import { articleSearch } from './knowledge/search.ts';
import { listSearch } from './list/search.ts';
import { fetchMe } from './me/queries.ts';
import { askedOf } from './reports/search.ts';
import { MissingPage } from './shell/Missing.tsx';
import { Shell } from './shell/Shell.tsx';

/** Every address of the staff app. A place's code loads when it is first gone to (or hovered). */

const root = createRootRoute({ component: Outlet, notFoundComponent: MissingPage });

// ---- for people who are not signed in

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { to?: string } => (typeof search.to === 'string' ? { to: search.to } : {}),
  component: lazyRouteComponent(() => import('./sign/SignIn.tsx'), 'SignIn'),
});
const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite/$token',
  component: lazyRouteComponent(() => import('./sign/Invite.tsx'), 'Invite'),
});
const start = createRoute({
  getParentRoute: () => root,
  path: '/start/$token',
  component: lazyRouteComponent(() => import('./sign/Invite.tsx'), 'Start'),
});
const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  validateSearch: (search): { token?: string; error?: string } => ({
    ...(typeof search.token === 'string' ? { token: search.token } : {}),
    ...(typeof search.error === 'string' ? { error: search.error } : {}),
  }),
  component: lazyRouteComponent(() => import('./sign/Reset.tsx'), 'Reset'),
});

const kiosk = createRoute({
  getParentRoute: () => root,
  path: '/wall/$token',
  component: lazyRouteComponent(() => import('./kiosk/Kiosk.tsx'), 'Kiosk'),
});
const rate = createRoute({
  getParentRoute: () => root,
  path: '/rate/$token',
  component: lazyRouteComponent(() => import('./kiosk/Rate.tsx'), 'Rate'),
});

// ---- the shell: signed in, with the rail, the keys and the feed

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ location }) => {
    try {
      await fetchMe();
    } catch (error) {
      if (error instanceof ApiError && error.status === 401)
        throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } });
      throw error;
    }
  },
});

const inbox = createRoute({
  getParentRoute: () => shell,
  id: 'inbox',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('./list/InboxPlace.tsx'), 'InboxPlace'),
});
const inboxHome = createRoute({
  getParentRoute: () => inbox,
  path: '/',
  component: lazyRouteComponent(() => import('./thread/NoThread.tsx'), 'NoThread'),
});
const thread = createRoute({
  getParentRoute: () => inbox,
  path: '/t/$threadId',
  component: lazyRouteComponent(() => import('./thread/ThreadPlace.tsx'), 'ThreadPlace'),
});
const clients = createRoute({
  getParentRoute: () => shell,
  path: '/clients',
  validateSearch: (search): { q?: string } => (typeof search.q === 'string' ? { q: search.q } : {}),
  component: lazyRouteComponent(() => import('./client/ClientsPlace.tsx'), 'ClientsPlace'),
});
const client = createRoute({
  getParentRoute: () => shell,
  path: '/clients/$clientId',
  component: lazyRouteComponent(() => import('./client/ClientPlace.tsx'), 'ClientPlace'),
});

const live = createRoute({
  getParentRoute: () => shell,
  path: '/live',
  component: lazyRouteComponent(() => import('./live/LivePlace.tsx'), 'LivePlace'),
});
const wall = createRoute({
  getParentRoute: () => shell,
  path: '/live/wall',
  component: lazyRouteComponent(() => import('./live/Wallboard.tsx'), 'Wallboard'),
});
const reports = createRoute({
  getParentRoute: () => shell,
  path: '/reports',
  validateSearch: askedOf,
  component: lazyRouteComponent(() => import('./reports/ReportsPlace.tsx'), 'ReportsPlace'),
});
const promises = createRoute({
  getParentRoute: () => shell,
  path: '/promises',
  component: lazyRouteComponent(() => import('./promises/PromisesPlace.tsx'), 'PromisesPlace'),
});
const week = createRoute({
  getParentRoute: () => shell,
  path: '/week',
  component: lazyRouteComponent(() => import('./week/WeekPlace.tsx'), 'WeekPlace'),
});
const absences = createRoute({
  getParentRoute: () => shell,
  path: '/absences',
  component: lazyRouteComponent(() => import('./absence/AbsencesPlace.tsx'), 'AbsencesPlace'),
});
const absence = createRoute({
  getParentRoute: () => shell,
  path: '/absences/$absenceId',
  component: lazyRouteComponent(() => import('./absence/AbsencePlace.tsx'), 'AbsencePlace'),
});
const search = createRoute({
  getParentRoute: () => shell,
  path: '/search',
  // The router reads `q=10482` as a number.
  validateSearch: (given): { q?: string; in?: string } => ({
    ...(given.q === undefined || given.q === '' ? {} : { q: String(given.q).slice(0, 200) }),
    ...(typeof given.in === 'string' ? { in: given.in } : {}),
  }),
  component: lazyRouteComponent(() => import('./search/SearchPlace.tsx'), 'SearchPlace'),
});

const consult = createRoute({
  getParentRoute: () => shell,
  path: '/consult',
  validateSearch: (given): { q?: string; store?: string; product?: string } => ({
    ...(given.q === undefined || given.q === '' ? {} : { q: String(given.q).slice(0, 5000) }),
    ...(typeof given.store === 'string' ? { store: given.store } : {}),
    ...(typeof given.product === 'string' ? { product: given.product } : {}),
  }),
  component: lazyRouteComponent(() => import('./consult/ConsultPlace.tsx'), 'ConsultPlace'),
});
const knowledge = createRoute({
  getParentRoute: () => shell,
  path: '/knowledge',
  validateSearch: articleSearch,
  component: lazyRouteComponent(() => import('./knowledge/KnowledgePlace.tsx'), 'KnowledgePlace'),
});
const knowledgeNew = createRoute({
  getParentRoute: () => shell,
  path: '/knowledge/new',
  component: lazyRouteComponent(() => import('./knowledge/ArticlePlace.tsx'), 'NewArticlePlace'),
});
const knowledgeImport = createRoute({
  getParentRoute: () => shell,
  path: '/knowledge/import',
  component: lazyRouteComponent(() => import('./knowledge/ImportPlace.tsx'), 'ImportPlace'),
});
const learning = createRoute({
  getParentRoute: () => shell,
  path: '/knowledge/learning',
  validateSearch: (given): { show?: 'gaps' | 'wrong' | 'demand' } =>
    given.show === 'wrong' || given.show === 'demand' ? { show: given.show } : {},
  component: lazyRouteComponent(() => import('./learning/LearningPlace.tsx'), 'LearningPlace'),
});
const article = createRoute({
  getParentRoute: () => shell,
  path: '/knowledge/$articleId',
  validateSearch: (given): { edit?: true } => (given.edit ? { edit: true } : {}),
  component: lazyRouteComponent(() => import('./knowledge/ArticlePlace.tsx'), 'ArticlePlace'),
});
const catalogue = createRoute({
  getParentRoute: () => shell,
  path: '/catalogue',
  validateSearch: productSearch,
  component: lazyRouteComponent(() => import('./catalogue/CataloguePlace.tsx'), 'CataloguePlace'),
});
const catalogueImport = createRoute({
  getParentRoute: () => shell,
  path: '/catalogue/import',
  component: lazyRouteComponent(() => import('./catalogue/ImportPlace.tsx'), 'ImportPlace'),
});
const compare = createRoute({
  getParentRoute: () => shell,
  path: '/catalogue/compare',
  validateSearch: (given): { ids?: string } => (typeof given.ids === 'string' ? { ids: given.ids } : {}),
  component: lazyRouteComponent(() => import('./catalogue/ComparePlace.tsx'), 'ComparePlace'),
});
const product = createRoute({
  getParentRoute: () => shell,
  path: '/catalogue/$productId',
  component: lazyRouteComponent(() => import('./catalogue/ProductPlace.tsx'), 'ProductPlace'),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/SettingsPlace.tsx'), 'SettingsPlace'),
});
const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  component: lazyRouteComponent(() => import('./settings/SettingsHome.tsx'), 'SettingsHome'),
});
const settingsChannels = createRoute({
  getParentRoute: () => settings,
  path: '/channels',
  component: lazyRouteComponent(() => import('./settings/channels/ChannelsSection.tsx'), 'ChannelsSection'),
});
const settingsConnect = createRoute({
  getParentRoute: () => settings,
  path: '/channels/new',
  validateSearch: (search): { kind?: 'email' | 'telegram' | 'chat' } =>
    search.kind === 'email' || search.kind === 'telegram' || search.kind === 'chat' ? { kind: search.kind } : {},
  component: lazyRouteComponent(() => import('./settings/channels/ConnectChannel.tsx'), 'ConnectChannel'),
});
const settingsChannel = createRoute({
  getParentRoute: () => settings,
  path: '/channels/$channelId',
  component: lazyRouteComponent(() => import('./settings/channels/EditChannel.tsx'), 'EditChannel'),
});
const settingsHeldBack = createRoute({
  getParentRoute: () => settings,
  path: '/channels/$channelId/held-back',
  component: lazyRouteComponent(() => import('./settings/channels/HeldBack.tsx'), 'HeldBack'),
});
const settingsUsers = createRoute({
  getParentRoute: () => settings,
  path: '/users',
  component: lazyRouteComponent(() => import('./settings/people/UsersSection.tsx'), 'UsersSection'),
});
const settingsTeams = createRoute({
  getParentRoute: () => settings,
  path: '/teams',
  component: lazyRouteComponent(() => import('./settings/people/TeamsSection.tsx'), 'TeamsSection'),
});
const settingsStores = createRoute({
  getParentRoute: () => settings,
  path: '/stores',
  component: lazyRouteComponent(() => import('./settings/stores/StoresSection.tsx'), 'StoresSection'),
});
const settingsTargets = createRoute({
  getParentRoute: () => settings,
  path: '/targets',
  component: lazyRouteComponent(() => import('./settings/times/TargetsSection.tsx'), 'TargetsSection'),
});
const settingsHours = createRoute({
  getParentRoute: () => settings,
  path: '/hours',
  component: lazyRouteComponent(() => import('./settings/times/HoursSection.tsx'), 'HoursSection'),
});
const settingsRouting = createRoute({
  getParentRoute: () => settings,
  path: '/routing',
  component: lazyRouteComponent(() => import('./settings/times/RoutingSection.tsx'), 'RoutingSection'),
});
const settingsProfile = createRoute({
  getParentRoute: () => settings,
  path: '/profile',
  component: lazyRouteComponent(() => import('./settings/profile/ProfileSection.tsx'), 'ProfileSection'),
});
const settingsLookups = createRoute({
  getParentRoute: () => settings,
  path: '/lookups',
  component: lazyRouteComponent(() => import('./settings/lookups/LookupsSection.tsx'), 'LookupsSection'),
});
const settingsKeys = createRoute({
  getParentRoute: () => settings,
  path: '/keys',
  component: lazyRouteComponent(() => import('./settings/keys/KeysSection.tsx'), 'KeysSection'),
});

const routeTree = root.addChildren([
  signIn,
  invite,
  start,
  reset,
  kiosk,
  rate,
  shell.addChildren([
    inbox.addChildren([inboxHome, thread]),
    clients,
    client,
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
    live,
    wall,
    reports,
    promises,
    week,
    absences,
    absence,
    search,
    settings.addChildren([
      settingsHome,
      settingsChannels,
      settingsConnect,
      settingsChannel,
      settingsHeldBack,
      settingsUsers,
      settingsTeams,
      settingsStores,
      settingsTargets,
      settingsHours,
      settingsRouting,
      settingsProfile,
      settingsLookups,
      settingsKeys,
    ]),
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: false,
  defaultErrorComponent: ({ error, reset: again }) => (
    <Broken error={error instanceof Error ? error : new Error(String(error))} onRetry={again} />
  ),
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
