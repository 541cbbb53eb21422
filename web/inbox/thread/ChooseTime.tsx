import { Button, Modal, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toLocalInput } from './moments.ts';

/** A date and time to come, typed or picked. */
export function ChooseTime({
  title,
  onClose,
  onChoose,
}: {
  title: string;
  onClose: () => void;
  onChoose: (at: Date) => void;
}) {
  const { t } = useTranslation('inbox');
  const now = new Date();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const at = new Date(String(new FormData(event.currentTarget).get('at')));
    if (at.getTime() > Date.now()) onChoose(at);
  };
  return (
    <Modal opened onClose={onClose} size="xs" title={title} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form onSubmit={submit}>
        <TextInput
          type="datetime-local"
          name="at"
          label={t('moment.choose')}
          required
          withAsterisk={false}
          defaultValue={toLocalInput(new Date(now.getTime() + 3_600_000))}
          min={toLocalInput(now)}
          data-autofocus
        />
        <Button type="submit" fullWidth mt="md">
          {title}
        </Button>
      </form>
    </Modal>
  );
}
