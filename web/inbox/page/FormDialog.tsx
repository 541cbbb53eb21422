import { type MantineSize, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormButtons } from './FormButtons.tsx';
import { FormError } from './FormError.tsx';
import { useSubmit } from './useSubmit.ts';

/** A form in a dialog: it closes itself when `act` is done, and says above the fields why `act` threw. */
export function FormDialog({
  title,
  size = 'md',
  label,
  disabled = false,
  act,
  onClose,
  children,
}: {
  title: string;
  size?: MantineSize;
  /** The verb on the button. */
  label: string;
  /** What is filled in cannot be sent as it is. */
  disabled?: boolean;
  act: () => Promise<unknown>;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const { busy, error, submit } = useSubmit(async () => {
    await act();
    onClose();
  });
  return (
    <Modal opened onClose={onClose} title={title} size={size} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <FormError text={error} />
          {children}
          <FormButtons label={label} busy={busy} disabled={disabled} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
