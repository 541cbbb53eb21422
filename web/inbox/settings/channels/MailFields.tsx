import {
  Anchor,
  Button,
  Checkbox,
  Collapse,
  Group,
  NumberInput,
  PasswordInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type MailValues, portIsWrong, withAddress, withProvider } from './mailForm.ts';
import { type MailServer, presets } from './presets.ts';
import { SigningFields } from './SigningFields.tsx';

/** A mailbox: an address and a password where the provider is known, every detail one click away. */
export function MailFields({
  values,
  onChange,
  errors,
  known,
}: {
  values: MailValues;
  onChange: (values: MailValues) => void;
  errors: Record<string, string>;
  /** It is connected already: secrets are kept, the past is read. */
  known: boolean;
}) {
  const { t } = useTranslation('settings');
  const [more, setMore] = useState(false);
  const set = (change: Partial<MailValues>) => onChange({ ...values, ...change });
  const preset = presets.find((each) => each.name === values.provider);
  const hidden =
    ['imap.host', 'imap.port', 'smtp.host', 'smtp.port', 'imap.user', 'dkim.privateKey', 'dkim.selector'].some(
      (name) => name in errors,
    ) ||
    portIsWrong(values.imap) ||
    portIsWrong(values.smtp);
  const error = (name: string) => (errors[name] === undefined ? {} : { error: errors[name] });
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <TextInput
          label={t('mail.address')}
          type="email"
          value={values.address}
          onChange={(event) => onChange(withAddress(values, event.currentTarget.value))}
          placeholder="service@shop.example"
          autoComplete="off"
          required
          withAsterisk={false}
          data-autofocus
          {...error('address')}
        />
        <TextInput
          label={t('mail.fromName')}
          value={values.fromName}
          onChange={(event) => set({ fromName: event.currentTarget.value })}
          placeholder={t('mail.fromNameExample')}
        />
        <Select
          label={t('mail.provider')}
          value={values.provider}
          onChange={(value) => onChange(withProvider(values, value ?? 'own'))}
          data={[
            ...presets.map((each) => ({ value: each.name, label: each.label })),
            { value: 'own', label: t('mail.own') },
          ]}
          allowDeselect={false}
        />
        {values.by === 'password' ? (
          <PasswordInput
            label={t('mail.password')}
            value={values.password}
            onChange={(event) => set({ password: event.currentTarget.value })}
            autoComplete="new-password"
            placeholder={known ? t('kept') : ''}
            visibilityToggleButtonProps={{ 'aria-label': t('common:sign.show') }}
            {...error('password')}
          />
        ) : (
          <PasswordInput
            label={t('mail.token')}
            value={values.accessToken}
            onChange={(event) => set({ accessToken: event.currentTarget.value })}
            autoComplete="off"
            placeholder={known ? t('kept') : ''}
            visibilityToggleButtonProps={{ 'aria-label': t('common:sign.show') }}
            {...error('accessToken')}
          />
        )}
      </SimpleGrid>
      {preset?.help !== undefined && (
        <Text size="sm" c="dimmed" mt={-4}>
          {t(`mail.help.${preset.help}`, { provider: preset.label })}{' '}
          {preset.helpUrl !== undefined && (
            <Anchor href={preset.helpUrl} target="_blank" rel="noreferrer" size="sm" underline="always">
              {t('mail.helpLink')}
            </Anchor>
          )}
        </Text>
      )}

      <div>
        <Text size="sm" fw={500} mb={4} id="mail-history">
          {t('mail.history')}
        </Text>
        <Group gap="sm" align="flex-start">
          <SegmentedControl
            aria-labelledby="mail-history"
            value={values.history}
            onChange={(value) => set({ history: value as MailValues['history'] })}
            disabled={known}
            data={(['now', 'since', 'all'] as const).map((value) => ({ value, label: t(`mail.histories.${value}`) }))}
          />
          {values.history === 'since' && (
            <TextInput
              type="date"
              aria-label={t('mail.since')}
              value={values.since}
              onChange={(event) => set({ since: event.currentTarget.value })}
              disabled={known}
              required
              {...error('since')}
            />
          )}
        </Group>
        <Text size="sm" c="dimmed" mt={4}>
          {t(`mail.historyText.${values.history}`)}
        </Text>
      </div>

      <div>
        <Button
          variant="subtle"
          size="compact-sm"
          px={4}
          leftSection={
            more || hidden ? (
              <IconChevronDown size={15} aria-hidden />
            ) : (
              <IconChevronRight size={15} className="p-mirror" aria-hidden />
            )
          }
          aria-expanded={more || hidden}
          onClick={() => setMore(!more)}
        >
          {t('mail.more')}
        </Button>
        <Collapse expanded={more || hidden}>
          <Stack gap="md" pt="sm">
            <ServerFields
              name="imap"
              server={values.imap}
              onChange={(imap) => set({ imap })}
              errors={errors}
              insecure={values.allowInsecure}
            />
            <ServerFields
              name="smtp"
              server={values.smtp}
              onChange={(smtp) => set({ smtp })}
              errors={errors}
              insecure={values.allowInsecure}
            />
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
              <TextInput
                label={t('mail.user')}
                description={t('mail.userText')}
                value={values.user}
                onChange={(event) => set({ user: event.currentTarget.value })}
                placeholder={values.address}
                {...error('imap.user')}
              />
              <Select
                label={t('mail.by')}
                description={t('mail.byText')}
                value={values.by}
                onChange={(value) => set({ by: value === 'token' ? 'token' : 'password' })}
                data={[
                  { value: 'password', label: t('mail.password') },
                  { value: 'token', label: t('mail.token') },
                ]}
                allowDeselect={false}
              />
              <TextInput
                label={t('mail.smtpUser')}
                description={t('mail.smtpUserText')}
                value={values.smtpUser}
                onChange={(event) => set({ smtpUser: event.currentTarget.value })}
              />
              {values.smtpUser.trim() !== '' && (
                <PasswordInput
                  label={t('mail.smtpPassword')}
                  description={'\u00a0'}
                  value={values.smtpPassword}
                  onChange={(event) => set({ smtpPassword: event.currentTarget.value })}
                  placeholder={known ? t('kept') : ''}
                  autoComplete="new-password"
                  visibilityToggleButtonProps={{ 'aria-label': t('common:sign.show') }}
                />
              )}
              <TagsInput
                label={t('mail.folders')}
                description={t('mail.foldersText')}
                value={values.folders}
                onChange={(folders) => set({ folders })}
              />
              <TextInput
                label={t('mail.sentFolder')}
                description={t('mail.sentFolderText')}
                value={values.sentFolder}
                onChange={(event) => set({ sentFolder: event.currentTarget.value })}
              />
              <TagsInput
                label={t('mail.aliases')}
                description={t('mail.aliasesText')}
                value={values.aliases}
                onChange={(aliases) => set({ aliases })}
                {...error('aliases')}
              />
              <TextInput
                label={t('mail.authservId')}
                description={t('mail.authservIdText')}
                value={values.authservId}
                onChange={(event) => set({ authservId: event.currentTarget.value })}
                placeholder="mx.shop.example"
                dir="ltr"
                {...error('authservId')}
              />
            </SimpleGrid>
            <Checkbox
              label={t('mail.plus')}
              description={t('mail.plusText')}
              checked={values.plusAddress}
              onChange={(event) => set({ plusAddress: event.currentTarget.checked })}
            />
            <Checkbox
              label={t('mail.insecure')}
              description={t('mail.insecureText')}
              checked={values.allowInsecure}
              onChange={(event) => set({ allowInsecure: event.currentTarget.checked })}
            />
            <Checkbox
              label={t('mail.inboundSmtp')}
              description={t('mail.inboundSmtpText')}
              checked={values.inboundSmtp}
              onChange={(event) => set({ inboundSmtp: event.currentTarget.checked })}
            />
            {values.inboundSmtp && (
              <Stack gap="md" ps={30}>
                <Checkbox
                  label={t('mail.spf')}
                  description={t('mail.spfText')}
                  checked={values.spfRefuses}
                  onChange={(event) => set({ spfRefuses: event.currentTarget.checked })}
                />
                <Checkbox
                  label={t('mail.greylist')}
                  description={t('mail.greylistText')}
                  checked={values.greylist}
                  onChange={(event) => set({ greylist: event.currentTarget.checked })}
                />
              </Stack>
            )}
            <SigningFields values={values} set={set} errors={errors} known={known} />
          </Stack>
        </Collapse>
      </div>
    </Stack>
  );
}

