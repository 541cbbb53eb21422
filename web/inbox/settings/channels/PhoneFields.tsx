import { Input, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../server/channels/schema.ts';
import { CopyCode } from '../../page/CopyCode.tsx';

export interface PhoneValues {
  number: string;
  secret: string;
}

/** A telephone exchange: the shop's number, and the secret that signs what it tells. */
export function PhoneFields({
  values,
  onChange,
  errors,
  channel,
}: {
  values: PhoneValues;
  onChange: (values: PhoneValues) => void;
  errors: Record<string, string>;
  channel: Channel | undefined;
}) {
  const { t } = useTranslation('settings');
  return (
    <Stack gap="md">
      <TextInput
        label={t('phone.number')}
        description={t('phone.numberText')}
        placeholder="+49 30 23125 010"
        type="tel"
        dir="ltr"
        value={values.number}
        onChange={(event) => onChange({ ...values, number: event.currentTarget.value })}
        data-autofocus
        {...(errors.number === undefined ? {} : { error: errors.number })}
      />
      <PasswordInput
        label={t('phone.secret')}
        description={t('phone.secretText')}
        value={values.secret}
        onChange={(event) => onChange({ ...values, secret: event.currentTarget.value.trim() })}
        placeholder={channel === undefined ? '' : t('kept')}
        autoComplete="off"
        dir="ltr"
        minLength={8}
        required={channel === undefined}
        withAsterisk={false}
        visibilityToggleButtonProps={{ 'aria-label': t('common:sign.show') }}
        {...(errors.secret === undefined ? {} : { error: errors.secret })}
      />
      {channel !== undefined && (
        <Input.Wrapper label={t('phone.webhook')} description={t('phone.webhookText')} labelElement="div">
          <CopyCode value={`${window.location.origin}/api/v1/calls/events/${channel.id}`} label={t('phone.webhook')} />
        </Input.Wrapper>
      )}
    </Stack>
  );
}
