import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { logCall } from './calls.ts';
import { OwedForm } from './OwedForm.tsx';
import { WordsField } from './WordsField.tsx';

/** A call that was made or taken, with what was said. */
export function CallForm({ to, onClose }: { to: { threadId: string } | { clientId: string }; onClose: () => void }) {
  const { t } = useTranslation('inbox');
  const [talked, setTalked] = useState(true);
  const [note, setNote] = useState('');
  return (
    <OwedForm label={t('call.log')} act={() => logCall(to, talked, note)} onClose={onClose}>
      <SegmentedControl
        size="xs"
        aria-label={t('call.title')}
        value={talked ? 'talked' : 'vain'}
        onChange={(value) => setTalked(value === 'talked')}
        data={(['talked', 'vain'] as const).map((value) => ({ value, label: t(`call.${value}`) }))}
      />
      <WordsField autoFocus label={t('call.note')} value={note} onChange={setNote} />
    </OwedForm>
  );
}
