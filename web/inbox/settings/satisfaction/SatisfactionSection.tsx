import { Button, NumberInput, Select, Stack, Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RatingSettings } from '../../../../server/ratings/schema.ts';
import { useLocale } from '../../../shared/ui/format.ts';
import { showError } from '../../../shared/ui/problem.ts';
import { Loaded } from '../../page/Loaded.tsx';
import { Page, Section } from '../../page/Page.tsx';
import { useSubmit } from '../../page/useSubmit.ts';
import { saySaved } from '../saySaved.ts';
import { saveRatingSettings, useRatingSettings, useReasons } from './queries.ts';
import { ReasonsForm } from './ReasonsForm.tsx';

/** Asking clients how it was, and why they come or are unhappy. */
export function SatisfactionSection() {
  const { t } = useTranslation('settings');
  const settings = useRatingSettings();
  const reasons = useReasons();
  return (
    <Page title={t('sections.satisfaction')} lead={t('satisfaction.lead')}>
      <Section title={t('satisfaction.ask')} text={t('satisfaction.askText')}>
        <Loaded query={settings}>{(value) => <Asking start={value} />}</Loaded>
      </Section>
      <Loaded query={reasons}>
        {(items) => (
          <>
            {(['contact', 'dissatisfaction'] as const).map((kind) => (
              <Section
                key={kind}
                id={kind}
                title={t(`satisfaction.reasons.${kind}`)}
                text={t(`satisfaction.reasonsText.${kind}`)}
              >
                <ReasonsForm
                  key={items.map((item) => item.id).join()}
                  start={items.filter((item) => item.kind === kind)}
                  others={items.filter((item) => item.kind !== kind)}
                  kind={kind}
                />
              </Section>
            ))}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Asking({ start }: { start: RatingSettings }) {
  const { t } = useTranslation('settings');
  const locale = useLocale();
  const [value, setValue] = useState(start);
  const { busy, submit } = useSubmit(
    async () => {
      await saveRatingSettings(value);
      saySaved();
    },
    { onRefused: showError },
  );
  return (
    <form onSubmit={submit}>
      <Stack gap="md" maw={420}>
        <Switch
          label={t('satisfaction.on')}
          checked={value.on}
          onChange={(event) => setValue({ ...value, on: event.currentTarget.checked })}
        />
        {value.on && (
          <>
            <NumberInput
              label={t('satisfaction.everyDays')}
              description={t('satisfaction.everyDaysText')}
              min={0}
              max={365}
              allowDecimal={false}
              value={value.everyDays}
              onChange={(days) => setValue({ ...value, everyDays: Number(days) || 0 })}
            />
            <Select
              label={t('satisfaction.followUp')}
              description={t('satisfaction.followUpText')}
              allowDeselect={false}
              value={String(value.followUpTo)}
              onChange={(score) => setValue({ ...value, followUpTo: Number(score) })}
              data={[0, 1, 2, 3, 4].map((score) => ({
                value: String(score),
                label:
                  score === 0
                    ? t('satisfaction.never')
                    : t('satisfaction.upTo', { score: score.toLocaleString(locale) }),
              }))}
            />
          </>
        )}
        <Button type="submit" loading={busy} style={{ alignSelf: 'start' }}>
          {t('common:save')}
        </Button>
      </Stack>
    </form>
  );
}
