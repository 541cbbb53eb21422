import { List, PasswordInput, SegmentedControl, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface TelegramValues {
  token: string;
  mode: 'polling' | 'webhook';
}

/** A bot: its token, and how its messages come. */
export function TelegramFields({
  values,
  onChange,
  errors,
  known,
}: {
  values: TelegramValues;
  onChange: (values: TelegramValues) => void;
  errors: Record<string, string>;
  known: boolean;
}) {
  const { t } = useTranslation('settings');
  return (
    <Stack gap="md">
      {!known && (
        <List size="sm" type="ordered" spacing={2}>
          {(['open', 'new', 'copy'] as const).map((step) => (
            <List.Item key={step}>{t(`telegram.steps.${step}`)}</List.Item>
          ))}
        </List>
      )}
      <PasswordInput
        label={t('telegram.token')}
        value={values.token}
        onChange={(event) => onChange({ ...values, token: event.currentTarget.value.trim() })}
        placeholder={known ? t('kept') : '123456789:AA…'}
        autoComplete="off"
        dir="ltr"
        required={!known}
        withAsterisk={false}
        data-autofocus
        visibilityToggleButtonProps={{ 'aria-label': t('common:sign.show') }}
        {...(errors.token === undefined ? {} : { error: errors.token })}
      />
      <div>
        <Text size="sm" fw={500} mb={4} id="telegram-mode">
          {t('telegram.mode')}
        </Text>
        <SegmentedControl
          aria-labelledby="telegram-mode"
          value={values.mode}
          onChange={(mode) => onChange({ ...values, mode: mode as TelegramValues['mode'] })}
          data={(['polling', 'webhook'] as const).map((value) => ({ value, label: t(`telegram.modes.${value}`) }))}
        />
        <Text size="sm" c="dimmed" mt={4}>
          {t(`telegram.modeText.${values.mode}`)}
        </Text>
      </div>
    </Stack>
  );
}
