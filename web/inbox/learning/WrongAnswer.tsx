import { Modal, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../server/threads/schema.ts';
import { showError } from '../../shared/ui/problem.ts';
import { FormButtons } from '../page/FormButtons.tsx';
import { useSubmit } from '../page/useSubmit.ts';
import classes from './Learning.module.css';
import { reportWrong } from './queries.ts';

/** Whether an answer can be marked as wrong: the bot said it to the client, and nobody marked it yet. */
export function mayBeWrong(message: Message): boolean {
  return message.author.kind === 'bot' && message.direction === 'outbound' && message.wrongAt === null;
}

/** Under an answer that was found wrong. */
export function WrongMark({ message }: { message: Message }) {
  const { t } = useTranslation('inbox');
  return message.wrongAt === null ? null : <span className={classes.mark}>{t('wrong.marked')}</span>;
}

/** Asks for the correction, sends it, and marks the answer. */
export function WrongDialog({ message, opened, onClose }: { message: Message; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('inbox');
  const [text, setText] = useState('');
  const { busy, submit } = useSubmit(
    async () => {
      await reportWrong(message.id, text.trim());
      onClose();
    },
    { onRefused: showError },
  );
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('wrong.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Text size="sm" c="dimmed" mb="sm">
        {t('wrong.text')}
      </Text>
      <Textarea
        label={t('wrong.correction')}
        description={t('wrong.correctionText')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={3}
        dir="auto"
        data-autofocus
      />
      <FormButtons
        mt="lg"
        label={t(text.trim() === '' ? 'wrong.markOnly' : 'wrong.send')}
        busy={busy}
        onCancel={onClose}
        onAct={() => submit()}
      />
    </Modal>
  );
}
