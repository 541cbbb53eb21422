import { createRouter } from '@tanstack/react-router';
import { Broken } from '../shared/ui/ErrorBoundary.tsx';
import { dayRoutes } from './routes/day.ts';
import { inboxRoutes } from './routes/inbox.ts';
import { tryPlacesAgain } from './routes/lazyPlace.ts';
import { root } from './routes/root.tsx';
import { settingsRoutes } from './routes/settings.ts';
import { shell } from './routes/shell.tsx';
import { shopRoutes } from './routes/shop.ts';
import { signedOutRoutes } from './routes/signedOut.ts';

/** Every address of the staff app, as routes/ names them. A place's code loads when it is first gone to (or hovered). */
const routeTree = root.addChildren([
  ...signedOutRoutes,
  shell.addChildren([...inboxRoutes, ...shopRoutes, ...dayRoutes, ...settingsRoutes]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: false,
  defaultErrorComponent: ({ error, reset }) => {
    const again = () => {
      tryPlacesAgain();
      // Who asks is asked again too: the guard of the shell may be what failed.
      void router.invalidate().then(reset);
    };
    return <Broken error={error instanceof Error ? error : new Error(String(error))} onRetry={again} />;
  },
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
