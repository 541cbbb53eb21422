import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Broken } from '../../shared/ui/ErrorBoundary.tsx';
import { RowsSkeleton } from './RowsSkeleton.tsx';

/** What a query brought; before that its shape, after a failure what to do. Old data stays while new is asked for. */
export function Loaded<T>({
  query,
  skeleton,
  children,
}: {
  query: UseQueryResult<T>;
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Broken error={query.error} onRetry={() => void query.refetch()} />;
  return skeleton ?? <RowsSkeleton />;
}
