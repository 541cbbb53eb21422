import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../server/channels/schema.ts';

type Values = Pick<Channel, 'botMode' | 'botThreshold'>;

/** How sure the bot must be before it answers by itself, 0..1, in three words. */
const thresholds = { bold: 0.45, even: 0.6, careful: 0.8 } as const;
export const usualThreshold = thresholds.even;

/** What the bot may do in a channel, and how sure it must be. */
export function BotFields({
  label,
  values,
  onChange,
}: {
  /** "The bot" unless the place says it already. */
  label?: string;
  values: Values;
  onChange: (change: Partial<Values>) => void;
}) {
  const { t } = useTranslation('settings');
  const id = useId();
  const answers = values.botMode === 'away' || values.botMode === 'first';
  const level = values.botThreshold < 0.53 ? 'bold' : values.botThreshold < 0.7 ? 'even' : 'careful';
  return (
    <Stack gap="md">
      <div>
        <Text size="sm" fw={500} mb={4} id={`${id}-mode`}>
          {label ?? t('policy.bot')}
        </Text>
        <SegmentedControl
          aria-labelledby={`${id}-mode`}
          value={values.botMode}
          onChange={(botMode) => onChange({ botMode: botMode as Channel['botMode'] })}
          data={(['off', 'suggest', 'away', 'first'] as const).map((value) => ({
            value,
            label: t(`policy.bots.${value}`),
          }))}
          fullWidth
        />
        <Text size="sm" c="dimmed" mt={4}>
          {t(`policy.botText.${values.botMode}`)}
        </Text>
      </div>
      {answers && (
        <div>
          <Text size="sm" fw={500} mb={4} id={`${id}-sure`}>
            {t('policy.sure')}
          </Text>
          <SegmentedControl
            aria-labelledby={`${id}-sure`}
            value={level}
            onChange={(value) => onChange({ botThreshold: thresholds[value as keyof typeof thresholds] })}
            data={(['bold', 'even', 'careful'] as const).map((value) => ({
              value,
              label: t(`policy.levels.${value}`),
            }))}
          />
          <Text size="sm" c="dimmed" mt={4}>
            {t(`policy.levelText.${level}`)}
          </Text>
        </div>
      )}
    </Stack>
  );
}
