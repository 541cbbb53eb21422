import { PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The field `password` of a form that chooses one. */
export function NewPassword({ autoFocus = false }: { autoFocus?: boolean }) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      size="md"
      name="password"
      label={t('sign.newPassword')}
      description={t('sign.passwordRule')}
      autoComplete="new-password"
      minLength={10}
      required
      withAsterisk={false}
      autoFocus={autoFocus}
      visibilityToggleButtonProps={{ 'aria-label': t('sign.show') }}
    />
  );
}
