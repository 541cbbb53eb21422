import { Button, PasswordInput, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { auth } from '../../../shared/api.ts';
import { FormError } from '../../page/FormError.tsx';
import { useSubmit } from '../../page/useSubmit.ts';
import { saySaved } from '../saySaved.ts';

/** Changes the password; every other session of the user ends with it. */
export function PasswordForm({ email }: { email: string }) {
  const { t } = useTranslation('settings');
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const show = { 'aria-label': t('common:sign.show') };
  const { busy, error, submit } = useSubmit(async () => {
    await auth('/change-password', { currentPassword: current, newPassword: next, revokeOtherSessions: true });
    setCurrent('');
    setNext('');
    saySaved(t('profile.passwordChanged'));
  });
  return (
    <form onSubmit={submit}>
      <Stack gap="md" maw={420}>
        <FormError text={error} />
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
