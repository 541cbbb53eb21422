import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notification } from '../../../server/alerts/schema.ts';
import { Empty } from '../../shared/ui/Empty.tsx';
import { count, useLocale } from '../../shared/ui/format.ts';
import { showError } from '../../shared/ui/problem.ts';
import { ListTime } from '../../shared/ui/Time.tsx';
import classes from './Bell.module.css';
import { sawAlert, sawAllAlerts, useAlerts } from './queries.ts';

/** What one was told (a clock, a promise, a question), counted while it is new. */
export function Bell() {
  const { t } = useTranslation();
  const locale = useLocale();
  const [opened, setOpened] = useState(false);
  const alerts = useAlerts();
  const fresh = alerts.filter((alert) => alert.readAt === null).length;
  const label = fresh === 0 ? t('alerts.open') : `${t('alerts.open')}: ${t('alerts.unread', { count: fresh })}`;
  return (
    <Popover opened={opened} onChange={setOpened} position="right-end" width={340} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={label} position="right" disabled={opened}>
          <ActionIcon size={40} aria-label={label} onClick={() => setOpened(!opened)} className={classes.bell ?? ''}>
            <IconBell size={20} stroke={1.6} />
            {fresh > 0 && (
              <span
                className={classes.count}
                aria-hidden
                data-count={fresh > 9 ? `${count(9, locale)}+` : count(fresh, locale)}
              />
            )}
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('alerts.title')}>
        <section aria-label={t('alerts.title')}>
          <header className={classes.head}>
            <h2>{t('alerts.title')}</h2>
            {fresh > 0 && (
              <Button size="compact-xs" variant="subtle" onClick={() => void sawAllAlerts().catch(showError)}>
                {t('alerts.seen')}
              </Button>
            )}
          </header>
          {alerts.length === 0 ? (
            <Empty icon={<IconBell size={24} />} title={t('alerts.none')} text={t('alerts.noneText')} order={3} />
          ) : (
            <ul className={classes.list}>
              {alerts.map((alert) => (
                <li key={alert.id}>
                  <Line alert={alert} onOpen={() => setOpened(false)} />
                </li>
              ))}
            </ul>
          )}
        </section>
      </Popover.Dropdown>
    </Popover>
  );
}

function Line({ alert, onOpen }: { alert: Notification; onOpen: () => void }) {
  const { t } = useTranslation();
  const detail = alert.data.text ?? alert.data.subject;
  const inside = (
    <>
      <span className={classes.what}>
        <bdi>{t(`alerts.kind.${alert.kind}`, alert.data)}</bdi>
        <ListTime at={alert.createdAt} className={classes.time} />
      </span>
      {typeof detail === 'string' && detail !== '' && (
        <span className={classes.detail} dir="auto">
          {detail}
        </span>
      )}
    </>
  );
  const fresh = alert.readAt === null || undefined;
  const saw = () => {
    onOpen();
    if (fresh) void sawAlert(alert.id).catch(showError);
  };
  return alert.threadId === null ? (
    <button type="button" className={classes.line} data-fresh={fresh} onClick={saw}>
      {inside}
    </button>
  ) : (
    <Link
      to="/t/$threadId"
      params={{ threadId: alert.threadId }}
      className={classes.line}
      data-fresh={fresh}
      onClick={saw}
    >
      {inside}
    </Link>
  );
}
