import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get, put, remove } from '../../../shared/api.ts';
import { showError } from '../../../shared/ui/problem.ts';
import { Loaded } from '../../page/Loaded.tsx';
import { Section } from '../../page/Page.tsx';
import { useSubmit } from '../../page/useSubmit.ts';
import { queryClient } from '../../queryClient.ts';
import { SignedAddressForm } from '../SignedAddressForm.tsx';
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
        {({ webhook: stored }) => (
          <SignedAddressForm
            key={stored?.url}
            words="webhook"
            example="https://shop.example/late"
            stored={stored?.url ?? null}
            save={async (change) => {
              await put('/webhook', change);
              await changed();
            }}
          >
            {stored !== null && <Drop />}
          </SignedAddressForm>
        )}
      </Loaded>
    </Section>
  );
}

function Drop() {
  const { t } = useTranslation('settings');
  const { busy, submit } = useSubmit(
    async () => {
      await remove('/webhook');
      await changed();
    },
    { onRefused: showError },
  );
  return (
    <Button variant="subtle" color="red" loading={busy} onClick={() => submit()}>
      {t('webhook.drop')}
    </Button>
  );
}

async function changed(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['webhook'] });
  saySaved();
}
