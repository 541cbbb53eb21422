import type { ReactNode } from 'react';
import page from '../page/Page.module.css';
import { ThreadLink } from '../thread/ThreadLink.tsx';

/** A line behind a figure that opens its thread; one that may not be opened is only counted. */
export function BehindRow({ threadId, children }: { threadId: string | null; children: ReactNode }) {
  return threadId === null ? (
    <div className={page.row}>{children}</div>
  ) : (
    <ThreadLink threadId={threadId} className={page.row}>
      {children}
    </ThreadLink>
  );
}
