import { useTranslation } from 'react-i18next';
import { useTypers } from '../feed/presence.ts';
import { useColleagueName } from '../me/queries.ts';
import classes from './Message.module.css';

/** Who writes here right now. */
export function TypingLine({ threadId, clientName }: { threadId: string; clientName: string }) {
  const { t } = useTranslation('inbox');
  const nameOf = useColleagueName();
  const names = useTypers(threadId).map((id) => nameOf(id) || clientName);
  return (
    <p className={classes.typing} role="status">
      {names.length > 0 && t('thread.typing', { names: names.join(', '), count: names.length })}
    </p>
  );
}
