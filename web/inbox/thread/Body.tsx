import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../server/threads/schema.ts';
import { isDesigned } from './htmlMail.ts';
import { Letter } from './Letter.tsx';
import { Linked } from './Linked.tsx';
import classes from './Message.module.css';
import { SafeHtml } from './SafeHtml.tsx';

/**
 * What was said. A plain or simply formatted letter is text in our own type, which reads best and is safe; a
 * designed one (tables, pictures) is shown as it was designed, in a frame that can do nothing.
 */
export function Body({ message, newest }: { message: Message; newest: boolean }) {
  const { t } = useTranslation('inbox');
  const designed = message.html !== null && message.direction === 'inbound' && isDesigned(message.html);
  const [letter, setLetter] = useState(designed);
  const [rest, setRest] = useState(false);
  const html = message.html;
  return (
    <>
      {letter && html !== null ? (
        <Letter html={html} message={message} />
      ) : html !== null && message.direction !== 'inbound' ? (
        <SafeHtml html={html} />
      ) : (
        <Linked text={message.text} />
      )}
      {!letter && message.quote === null && message.rest !== null && message.rest.trim() !== '' && (
        <div>
          <UnstyledButton
            className={classes.fold}
            aria-expanded={rest}
            aria-label={t(rest ? 'message.hideRest' : 'message.showRest')}
            title={t(rest ? 'message.hideRest' : 'message.showRest')}
            onClick={() => setRest(!rest)}
          >
            …
          </UnstyledButton>
          {rest && (
            <div className={classes.rest}>
              <Linked text={message.rest} />
            </div>
          )}
        </div>
      )}
      {html !== null && message.direction === 'inbound' && (designed || (newest && hasMore(html, message.text))) && (
        <UnstyledButton className={classes.more} mt={4} onClick={() => setLetter(!letter)}>
          {t(letter ? 'message.asText' : 'message.asLetter')}
        </UnstyledButton>
      )}
    </>
  );
}

/** Formatting that plain text would lose: links with words, lists, bold. */
function hasMore(html: string, text: string): boolean {
  return /<(a|ul|ol|b|strong|table|img)\b/i.test(html) && text.length > 0;
}
