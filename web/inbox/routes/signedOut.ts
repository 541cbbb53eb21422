import { createRoute } from '@tanstack/react-router';
import { lazyPlace } from './lazyPlace.ts';
import { root } from './root.tsx';

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { to?: string } => (typeof search.to === 'string' ? { to: search.to } : {}),
  component: lazyPlace(() => import('../sign/SignIn.tsx'), 'SignIn'),
});
const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite/$token',
  component: lazyPlace(() => import('../sign/Invite.tsx'), 'Invite'),
});
const start = createRoute({
  getParentRoute: () => root,
  path: '/start/$token',
  component: lazyPlace(() => import('../sign/Invite.tsx'), 'Start'),
});
const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  validateSearch: (search): { token?: string; error?: string } => ({
    ...(typeof search.token === 'string' ? { token: search.token } : {}),
    ...(typeof search.error === 'string' ? { error: search.error } : {}),
  }),
  component: lazyPlace(() => import('../sign/Reset.tsx'), 'Reset'),
});
const kiosk = createRoute({
  getParentRoute: () => root,
  path: '/wall/$token',
  component: lazyPlace(() => import('../kiosk/Kiosk.tsx'), 'Kiosk'),
});
const rate = createRoute({
  getParentRoute: () => root,
  path: '/rate/$token',
  component: lazyPlace(() => import('../kiosk/Rate.tsx'), 'Rate'),
});

/** What people see who are not signed in: the way in, a screen on the wall, a client's verdict. */
export const signedOutRoutes = [signIn, invite, start, reset, kiosk, rate] as const;
