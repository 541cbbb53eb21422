import { Button } from '@mantine/core';
import {
  IconAlertCircleFilled,
  IconCalendarTime,
  IconCheck,
  IconChecks,
  IconClock,
  IconRefreshAlert,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../server/threads/schema.ts';
import { ago, exactTime, shortDateTime, useLocale, useNow } from '../../shared/ui/format.ts';
import { retryDelivery } from './actions.ts';
import classes from './Message.module.css';
import { UNDO_MAX_MS, undoSend } from './undoSend.ts';

/** What became of an outgoing message: a clock, a tick, two ticks, or what went wrong and what to do. */
export function DeliveryMark({ message }: { message: Message }) {
  const { t } = useTranslation('inbox');
  const locale = useLocale();
  const now = useNow();
  const { delivery } = message;
  if (delivery === null) return null;
  const { state } = delivery;
  if (state === 'failed')
    return (
      <span className={classes.mark} data-bad role="alert">
        <IconAlertCircleFilled size={15} aria-hidden />
        {t('delivery.failed')}
        {delivery.error !== null && <span dir="auto">{delivery.error}</span>}
        <Button size="compact-xs" variant="light" color="red" onClick={() => void retryDelivery(message.id)}>
          {t('common:retry')}
        </Button>
      </span>
    );
  const scheduled = state === 'pending' && Date.parse(delivery.dueAt) - Date.parse(message.receivedAt) > UNDO_MAX_MS;
  if (scheduled)
    return (
      <span className={classes.mark}>
        <IconCalendarTime size={15} aria-hidden />
        {t('delivery.scheduled', { at: shortDateTime(delivery.dueAt, locale) })}
        <Button size="compact-xs" variant="subtle" onClick={() => void undoSend(message)}>
          {t('delivery.unschedule')}
        </Button>
      </span>
    );
  if (state === 'retry')
    return (
      <span className={classes.mark}>
        <IconRefreshAlert size={15} aria-hidden />
        {t('delivery.retry', { when: ago(delivery.dueAt, locale, now) })}
        {delivery.error !== null && <span dir="auto">{delivery.error}</span>}
      </span>
    );
  const Icon = state === 'read' || state === 'delivered' ? IconChecks : state === 'sent' ? IconCheck : IconClock;
  const name = t(`delivery.${state}`);
  return (
    <span
      className={classes.mark}
      data-good={state === 'read' || undefined}
      title={`${name} · ${exactTime(message.sentAt, locale)}`}
    >
      <Icon size={15} role="img" aria-label={name} />
      {delivery.repeated && <span>{t('delivery.repeated')}</span>}
      {delivery.error !== null && <span dir="auto">{delivery.error}</span>}
    </span>
  );
}
