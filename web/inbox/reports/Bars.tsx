import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResponseTimes } from '../../../server/reports/schema.ts';
import { duration, useLocale } from '../../shared/ui/format.ts';
import { useKeyName } from './keyName.ts';
import classes from './Reports.module.css';

const shownBars = 24;
/** A letter of 13 px takes no more on average. */
const letterPx = 7;

/** Median over p90, a bar a row; every figure is written out too, and the table repeats them for a screen reader. */
export function Bars({ report }: { report: ResponseTimes }) {
  const { t } = useTranslation('reports');
  const locale = useLocale();
  const nameOf = useKeyName(report.by);
  const rows = report.rows.slice(0, shownBars);
  const longest = Math.max(1, ...rows.map((row) => row.p90Ms ?? 0));
  const wordsOf = (row: (typeof rows)[number]) =>
    `${duration(row.medianMs ?? 0, locale)} · ${duration(row.p90Ms ?? 0, locale)}`;
  // Room for the words at the end of the longest bar, in every language and on a phone.
  const room = Math.max(0, ...rows.map((row) => wordsOf(row).length)) * letterPx + 10;
  const width = (ms: number | null) => `calc((100% - ${room}px) * ${(ms ?? 0) / longest})`;
  return (
    <figure aria-label={t('chart')} style={{ margin: 0 }}>
      <figcaption className={classes.legend}>
        <span>
          <span className={classes.swatch} style={{ background: 'var(--p-accent)' }} />
          {t('median')}
        </span>
        <span>
          <span className={classes.swatch} style={{ background: 'var(--p-accent-soft)' }} />
          {t('p90')}
        </span>
      </figcaption>
      <ul className={classes.chart} aria-hidden>
        {rows.map((row) => (
          <li key={row.key} className={classes.bar}>
            <span className="p-ellipsis">
              <bdi>{nameOf(row)}</bdi>
            </span>
            <span className={classes.track}>
              <span className={classes.p90} style={{ width: width(row.p90Ms) }} />
              <span className={classes.median} style={{ width: width(row.medianMs) }} />
              <span className={classes.value} style={{ '--at': width(row.p90Ms) } as CSSProperties}>
                {wordsOf(row)}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </figure>
  );
}
