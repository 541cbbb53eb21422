import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Invitation, User } from '../../../../server/users/schema.ts';
import { sayError } from '../../../shared/ui/problem.ts';
import { CopyCode } from '../../page/CopyCode.tsx';
import { makeInvitation } from '../queries.ts';
import { RoleFields } from './RoleFields.tsx';

/** Invites somebody. The link is shown once, here; it is mailed as well when a mailbox can send. */
export function InviteUser({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('settings');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<User['role']>('manager');
  const [storeIds, setStoreIds] = useState<string[]>([]);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState<(Invitation & { mailed: boolean }) | null>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      setMade(await makeInvitation({ name: name.trim(), email: email.trim(), role, storeIds }));
    } catch (refused) {
      setError(sayError(refused));
    }
    setBusy(false);
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={t(made === null ? 'users.invite' : 'users.linkTitle')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {made === null ? (
        <form onSubmit={(event) => void submit(event)}>
          <Stack gap="md">
            {error !== null && (
              <Alert color="red" variant="light" role="alert">
                {error}
              </Alert>
            )}
            <TextInput
              label={t('users.name')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              required
              withAsterisk={false}
              maxLength={200}
              data-autofocus
            />
            <TextInput
              label={t('users.email')}
              type="email"
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
              required
              withAsterisk={false}
            />
            <RoleFields role={role} storeIds={storeIds} onRole={setRole} onStores={setStoreIds} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('common:cancel')}
              </Button>
              <Button type="submit" loading={busy}>
                {t('users.make')}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <Stack gap="md">
          <Text size="sm">
            {t(made.mailed ? 'users.mailed' : 'users.notMailed', { name: made.name, email: made.email ?? '' })}
          </Text>
          <CopyCode value={made.link ?? ''} label={t('users.link')} />
          <Text size="sm" c="dimmed">
            {t('users.once')}
          </Text>
          <Group justify="flex-end">
            <Button onClick={onClose}>{t('users.doneInviting')}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
