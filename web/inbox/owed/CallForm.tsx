import { Button, Group, SegmentedControl, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showError } from '../../shared/ui/problem.ts';
import { logCall } from './calls.ts';
import classes from './Owed.module.css';

/** A call that was made or taken, with what was said. */
export function CallForm({ to, onClose }: { to: { threadId: string } | { clientId: string }; onClose: () => void }) {
  const { t } = useTranslation('inbox');
  const [talked, setTalked] = useState(true);
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await logCall(to, talked, note);
      onClose();
    } catch (error) {
      showError(error);
      setBusy(false);
    }
  };
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <SegmentedControl
        size="xs"
        aria-label={t('call.title')}
        value={talked ? 'talked' : 'vain'}
        onChange={(value) => setTalked(value === 'talked')}
        data={(['talked', 'vain'] as const).map((value) => ({ value, label: t(`call.${value}`) }))}
      />
      <Textarea
        size="xs"
        autosize
        minRows={2}
        maxRows={6}
        dir="auto"
        autoFocus
        label={t('call.note')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group gap={6}>
        <Button type="submit" size="compact-xs" loading={busy}>
          {t('call.log')}
        </Button>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={onClose}>
          {t('common:cancel')}
        </Button>
      </Group>
    </form>
  );
}
