import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { sayError } from './sayError.ts';

/** A toast for an action that failed. Nothing the user wrote is lost by it. */
export function showError(error: unknown): void {
  notifications.show({
    message: sayError(error),
    color: 'red',
    autoClose: 8000,
    closeButtonProps: { 'aria-label': i18next.t('common:close') },
  });
}
