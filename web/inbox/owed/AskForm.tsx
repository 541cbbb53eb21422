import { Checkbox, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showError } from '../../shared/ui/problem.ts';
import { useColleagues, useMe } from '../me/queries.ts';
import { useStoreNames } from '../me/stores.ts';
import { useTeams } from '../me/teams.ts';
import { useSubmit } from '../page/useSubmit.ts';
import { DueSelect } from './DueSelect.tsx';
import classes from './Owed.module.css';
import { OwedButtons } from './OwedButtons.tsx';
import { ask } from './queries.ts';

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
  const { busy, submit } = useSubmit(
    async () => {
      if (to === null || text.trim() === '') return;
      const [kind, id = ''] = to.split(':');
      await ask(threadId, {
        text,
        byMail,
        ...(kind === 'team' ? { toTeamId: id } : kind === 'store' ? { toStoreId: id } : { toUserId: id }),
        ...(due === null ? {} : { dueAt: due.toISOString() }),
      });
      onClose();
    },
    { onRefused: showError },
  );
  return (
    <form className={classes.form} onSubmit={submit}>
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
      <Textarea
        size="xs"
        autosize
        minRows={2}
        maxRows={6}
        required
        withAsterisk={false}
        label={t('owed.question')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <DueSelect clearable onChange={setDue} />
      <Checkbox
        size="xs"
        label={t('owed.byMail')}
        checked={byMail}
        onChange={(event) => setByMail(event.currentTarget.checked)}
      />
      <OwedButtons label={t('owed.ask')} busy={busy} onCancel={onClose} />
    </form>
  );
}
