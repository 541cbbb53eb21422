import { useTranslation } from 'react-i18next';
import type { Volume } from '../../../server/reports/schema.ts';
import { count, useLocale } from '../../shared/ui/format.ts';
import page from '../page/Page.module.css';
import classes from './Reports.module.css';

/** How many clients waited as each day ended, and what came and went; the table says it in figures. */
export function Backlog({ days }: { days: Volume['days'] }) {
  const { t } = useTranslation('reports');
  const locale = useLocale();
  const most = Math.max(1, ...days.map((day) => day.waitingAtEnd));
  const short = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const dayOf = (day: string) => short.format(Date.parse(day));
  const first = days[0];
  const last = days.at(-1);
  return (
    <>
      <div className={classes.columns} role="img" aria-label={t('backlog.title')}>
        {days.map((day) => (
          <div
            key={day.day}
            className={classes.column}
            title={`${dayOf(day.day)} · ${t('backlog.waiting', { n: count(day.waitingAtEnd, locale) })}`}
          >
            <span style={{ height: `${(day.waitingAtEnd / most) * 100}%` }} />
          </div>
        ))}
      </div>
      <div className={classes.axis} aria-hidden>
        <span>{first === undefined ? '' : dayOf(first.day)}</span>
        <span>{t('backlog.most', { n: count(most, locale) })}</span>
        <span>{last === undefined ? '' : dayOf(last.day)}</span>
      </div>
      <details className={classes.counted}>
        <summary>{t('table')}</summary>
        <section className={page.tableWrap} aria-label={`${t('backlog.title')} ${t('table')}`}>
          <table className={page.table}>
            <thead>
              <tr>
                <th scope="col">{t('backlog.day')}</th>
                {(['received', 'answered', 'byBot', 'opened', 'closed', 'waitingAtEnd'] as const).map((what) => (
                  <th key={what} scope="col" className={page.num}>
                    {t(what === 'waitingAtEnd' ? 'backlog.end' : `work.${what}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {days.toReversed().map((day) => (
                <tr key={day.day}>
                  <th scope="row">{dayOf(day.day)}</th>
                  {[day.received, day.answered, day.byBot, day.opened, day.closed, day.waitingAtEnd].map((n, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                    <td key={place} className={page.num}>
                      {count(n, locale)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </>
  );
}
