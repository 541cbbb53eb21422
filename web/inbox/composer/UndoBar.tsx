import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CachedMessages } from '../../shared/cached.ts';
import { count, useLocale } from '../../shared/ui/format.ts';
import { useMe } from '../me/queries.ts';
import { useMessages } from '../thread/queries.ts';
import { UNDO_MAX_MS, undoSend } from '../thread/undoSend.ts';
import classes from './Composer.module.css';

/** "Sent · Undo" while a letter still waits in the outbox. */
export function UndoBar({ threadId }: { threadId: string }) {
  const { t } = useTranslation('inbox');
  const locale = useLocale();
  const me = useMe();
  const [now, setNow] = useState(() => Date.now());
  const message = waiting(useMessages(threadId).data, me.id, now);
  const due = message?.delivery?.dueAt;
  useEffect(() => {
    if (due === undefined) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [due]);
  if (message === undefined || due === undefined) return null;
  return (
    <div className={classes.undo} role="status">
      {t('composer.sent')}
      <button type="button" onClick={() => void undoSend(message)}>
        {t('common:undo')}{' '}
        <span className="p-tabular">{count(Math.max(0, Math.ceil((Date.parse(due) - now) / 1000)), locale)}</span>
      </button>
    </div>
  );
}

function waiting(data: CachedMessages | undefined, meId: string, now: number) {
  return data?.items.findLast((message) => {
    if (message.author.userId !== meId || message.delivery?.state !== 'pending') return false;
    const due = Date.parse(message.delivery.dueAt);
    return due > now && due - Date.parse(message.receivedAt) <= UNDO_MAX_MS;
  });
}
