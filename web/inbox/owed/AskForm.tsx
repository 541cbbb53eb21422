import { Checkbox, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useColleagues, useMe } from '../me/queries.ts';
import { useStoreNames } from '../me/stores.ts';
import { useTeams } from '../me/teams.ts';
import { DueSelect } from './DueSelect.tsx';
import { OwedForm } from './OwedForm.tsx';
import { ask } from './queries.ts';
import { WordsField } from './WordsField.tsx';

/** A question to a colleague, a team or a store, with its own clock; the client's goes on. */
export function AskForm({ threadId, onClose }: { threadId: string; onClose: () => void }) {
  const { t } = useTranslation('inbox');
  const me = useMe();
  const colleagues = useColleagues().filter((colleague) => colleague.active && colleague.id !== me.id);
  const teams = useTeams();
  const stores = useStoreNames();
  const [to, setTo] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [due, setDue] = useState<Date | null>(null);
  const [byMail, setByMail] = useState(false);
  const send = async () => {
    const [kind, id = ''] = (to ?? '').split(':');
    await ask(threadId, {
      text,
      byMail,
      ...(kind === 'team' ? { toTeamId: id } : kind === 'store' ? { toStoreId: id } : { toUserId: id }),
      ...(due === null ? {} : { dueAt: due.toISOString() }),
    });
  };
  return (
    <OwedForm label={t('owed.ask')} disabled={to === null || text.trim() === ''} act={send} onClose={onClose}>
      <Select
        size="xs"
        label={t('owed.whom')}
        searchable
        required
        withAsterisk={false}
        data={[
          ...(teams.length === 0
            ? []
            : [
                {
                  group: t('thread.teams'),
                  items: teams.map(({ id, name }) => ({ value: `team:${id}`, label: name })),
                },
              ]),
          {
            group: t('owed.colleagues'),
            items: colleagues.map(({ id, name }) => ({ value: `user:${id}`, label: name })),
          },
          ...(stores.length === 0
            ? []
            : [
                {
                  group: t('owed.stores'),
                  items: stores.map(({ id, name }) => ({ value: `store:${id}`, label: name })),
                },
              ]),
        ]}
        value={to}
        onChange={setTo}
      />
      <WordsField required label={t('owed.question')} value={text} onChange={setText} />
      <DueSelect clearable onChange={setDue} />
      <Checkbox
        size="xs"
        label={t('owed.byMail')}
        checked={byMail}
        onChange={(event) => setByMail(event.currentTarget.checked)}
      />
    </OwedForm>
  );
}
