import { Outlet, useMatch } from '@tanstack/react-router';
import classes from './InboxPlace.module.css';
import { ThreadList } from './ThreadList.tsx';

/** The list and, beside it (on a phone: instead of it), the open thread. */
export function InboxPlace() {
  const open = useMatch({ from: '/shell/inbox/t/$threadId', shouldThrow: false });
  const openId = open?.params.threadId ?? null;
  return (
    <div className={classes.place} data-open={openId !== null || undefined}>
      <ThreadList openId={openId} />
      <div className={classes.pane}>
        <Outlet />
      </div>
    </div>
  );
}
