import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../server/threads/schema.ts';
import classes from './Message.module.css';

/** What a message answers, in a line; a press goes there. */
export function QuoteOf({ quote }: { quote: NonNullable<Message['quote']> }) {
  const { t } = useTranslation('inbox');
  return (
    <UnstyledButton
      className={classes.quote}
      aria-label={t('message.quoteOf', { name: quote.name, text: quote.text })}
      onClick={() => goTo(quote.messageId)}
    >
      <bdi className={classes.quoteName}>{quote.name}</bdi>
      <bdi className={classes.quoteText}>{quote.text}</bdi>
    </UnstyledButton>
  );
}

/** To a message that is on the screen; an older one is above what was loaded. */
function goTo(messageId: string): void {
  const element = document.querySelector(`[data-message="${CSS.escape(messageId)}"]`);
  element?.scrollIntoView({ block: 'center' });
  element?.animate([{ background: 'var(--p-accent-soft)' }, { background: 'transparent' }], 1200);
}
