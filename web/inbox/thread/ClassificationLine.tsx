import { UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconMailBolt } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../server/threads/schema.ts';
import classes from './Message.module.css';

interface Bounced {
  address: string;
  status: string;
  reason: string;
  hard: boolean;
}

/** Names a message that no person wrote: auto-reply, bounce, mailing list …, and what it means. */
export function ClassificationLine({
  message,
  open,
  onToggle,
}: {
  message: Message;
  open: boolean;
  onToggle: () => void;
}) {
  const { t } = useTranslation('inbox');
  const bounces = (message.detail?.bounces as Bounced[] | undefined) ?? [];
  const bad = message.classification === 'bounce' || message.classification === 'quarantined';
  const Icon = bad ? IconAlertTriangle : IconMailBolt;
  return (
    <div className={classes.class} data-bad={bad || undefined}>
      <Icon size={15} aria-hidden />
      <span className={classes.className}>{t(`classification.${message.classification}`)}</span>
      <span>{t(`classification.${message.classification}Text`)}</span>
      {bounces.map((bounce) => (
        <span key={bounce.address}>
          <bdi>{bounce.address}</bdi>: {bounce.reason || bounce.status}
        </span>
      ))}
      <UnstyledButton className={classes.more} aria-expanded={open} onClick={onToggle}>
        {t(open ? 'classification.hide' : 'classification.show')}
      </UnstyledButton>
    </div>
  );
}
