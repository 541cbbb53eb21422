import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sayError } from '../../../shared/ui/problem.ts';
import { Badge } from '../../page/Badge.tsx';
import { fieldErrors } from '../../page/fieldErrors.ts';
import { Loaded } from '../../page/Loaded.tsx';
import { Page, Section } from '../../page/Page.tsx';
import { type LookupKind, lookupKinds, saveLookup, useLookups } from './queries.ts';

/** Where Parley asks the store's own systems about an order, a repair or a purchase. */
export function LookupsSection() {
  const { t } = useTranslation('settings');
  const lookups = useLookups();
  return (
    <Page title={t('sections.lookups')} lead={t('lookups.lead')}>
      <Loaded query={lookups}>
        {(items) =>
          lookupKinds.map((kind) => (
            <Section key={kind} title={t(`lookups.kind.${kind}`)} text={t(`lookups.text.${kind}`)}>
              <LookupForm kind={kind} stored={items.find((each) => each.kind === kind)?.url ?? null} />
            </Section>
          ))
        }
      </Loaded>
    </Page>
  );
}

function LookupForm({ kind, stored }: { kind: LookupKind; stored: string | null }) {
  const { t } = useTranslation('settings');
  const [url, setUrl] = useState(stored ?? '');
  const [secret, setSecret] = useState('');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setErrors({});
    try {
      await saveLookup(kind, { url: url.trim(), secret });
      setSecret('');
      notifications.show({
        message: t('lookups.saved'),
        closeButtonProps: { 'aria-label': t('common:close') },
      });
    } catch (error) {
      const known = fieldErrors(error, (path) => (path === 'url' || path === 'secret' ? path : undefined));
      setErrors(Object.keys(known).length > 0 ? known : { url: sayError(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md" maw={520}>
        <div>
          <Badge tone={stored === null ? 'plain' : 'green'}>{t(stored === null ? 'lookups.off' : 'lookups.on')}</Badge>
        </div>
        <TextInput
          type="url"
          dir="ltr"
          label={t('lookups.url')}
          placeholder="https://erp.example/parley"
          value={url}
          error={errors.url}
          required
          withAsterisk={false}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <PasswordInput
          dir="ltr"
          label={t('lookups.secret')}
          description={t('lookups.secretText')}
          placeholder={stored === null ? '' : t('lookups.secretAgain')}
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
        </Group>
      </Stack>
    </form>
  );
}
