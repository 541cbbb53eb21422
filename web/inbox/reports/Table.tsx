import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ResponseTimes } from '../../../server/reports/schema.ts';
import { count, duration, useLocale } from '../../shared/ui/format.ts';
import page from '../page/Page.module.css';
import { useKeyName } from './keyName.ts';
import classes from './Reports.module.css';

/** Every row of the report; its name opens the threads behind it, and what was late only those. */
export function Table({ report, onKey }: { report: ResponseTimes; onKey: (key: string, late?: true) => void }) {
  const { t } = useTranslation('reports');
  const locale = useLocale();
  const nameOf = useKeyName(report.by);
  const length = (ms: number | null) => (ms === null ? '–' : duration(ms, locale));
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  return (
    <section className={page.tableWrap} style={{ marginBottom: 28 }} aria-label={t('table')}>
      <table className={`${page.table} ${classes.sticky}`}>
        <thead>
          <tr>
            <th scope="col">{t(`byWhat.${report.by}`)}</th>
            <th scope="col" className={page.num}>
              {t('answers')}
            </th>
            <th scope="col" className={page.num}>
              {t('median')}
            </th>
            <th scope="col" className={page.num}>
              {t('earlier')}
            </th>
            <th scope="col" className={page.num}>
              {t('p90')}
            </th>
            <th scope="col" className={page.num}>
              {t('within')}
            </th>
            <th scope="col" className={page.num}>
              {t('late')}
            </th>
            <th scope="col" className={page.num}>
              {t('lateBy')}
            </th>
          </tr>
        </thead>
        <tbody>
          {report.rows.map((row) => (
            <tr key={row.key}>
              <td>
                <UnstyledButton className={classes.rowButton} onClick={() => onKey(row.key)}>
                  <bdi>{nameOf(row)}</bdi>
                </UnstyledButton>
              </td>
              <td className={page.num}>{count(row.n, locale)}</td>
              <td className={page.num}>{length(row.medianMs)}</td>
              <td className={page.num}>{length(row.before?.medianMs ?? null)}</td>
              <td className={page.num}>{length(row.p90Ms)}</td>
              <td className={page.num}>{row.withinTarget === null ? '–' : percent.format(row.withinTarget)}</td>
              <td className={`${page.num} ${row.late > 0 ? classes.late : ''}`}>
                {row.late === 0 ? (
                  count(0, locale)
                ) : (
                  <UnstyledButton
                    className={classes.rowButton}
                    aria-label={`${nameOf(row)}, ${t('late')}: ${count(row.late, locale)}`}
                    onClick={() => onKey(row.key, true)}
                  >
                    {count(row.late, locale)}
                  </UnstyledButton>
                )}
              </td>
              <td className={page.num}>{length(row.lateMsMedian)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
