import { Button, Group, Modal, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../server/threads/schema.ts';
import { showError } from '../../shared/ui/problem.ts';
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
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    try {
      await reportWrong(message.id, text.trim());
      onClose();
    } catch (error) {
      showError(error);
    }
    setBusy(false);
  };
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
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button loading={busy} onClick={() => void send()}>
          {t(text.trim() === '' ? 'wrong.markOnly' : 'wrong.send')}
        </Button>
      </Group>
    </Modal>
  );
}
