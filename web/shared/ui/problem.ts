import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { ApiError } from '../api.ts';

/** What an error says to its reader: what happened and what to do, in the reader's language where the code is known. */
export function sayError(error: unknown): string {
  if (!(error instanceof ApiError)) return i18next.t('common:errors.unexpected');
  const key = `common:errors.${error.code}`;
  const known = i18next.exists(key) ? i18next.t(key, { seconds: error.retryAfterS ?? 60 }) : error.message;
  const details = error.errors.map((each) => each.message).join(' · ');
  return details === '' || details === known ? known : `${known} ${details}`;
}

/** A toast for an action that failed. Nothing the user wrote is lost by it. */
export function showError(error: unknown): void {
  notifications.show({
    message: sayError(error),
    color: 'red',
    autoClose: 8000,
    closeButtonProps: { 'aria-label': i18next.t('common:close') },
  });
}
