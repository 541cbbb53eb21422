import { CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Thread } from '../../../server/threads/schema.ts';
import { QuoteOf } from '../thread/QuoteOf.tsx';
import { useMessages } from '../thread/queries.ts';
import classes from './Composer.module.css';
import { write } from './draft.ts';

/** The message that will stand above the answer in the client's messenger. */
export function Quoted({ thread, quoteId }: { thread: Thread; quoteId: string | null }) {
  const { t } = useTranslation('inbox');
  const items = useMessages(thread.id).data?.items ?? [];
  const message = items.find((each) => each.id === quoteId);
  if (message === undefined) return null;
  const text = message.text.trim() || message.attachments[0]?.name || '';
  return (
    <div className={classes.quoted}>
      <QuoteOf quote={{ messageId: message.id, name: message.author.name, text }} />
      <CloseButton size="sm" aria-label={t('composer.unquote')} onClick={() => write(thread.id, { quoteId: null })} />
    </div>
  );
}
