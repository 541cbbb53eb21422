import { Link } from '@tanstack/react-router';
import type { CSSProperties, ReactNode } from 'react';
import type { ListSearch } from '../list/search.ts';

/** To a thread from outside the inbox. Beside it stands the list of all: it may be anybody's. */
export function ThreadLink({
  threadId,
  search = { tab: 'all' },
  ...rest
}: {
  threadId: string;
  search?: ListSearch;
  className?: string | undefined;
  style?: CSSProperties;
  'data-late'?: boolean | undefined;
  children: ReactNode;
}) {
  return <Link to="/t/$threadId" params={{ threadId }} search={search} {...rest} />;
}
