import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

/** Says that it is stored, for forms that stay as they are. */
export function saySaved(): void {
  notifications.show({
    message: i18next.t('settings:saved'),
    closeButtonProps: { 'aria-label': i18next.t('common:close') },
  });
}
