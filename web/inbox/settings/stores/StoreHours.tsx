import { useTranslation } from 'react-i18next';
import { count, useLocale } from '../../../shared/ui/format.ts';
import { daysInWords, readHours } from './hours.ts';
import classes from './Stores.module.css';

/** Opening hours as a small table; the text itself where it is more than a plain week. */
export function StoreHours({ hours }: { hours: string }) {
  const { t } = useTranslation('settings');
  const locale = useLocale();
  const lines = readHours(hours);
  if (lines === null)
    return (
      <code dir="ltr" className={classes.raw}>
        {hours}
      </code>
    );
  if (lines.length === 0) return <span className={classes.unknown}>{t('stores.noHours')}</span>;
  return (
    <dl className={classes.hours}>
      {lines.map((line) => (
        <div key={line.days?.join('-') ?? 'holidays'}>
          <dt>{line.days === null ? t('stores.holidays') : daysInWords(line.days, locale)}</dt>
          <dd>
            {line.times.length === 0 ? (
              t('stores.closed')
            ) : (
              <bdi dir="ltr">{digits(line.times.join(', '), locale)}</bdi>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** `10:00-20:00` with the digits of the reader's language. */
function digits(times: string, locale: string): string {
  return times.replace(/\d/g, (digit) => count(Number(digit), locale));
}
