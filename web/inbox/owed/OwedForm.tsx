import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { showError } from '../../shared/ui/problem.ts';
import { useSubmit } from '../page/useSubmit.ts';
import classes from './Owed.module.css';

/** A small form beside a thread or a client: it goes when `act` is done, and stays with its words when that was refused. */
export function OwedForm({
  label,
  disabled = false,
  act,
  onClose,
  children,
}: {
  /** The verb on the button. */
  label: string;
  /** What is filled in cannot be sent as it is. */
  disabled?: boolean;
  act: () => Promise<unknown>;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const { busy, submit } = useSubmit(
    async () => {
      if (disabled) return;
      await act();
      onClose();
    },
    { onRefused: showError },
  );
  return (
    <form className={classes.form} onSubmit={submit}>
      {children}
      <Group gap={6}>
        <Button type="submit" size="compact-xs" loading={busy}>
          {label}
        </Button>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={onClose}>
          {t('common:cancel')}
        </Button>
      </Group>
    </form>
  );
}
