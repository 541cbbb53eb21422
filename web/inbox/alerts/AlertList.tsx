import { Button } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Notification } from '../../../server/alerts/schema.ts';
import { Empty } from '../../shared/ui/Empty.tsx';
import { showError } from '../../shared/ui/problem.ts';
import { ListTime } from '../../shared/ui/Time.tsx';
import { useMay } from '../me/queries.ts';
import classes from './Bell.module.css';
import { sawAlert, sawAllAlerts, useAlerts, useFreshAlerts } from './queries.ts';

/** What one was told, newest first; opening a line marks it as read. */
export function AlertList({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation();
  const alerts = useAlerts();
  const fresh = useFreshAlerts();
  return (
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
              <Line alert={alert} onOpen={onOpen} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Line({ alert, onOpen }: { alert: Notification; onOpen: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const detail = alert.data.text ?? alert.data.subject;
  const inside = (
    <>
      <span className={classes.what}>
        <span className={classes.words}>{t(`alerts.kind.${alert.kind}`, isolated(alert.data))}</span>
        <ListTime at={alert.createdAt} className={classes.time} />
      </span>
      {typeof detail === 'string' && detail !== '' && (
        <span className={`${classes.detail} p-line`} dir="auto">
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
  if (typeof alert.data.absenceId === 'string')
    return (
      <Link
        to="/absences/$absenceId"
        params={{ absenceId: alert.data.absenceId }}
        className={classes.line}
        data-fresh={fresh}
        onClick={saw}
      >
        {inside}
      </Link>
    );
  // Whoever is asked may answer, also where the thread is not theirs to open.
  if (alert.kind === 'requestAsked' && !may('threads.readAll'))
    return (
      <Link to="/questions" className={classes.line} data-fresh={fresh} onClick={saw}>
        {inside}
      </Link>
    );
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

/** Names keep their own direction inside a sentence of another one (Unicode isolates). */
function isolated(data: Notification['data']): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, typeof value === 'string' ? `\u2068${value}\u2069` : value]),
  );
}
