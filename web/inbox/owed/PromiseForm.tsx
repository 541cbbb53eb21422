import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PromiseKind } from '../../../server/promises/schema.ts';
import { moments } from '../thread/moments.ts';
import { DueSelect } from './DueSelect.tsx';
import { OwedForm } from './OwedForm.tsx';
import { promise } from './queries.ts';

/** Telling when a product is back is promised where the product is. */
const kinds: PromiseKind[] = ['callBack', 'quote', 'visit', 'hold', 'findOut'];

/** Something promised to the client, so that nobody forgets it. */
export function PromiseForm({ to, onClose }: { to: { threadId: string } | { clientId: string }; onClose: () => void }) {
  const { t } = useTranslation('inbox');
  const [kind, setKind] = useState<PromiseKind>('callBack');
  const [text, setText] = useState('');
  const [due, setDue] = useState<Date | null>(
    () => moments(new Date()).find((moment) => moment.name === 'tomorrow')?.at ?? null,
  );
  const make = () => promise({ ...to, kind, text, ...(due === null ? {} : { dueAt: due.toISOString() }) });
  return (
    <OwedForm label={t('owed.promise')} act={make} onClose={onClose}>
      <Select
        size="xs"
        label={t('owed.promised')}
        data={kinds.map((each) => ({ value: each, label: t(`owed.kind.${each}`) }))}
        value={kind}
        allowDeselect={false}
        onChange={(value) => value !== null && setKind(value)}
      />
      <TextInput
        size="xs"
        label={t('owed.words')}
        autoFocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <DueSelect start="tomorrow" onChange={setDue} />
    </OwedForm>
  );
}
