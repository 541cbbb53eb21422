import { ActionIcon, Button, Group, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Absence, NewAbsence } from '../../../server/absence/schema.ts';
import { useColleagues, useMay, useMe } from '../me/queries.ts';
import { FormDialog } from '../page/FormDialog.tsx';
import { toLocalInput } from '../thread/moments.ts';
import classes from './Absence.module.css';
import { planAbsence } from './queries.ts';

const levels = ['key', 'vip', 'usual'] as const;
type Group_ = NewAbsence['groups'][number];

function nextMorning(days: number): string {
  const at = new Date();
  at.setDate(at.getDate() + days);
  at.setHours(9, 0, 0, 0);
  return toLocalInput(at);
}

/** Who goes when, who stands in for which clients, and what they are to know. */
export function AbsenceForm({
  now,
  onDone,
  onClose,
}: {
  /** It begins at once ("ill today"). */
  now: boolean;
  /** Shows what was planned; the dialog closes after it. */
  onDone: (absence: Absence) => Promise<void>;
  onClose: () => void;
}) {
  const { t } = useTranslation('times');
  const me = useMe();
  const may = useMay();
  const people = useColleagues().filter((person) => person.active);
  const [userId, setUserId] = useState(me.id);
  const [reason, setReason] = useState<NewAbsence['reason']>(now ? 'ill' : 'leave');
  const [from, setFrom] = useState(() => nextMorning(1));
  const [until, setUntil] = useState(() => nextMorning(now ? 1 : 8));
  const [substituteId, setSubstituteId] = useState<string | null>(null);
  const [groups, setGroups] = useState<{ level: Group_['level'] | null; substituteId: string | null }[]>([]);
  const [note, setNote] = useState('');
  const others = people
    .filter((person) => person.id !== userId)
    .map((person) => ({ value: person.id, label: person.name }));
  const plan = async () =>
    onDone(
      await planAbsence({
        userId,
        reason,
        note,
        ...(now ? {} : { fromAt: new Date(from).toISOString() }),
        ...(until === '' ? {} : { untilAt: new Date(until).toISOString() }),
        ...(substituteId === null ? {} : { substituteId }),
        groups: groups.flatMap((group) =>
          group.level == null || group.substituteId === null
            ? []
            : [{ level: group.level, substituteId: group.substituteId }],
        ),
      }),
    );
  return (
    <FormDialog
      title={t(now ? 'away.illToday' : 'away.plan')}
      size="lg"
      label={t(now ? 'away.go' : 'away.planIt')}
      act={plan}
      onClose={onClose}
    >
      {may('live.read') && (
        <Select
          label={t('away.who')}
          searchable
          allowDeselect={false}
          data={people.map((person) => ({ value: person.id, label: person.name }))}
          value={userId}
          onChange={(id) => id !== null && setUserId(id)}
        />
      )}
      <SegmentedControl
        aria-label={t('away.reason')}
        value={reason}
        onChange={(value) => setReason(value as NewAbsence['reason'])}
        data={(['leave', 'ill', 'training', 'other'] as const).map((value) => ({
          value,
          label: t(`away.reasons.${value}`),
        }))}
      />
      <Group grow align="start">
        {!now && (
          <TextInput
            type="datetime-local"
            label={t('away.from')}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
            required
            withAsterisk={false}
          />
        )}
        <TextInput
          type="datetime-local"
          label={t('away.until')}
          description={t('away.untilText')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
      </Group>
      <Select
        label={t('away.substitute')}
        description={t('away.substituteText')}
        searchable
        clearable
        data={others}
        value={substituteId}
        onChange={setSubstituteId}
        clearButtonProps={{ 'aria-label': t('away.nobody') }}
        placeholder={t('away.nobody')}
      />
      <fieldset className={classes.groups}>
        <legend>{t('away.groups')}</legend>
        {groups.map((group, index) => {
          const change = (part: Partial<typeof group>) =>
            setGroups(groups.map((other, place) => (place === index ? { ...other, ...part } : other)));
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place in the list
            <Group key={index} gap="xs" mb="xs" wrap="nowrap">
              <Select
                aria-label={t('away.level')}
                placeholder={t('away.level')}
                data={levels.map((level) => ({ value: level, label: t(`inbox:level.${level}`) }))}
                value={group.level}
                onChange={(level) => change({ level })}
              />
              <Select
                aria-label={t('away.groupSubstitute')}
                placeholder={t('away.groupSubstitute')}
                searchable
                data={others}
                value={group.substituteId}
                onChange={(id) => change({ substituteId: id })}
              />
              <ActionIcon
                aria-label={t('away.removeGroup')}
                onClick={() => setGroups(groups.filter((_, place) => place !== index))}
              >
                <IconX size={16} />
              </ActionIcon>
            </Group>
          );
        })}
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => setGroups([...groups, { level: null, substituteId: null }])}
        >
          {t('away.addGroup')}
        </Button>
      </fieldset>
      <Textarea
        label={t('away.note')}
        autosize
        minRows={3}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
