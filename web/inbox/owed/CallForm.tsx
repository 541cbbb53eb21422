import { SegmentedControl, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showError } from '../../shared/ui/problem.ts';
import { useSubmit } from '../page/useSubmit.ts';
import { logCall } from './calls.ts';
import classes from './Owed.module.css';
import { OwedButtons } from './OwedButtons.tsx';

/** A call that was made or taken, with what was said. */
export function CallForm({ to, onClose }: { to: { threadId: string } | { clientId: string }; onClose: () => void }) {
  const { t } = useTranslation('inbox');
  const [talked, setTalked] = useState(true);
  const [note, setNote] = useState('');
  const { busy, submit } = useSubmit(
    async () => {
      await logCall(to, talked, note);
      onClose();
    },
    { onRefused: showError },
  );
  return (
    <form className={classes.form} onSubmit={submit}>
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
      <OwedButtons label={t('call.log')} busy={busy} onCancel={onClose} />
    </form>
  );
}