function ServerFields({
  name,
  server,
  onChange,
  errors,
  insecure,
}: {
  name: 'imap' | 'smtp';
  server: MailServer;
  onChange: (server: MailServer) => void;
  errors: Record<string, string>;
  insecure: boolean;
}) {
  const { t } = useTranslation('settings');
  const error = (field: string) => (errors[field] === undefined ? {} : { error: errors[field] });
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
      <TextInput
        label={t(`mail.${name}Host`)}
        value={server.host}
        onChange={(event) => onChange({ ...server, host: event.currentTarget.value })}
        dir="ltr"
        {...error(`${name}.host`)}
      />
      <NumberInput
        label={t(`mail.${name}Port`)}
        value={server.port ?? ''}
        onChange={(port) => onChange({ ...server, port: port === '' ? null : Number(port) })}
        max={65535}
        allowNegative={false}
        allowDecimal={false}
        clampBehavior="strict"
        hideControls
        thousandSeparator=""
        {...(portIsWrong(server) ? { error: t('mail.portRule') } : error(`${name}.port`))}
      />
      <Select
        label={t(`mail.${name}Security`)}
        value={server.secure ? 'tls' : 'starttls'}
        onChange={(value) => onChange({ ...server, secure: value === 'tls' })}
        data={[
          { value: 'tls', label: t('mail.tls') },
          { value: 'starttls', label: t(insecure ? 'mail.starttlsOrNone' : 'mail.starttls') },
        ]}
        allowDeselect={false}
      />
    </SimpleGrid>
  );
}
