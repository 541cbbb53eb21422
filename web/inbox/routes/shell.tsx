import { createRoute, redirect } from '@tanstack/react-router';
import { ApiError } from '../../shared/api.ts';
import { fetchMe } from '../me/queries.ts';
import { Shell } from '../shell/Shell.tsx';
import { root } from './root.tsx';

/** For who is signed in: the rail, the keys and the feed. Others are sent to sign in, and come back to where they wanted to be. */
export const shell = createRoute({
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
