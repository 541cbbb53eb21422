import { Group, NumberInput, SegmentedControl, Select, SimpleGrid, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewPolicy } from '../../../../server/targets/schema.ts';
import { useTags } from '../../list/queries.ts';
import { useChannels } from '../../me/channels.ts';
import { useTeams } from '../../me/teams.ts';
import { FormDialog } from '../../page/FormDialog.tsx';
import { useStores } from '../stores/queries.ts';
import { DurationField } from './DurationField.tsx';
import { EscalationFields } from './EscalationFields.tsx';
import { savePolicy } from './queries.ts';

const minuteMs = 60_000;

export const emptyPolicy: NewPolicy = {
  name: '',
  position: 0,
  channelKind: null,
  channelId: null,
  level: null,
  teamId: null,
  storeId: null,
  tag: null,
  firstMs: 60 * minuteMs,
  nextMs: 60 * minuteMs,
  resolutionMs: null,
  time: 'working',
  warnShare: 0.8,
  pauseForClient: true,
  escalations: [],
};

/** One target: whom it is for, how long, in which time, and what happens when it is missed. */
export function TargetForm({
  seriesId,
  start,
  onClose,
}: {
  /** Null makes a new one. */
  seriesId: string | null;
  start: NewPolicy;
  onClose: () => void;
}) {
  const { t } = useTranslation('times');
  const [policy, setPolicy] = useState(start);
  const set = (change: Partial<NewPolicy>) => setPolicy({ ...policy, ...change });
  const save = () => savePolicy(seriesId, { ...policy, name: policy.name.trim() });
  const empty = policy.firstMs === null && policy.nextMs === null && policy.resolutionMs === null;
  return (
    <FormDialog
      title={t(seriesId === null ? 'targets.make' : 'targets.edit')}
      size="lg"
      label={t('common:save')}
      disabled={empty}
      act={save}
      onClose={onClose}
    >
      <TextInput
        label={t('targets.name')}
        placeholder={t('targets.nameExample')}
        value={policy.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        required
        withAsterisk={false}
        maxLength={100}
        data-autofocus
      />
      <Conditions policy={policy} set={set} />
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
        <DurationField label={t('targets.first')} value={policy.firstMs} onChange={(firstMs) => set({ firstMs })} />
        <DurationField label={t('targets.next')} value={policy.nextMs} onChange={(nextMs) => set({ nextMs })} />
        <DurationField
          label={t('targets.resolution')}
          value={policy.resolutionMs}
          onChange={(resolutionMs) => set({ resolutionMs })}
        />
      </SimpleGrid>
      <Group gap="lg" align="end">
        <SegmentedControl
          aria-label={t('targets.time')}
          value={policy.time}
          onChange={(time) => set({ time: time as NewPolicy['time'] })}
          data={[
            { value: 'working', label: t('targets.working') },
            { value: 'clock', label: t('targets.clock') },
          ]}
        />
        <NumberInput
          label={t('targets.warnAt')}
          suffix=" %"
          min={1}
          max={100}
          clampBehavior="strict"
          value={Math.round(policy.warnShare * 100)}
          onChange={(value) => Number(value) > 0 && set({ warnShare: Number(value) / 100 })}
          w={150}
        />
      </Group>
      <Switch
        checked={policy.pauseForClient}
        onChange={(event) => set({ pauseForClient: event.currentTarget.checked })}
        label={t('targets.pause')}
        description={t('targets.pauseText')}
      />
      <EscalationFields escalations={policy.escalations} onChange={(escalations) => set({ escalations })} />
    </FormDialog>
  );
}

/** Which waits it is for; what is left open fits all. */
function Conditions({ policy, set }: { policy: NewPolicy; set: (change: Partial<NewPolicy>) => void }) {
  const { t } = useTranslation('times');
  const channels = useChannels();
  const teams = useTeams();
  const stores = useStores().data ?? [];
  const tags = useTags(true);
  const named = (items: { id: string; name: string }[]) => items.map((item) => ({ value: item.id, label: item.name }));
  const any = {
    clearable: true,
    searchable: true,
    placeholder: t('targets.any'),
    clearButtonProps: { 'aria-label': t('targets.any') },
  };
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
      <Select
        {...any}
        label={t('targets.kind')}
        data={(['email', 'telegram', 'chat', 'phone'] as const).map((kind) => ({
          value: kind,
          label: t(`common:channels.${kind}`),
        }))}
        value={policy.channelKind}
        onChange={(channelKind) => set({ channelKind })}
      />
      <Select
        {...any}
        label={t('targets.channel')}
        data={named(channels)}
        value={policy.channelId}
        onChange={(channelId) => set({ channelId })}
      />
      <Select
        {...any}
        label={t('targets.level')}
        data={(['key', 'vip', 'usual'] as const).map((level) => ({ value: level, label: t(`inbox:level.${level}`) }))}
        value={policy.level}
        onChange={(level) => set({ level })}
      />
      <Select
        {...any}
        label={t('targets.store')}
        data={named(stores)}
        value={policy.storeId}
        onChange={(storeId) => set({ storeId })}
      />
      <Select
        {...any}
        label={t('targets.team')}
        data={named(teams)}
        value={policy.teamId}
        onChange={(teamId) => set({ teamId })}
      />
      <Select
        {...any}
        label={t('targets.tag')}
        data={[...new Set([...tags, ...(policy.tag === null ? [] : [policy.tag])])]}
        value={policy.tag}
        onChange={(tag) => set({ tag })}
      />
    </SimpleGrid>
  );
}
