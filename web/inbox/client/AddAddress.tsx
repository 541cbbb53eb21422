import { Button, Group, SegmentedControl, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSubmit } from '../page/useSubmit.ts';
import { addAddress } from './queries.ts';

/** A phone or an e-mail address that the client told us. */
export function AddAddress({ clientId }: { clientId: string }) {
  const { t } = useTranslation('inbox');
  const [opened, setOpened] = useState(false);
  if (opened) return <AddressForm clientId={clientId} onClose={() => setOpened(false)} />;
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      color="gray"
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={() => setOpened(true)}
      style={{ alignSelf: 'flex-start' }}
    >
      {t('client.addAddress')}
    </Button>
  );
}

function AddressForm({ clientId, onClose }: { clientId: string; onClose: () => void }) {
  const { t } = useTranslation('inbox');
  const [kind, setKind] = useState<'phone' | 'email'>('phone');
  const [value, setValue] = useState('');
  const { busy, error, submit } = useSubmit(async () => {
    await addAddress(clientId, kind, value.trim());
    onClose();
  });
  return (
    <form onSubmit={submit} aria-label={t('client.addAddress')}>
      <SegmentedControl
        size="xs"
        fullWidth
        mb={6}
        value={kind}
        onChange={(next) => setKind(next === 'email' ? 'email' : 'phone')}
        data={(['phone', 'email'] as const).map((each) => ({ value: each, label: t(`client.kind.${each}`) }))}
        aria-label={t('client.addressKind')}
      />
      <TextInput
        size="xs"
        dir="ltr"
        type={kind === 'phone' ? 'tel' : 'email'}
        placeholder={kind === 'phone' ? '+49 30 1234567' : 'name@mail.example'}
        aria-label={t(`client.kind.${kind}`)}
        value={value}
        error={error}
        required
        autoFocus
        onChange={(event) => setValue(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && onClose()}
      />
      <Group gap={4} mt={6} justify="flex-end">
        <Button size="compact-xs" variant="subtle" color="gray" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button size="compact-xs" type="submit" loading={busy}>
          {t('client.add')}
        </Button>
      </Group>
    </form>
  );
}
