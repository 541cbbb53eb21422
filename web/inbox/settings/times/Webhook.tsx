import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, put, remove } from '../../../shared/api.ts';
import { sayError, showError } from '../../../shared/ui/problem.ts';
import { Badge } from '../../page/Badge.tsx';
import { fieldErrors } from '../../page/fieldErrors.ts';
import { Loaded } from '../../page/Loaded.tsx';
import { Section } from '../../page/Page.tsx';
import { queryClient } from '../../queryClient.ts';
import { saySaved } from '../saySaved.ts';

interface Stored {
  webhook: { url: string } | null;
}

/** The program of ours that escalations call. */
export function Webhook() {
  const { t } = useTranslation('settings');
  const webhook = useQuery({
    queryKey: ['webhook'],
    queryFn: ({ signal }) => get<Stored>('/webhook', undefined, signal),
  });
  return (
    <Section title={t('webhook.title')} text={t('webhook.text')}>
      <Loaded query={webhook}>
        {({ webhook: stored }) => <Form key={stored?.url} stored={stored?.url ?? null} />}
      </Loaded>
    </Section>
  );
}

function Form({ stored }: { stored: string | null }) {
  const { t } = useTranslation('settings');
  const [url, setUrl] = useState(stored ?? '');
  const [secret, setSecret] = useState('');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const again = () => queryClient.invalidateQueries({ queryKey: ['webhook'] });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setErrors({});
    try {
      await put('/webhook', { url: url.trim(), secret });
      setSecret('');
      await again();
      saySaved();
    } catch (error) {
      const known = fieldErrors(error, (path) => (path === 'url' || path === 'secret' ? path : undefined));
      setErrors(Object.keys(known).length > 0 ? known : { url: sayError(error) });
    } finally {
      setBusy(false);
    }
  };
  const drop = () => void remove('/webhook').then(again).then(saySaved, showError);
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md" maw={520}>
        <div>
          <Badge tone={stored === null ? 'plain' : 'green'}>{t(stored === null ? 'lookups.off' : 'lookups.on')}</Badge>
        </div>
        <TextInput
          type="url"
          dir="ltr"
          label={t('webhook.url')}
          placeholder="https://shop.example/late"
          value={url}
          error={errors.url}
          required
          withAsterisk={false}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <PasswordInput
          dir="ltr"
          label={t('webhook.secret')}
          description={t('webhook.secretText')}
          placeholder={stored === null ? '' : t('webhook.secretAgain')}
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
          {stored !== null && (
            <Button variant="subtle" color="red" onClick={drop}>
              {t('webhook.drop')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
