import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../server/threads/schema.ts';
import classes from './Message.module.css';
import { SystemLine } from './SystemLine.tsx';

/** A run of small things that happened, behind one line. */
export function FoldedLines({ messages }: { messages: Message[] }) {
  const { t } = useTranslation('inbox');
  const [open, setOpen] = useState(false);
  return (
    <>
      <UnstyledButton className={classes.system} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? <IconChevronUp size={14} aria-hidden /> : <IconChevronDown size={14} aria-hidden />}
        {t('thread.folded', { count: messages.length })}
      </UnstyledButton>
      {open && messages.map((message) => <SystemLine key={message.id} message={message} />)}
    </>
  );
}
