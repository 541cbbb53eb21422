import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '../page/Badge.tsx';
import { useSubmit } from '../page/useSubmit.ts';

/** The address of a program of the shop's own, and the secret that signs what is sent there. The secret is never read back. */
export function SignedAddressForm({
  words,
  example,
  stored,
  save,
  children,
}: {
  /** Where its words are among those of the settings. */
  words: 'lookups' | 'webhook';
  example: string;
  /** The address as it is kept; null when there is none yet. */
  stored: string | null;
  /** Throws what the server refused. */
  save: (change: { url: string; secret: string }) => Promise<void>;
  /** More buttons beside that which saves. */
  children?: ReactNode;
}) {
  const { t } = useTranslation('settings');
  const [url, setUrl] = useState(stored ?? '');
  const [secret, setSecret] = useState('');
  const { busy, error, errors, submit } = useSubmit(async () => {
    await save({ url: url.trim(), secret });
    setSecret('');
  });
  return (
    <form onSubmit={submit}>
      <Stack gap="md" maw={520}>
        <div>
          <Badge tone={stored === null ? 'plain' : 'green'}>{t(stored === null ? 'lookups.off' : 'lookups.on')}</Badge>
        </div>
        <TextInput
          type="url"
          dir="ltr"
          label={t(`${words}.url`)}
          placeholder={example}
          value={url}
          error={errors.url ?? (errors.secret === undefined ? error : null)}
          required
          withAsterisk={false}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <PasswordInput
          dir="ltr"
          label={t(`${words}.secret`)}
          description={t(`${words}.secretText`)}
          placeholder={stored === null ? '' : t(`${words}.secretAgain`)}
          value={secret}
          error={errors.secret}
          required
          withAsterisk={false}
          minLength={8}
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': t('common:sign.show') }}
          onChange={(event) => setSecret(event.currentTarget.value)}
        />
        <Group>
          <Button type="submit" loading={busy} variant={stored === null ? 'filled' : 'default'}>
            {t('common:save')}
          </Button>
          {children}
        </Group>
      </Stack>
    </form>
  );
}
