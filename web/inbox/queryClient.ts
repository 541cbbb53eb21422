import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../shared/api.ts';

/**
 * The one cache. Live data (keys that begin with `live`) is kept fresh by the feed and never refetched by age;
 * a refused request is not repeated, a lost connection is, three times.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) =>
        error instanceof ApiError && (error.status === 0 || error.status >= 500) && failures < 3,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
