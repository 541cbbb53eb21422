import { Alert, Button, PasswordInput, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { auth } from '../../../shared/api.ts';
import { sayError } from '../../../shared/ui/problem.ts';

/** Changes the password; every other session of the user ends with it. */
export function PasswordForm({ email }: { email: string }) {
  const { t } = useTranslation('settings');
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const show = { 'aria-label': t('common:sign.show') };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await auth('/change-password', { currentPassword: current, newPassword: next, revokeOtherSessions: true });
      setCurrent('');
      setNext('');
      notifications.show({
        message: t('profile.passwordChanged'),
        closeButtonProps: { 'aria-label': t('common:close') },
      });
    } catch (refused) {
      setError(sayError(refused));
    }
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md" maw={420}>
        {error !== null && (
          <Alert color="red" variant="light" role="alert">
            {error}
          </Alert>
        )}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput
          label={t('profile.current')}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={show}
        />
        <PasswordInput
          label={t('common:sign.newPassword')}
          description={t('common:sign.passwordRule')}
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
          autoComplete="new-password"
          minLength={10}
          required
          withAsterisk={false}
          visibilityToggleButtonProps={show}
        />
        <div>
          <Button type="submit" variant="default" loading={busy}>
            {t('profile.changePassword')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
