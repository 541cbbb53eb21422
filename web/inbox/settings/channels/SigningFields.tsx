import { Checkbox, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyCode } from '../../page/CopyCode.tsx';
import type { MailValues } from './mailForm.ts';

/** Signing of outgoing letters (DKIM): on or off, the key, and what to publish so that receivers can check it. */
export function SigningFields({
  values,
  set,
  errors,
  known,
}: {
  values: MailValues;
  set: (change: Partial<MailValues>) => void;
  errors: Record<string, string>;
  /** It is connected already; its key is kept. */
  known: boolean;
}) {
  const { t } = useTranslation('settings');
  const record = values.dkimRecord;
  const error = (name: string) => (errors[name] === undefined ? {} : { error: errors[name] });
  return (
    <>
      <Checkbox
        label={t('mail.dkim')}
        description={t('mail.dkimText')}
        checked={values.dkim}
        onChange={(event) => set({ dkim: event.currentTarget.checked })}
      />
      {values.dkim && (
        <Stack gap="md" ps={30}>
          <TextInput
            label={t('mail.dkimSelector')}
            description={t('mail.dkimSelectorText')}
            value={values.dkimSelector}
            onChange={(event) => set({ dkimSelector: event.currentTarget.value })}
            dir="ltr"
            {...error('dkim.selector')}
          />
          <Textarea
            label={t('mail.dkimKey')}
            description={t('mail.dkimKeyText')}
            value={values.dkimKey}
            onChange={(event) => set({ dkimKey: event.currentTarget.value })}
            placeholder={known && record !== null ? t('kept') : '-----BEGIN PRIVATE KEY-----'}
            autosize
            minRows={2}
            maxRows={8}
            dir="ltr"
            spellCheck={false}
            autoComplete="off"
            {...error('dkim.privateKey')}
          />
          {record === null ? (
            <Text size="sm" c="dimmed">
              {t('mail.dkimLater')}
            </Text>
          ) : (
            <Stack gap={6}>
              <Text size="sm">{t('mail.dkimRecord')}</Text>
              <CopyCode value={record.name} label={t('mail.dkimName')} />
              <CopyCode value={record.value} label={t('mail.dkimValue')} />
            </Stack>
          )}
        </Stack>
      )}
    </>
  );
}
