import { Group, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Preferences } from '../../../../server/users/schema.ts';
import { showError } from '../../../shared/ui/problem.ts';
import { editMe, useMe } from '../../me/queries.ts';
import { Page, Section } from '../../page/Page.tsx';
import { saySaved } from '../saySaved.ts';

/** Where what I am told goes besides the app, and when I am left in peace. */
export function AlertsSection() {
  const { t } = useTranslation('settings');
  return (
    <Page title={t('sections.alerts')} lead={t('alerts.lead')}>
      <Ways />
      <Quiet />
    </Page>
  );
}

const save = (preferences: Partial<Preferences>) => void editMe({ preferences }).then(() => saySaved(), showError);

function Ways() {
  const { t } = useTranslation('settings');
  const { email, preferences } = useMe();
  const [telegram, setTelegram] = useState(preferences.alertsToTelegram ?? '');
  const wrong = telegram !== '' && !/^\d{1,20}$/.test(telegram);
  return (
    <Section title={t('alerts.ways')} text={t('alerts.waysText')}>
      <Stack gap="md" maw={460}>
        <Switch
          label={t('alerts.mail', { email })}
          checked={preferences.alertsByMail}
          onChange={(event) => save({ alertsByMail: event.currentTarget.checked })}
        />
        <TextInput
          label={t('alerts.telegram')}
          description={t('alerts.telegramText')}
          inputMode="numeric"
          dir="ltr"
          value={telegram}
          error={wrong ? t('alerts.telegramWrong') : null}
          onChange={(event) => setTelegram(event.currentTarget.value.trim())}
          onBlur={() =>
            !wrong &&
            telegram !== (preferences.alertsToTelegram ?? '') &&
            save({ alertsToTelegram: telegram === '' ? null : telegram })
          }
        />
      </Stack>
    </Section>
  );
}

const usual = { from: '20:00', to: '08:00' };

function Quiet() {
  const { t } = useTranslation('settings');
  const { quietHours } = useMe().preferences;
  const set = (part: { from?: string; to?: string }) => {
    const { timeZone: timezone } = Intl.DateTimeFormat().resolvedOptions();
    save({ quietHours: { ...usual, ...quietHours, ...part, timezone } });
  };
  return (
    <Section title={t('alerts.quiet')} text={t('alerts.quietText')}>
      <Stack gap="md" maw={460}>
        <Switch
          label={t('alerts.quietOn')}
          checked={quietHours !== null}
          onChange={(event) => (event.currentTarget.checked ? set({}) : save({ quietHours: null }))}
        />
        {quietHours !== null && (
          <Group grow>
            {(['from', 'to'] as const).map((end) => (
              <TextInput
                key={end}
                type="time"
                label={t(`alerts.${end}`)}
                defaultValue={quietHours[end]}
                onBlur={(event) => {
                  const { value } = event.currentTarget;
                  if (/^\d\d:\d\d$/.test(value) && value !== quietHours[end]) set({ [end]: value });
                }}
              />
            ))}
          </Group>
        )}
      </Stack>
    </Section>
  );
}
