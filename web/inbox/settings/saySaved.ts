import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

/** Says that it is stored, for forms that stay as they are; `message` where there is more to say than that. */
export function saySaved(message = i18next.t('settings:saved')): void {
  notifications.show({
    message,
    closeButtonProps: { 'aria-label': i18next.t('common:close') },
  });
}
