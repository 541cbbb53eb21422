import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Volume } from '../../../server/reports/schema.ts';
import { count, useLocale } from '../../shared/ui/format.ts';
import { weekdayName } from './keyName.ts';
import classes from './Reports.module.css';

const hours = Array.from({ length: 24 }, (_, hour) => hour);
const weekdays = [1, 2, 3, 4, 5, 6, 7];

/** When clients write: a row a weekday, a cell an hour, darker for more. */
export function Heat({ volume }: { volume: Volume }) {
  const { t } = useTranslation('reports');
  const locale = useLocale();
  const most = Math.max(1, ...volume.heat.map((cell) => cell.n));
  const at = (weekday: number, hour: number) =>
    volume.heat.find((cell) => cell.weekday === weekday && cell.hour === hour)?.n ?? 0;
  return (
    <div className={classes.heat} role="img" aria-label={t('when')}>
      <span />
      {hours.map((hour) => (
        <span key={hour} className={classes.hour}>
          {hour % 3 === 0 ? hour : ''}
        </span>
      ))}
      {weekdays.map((weekday) => (
        <Fragment key={weekday}>
          <span>{weekdayName(weekday, locale, 'short')}</span>
          {hours.map((hour) => (
            <span
              key={hour}
              className={classes.cell}
              style={{ '--share': at(weekday, hour) / most } as React.CSSProperties}
              title={`${weekdayName(weekday, locale, 'long')} ${hour}:00 · ${count(at(weekday, hour), locale)}`}
            />
          ))}
        </Fragment>
      ))}
    </div>
  );
}
