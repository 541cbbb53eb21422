import { Button, Group, Modal, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showError } from '../../shared/ui/problem.ts';
import { useSubmit } from './useSubmit.ts';

export interface Question {
  title: string;
  text: string;
  /** The verb on the button. */
  action: string;
  run: () => Promise<unknown>;
}

/** Asks before what cannot be taken back; the dialog is the second value. */
export function useConfirm(): [(question: Question) => void, ReactNode] {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Question | null>(null);
  const [open, setOpen] = useState(false);
  const { busy, submit } = useSubmit(
    async () => {
      await asked?.run();
      setOpen(false);
    },
    { onRefused: showError },
  );
  const dialog = (
    <Modal
      opened={open}
      onClose={() => setOpen(false)}
      title={asked?.title}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Text size="sm">{asked?.text}</Text>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={() => setOpen(false)}>
          {t('cancel')}
        </Button>
        <Button color="red" loading={busy} onClick={() => submit()} data-autofocus>
          {asked?.action}
        </Button>
      </Group>
    </Modal>
  );
  const ask = (question: Question) => {
    setAsked(question);
    setOpen(true);
  };
  return [ask, dialog];
}
