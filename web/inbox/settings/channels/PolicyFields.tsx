import { Select, SimpleGrid, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../server/channels/schema.ts';
import { duration, useLocale } from '../../../shared/ui/format.ts';
import { useTeams } from '../../me/teams.ts';
import { BotFields, usualThreshold } from '../bot/BotFields.tsx';
import { useStores } from '../stores/queries.ts';

/** What happens with what comes in by a channel: how fast it is answered, by whom, and what the bot may do. */
export interface PolicyValues {
  targetMs: number | null;
  teamId: string | null;
  storeId: string | null;
  botMode: Channel['botMode'];
  botThreshold: number;
}

const minuteMs = 60_000;
const targets = [2, 5, 15, 30, 60, 120, 240, 480, 1440, 2880];

/** What is sensible for a kind before anybody chose. */
export function usualPolicy(kind: Channel['kind']): PolicyValues {
  return {
    targetMs: (kind === 'email' ? 240 : kind === 'telegram' ? 15 : 2) * minuteMs,
    teamId: null,
    storeId: null,
    botMode: kind === 'email' ? 'suggest' : 'away',
    botThreshold: usualThreshold,
  };
}

export function PolicyFields({ values, onChange }: { values: PolicyValues; onChange: (values: PolicyValues) => void }) {
  const { t } = useTranslation('settings');
  const locale = useLocale();
  const teams = useTeams();
  const stores = useStores().data ?? [];
  const set = (change: Partial<PolicyValues>) => onChange({ ...values, ...change });
  const offered = [...new Set([...targets.map((minutes) => minutes * minuteMs), values.targetMs ?? 0])]
    .filter((ms) => ms > 0)
    .sort((a, b) => a - b);
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
        <Select
          label={t('policy.target')}
          value={String(values.targetMs ?? 'none')}
          onChange={(value) => set({ targetMs: value === 'none' ? null : Number(value) })}
          data={[
            { value: 'none', label: t('policy.noTarget') },
            ...offered.map((ms) => ({ value: String(ms), label: duration(ms, locale) })),
          ]}
          allowDeselect={false}
        />
        <Select
          label={t('policy.team')}
          value={values.teamId}
          onChange={(teamId) => set({ teamId })}
          data={teams.map((team) => ({ value: team.id, label: team.name }))}
          placeholder={t('policy.everybody')}
          disabled={teams.length === 0}
          clearable
          clearButtonProps={{ 'aria-label': t('policy.everybody') }}
        />
        <Select
          label={t('policy.store')}
          value={values.storeId}
          onChange={(storeId) => set({ storeId })}
          data={stores.map((store) => ({ value: store.id, label: store.name }))}
          placeholder={t('policy.anyStore')}
          disabled={stores.length === 0}
          clearable
          searchable
          clearButtonProps={{ 'aria-label': t('policy.anyStore') }}
        />
      </SimpleGrid>
      <BotFields values={values} onChange={set} />
    </Stack>
  );
}
