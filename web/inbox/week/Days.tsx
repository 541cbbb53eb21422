import { useTranslation } from 'react-i18next';
import type { PresenceDay } from '../../../server/presence/schema.ts';
import { clockTime, duration, useLocale } from '../../shared/ui/format.ts';
import { Loaded } from '../page/Loaded.tsx';
import page from '../page/Page.module.css';
import { Section } from '../page/Page.tsx';
import { usePresenceDays } from '../presence/queries.ts';
import classes from './Week.module.css';

const halfDayMs = 12 * 60 * 60_000;

/** A person's days beside their shifts: exactly what their supervisor sees. */
export function Days({ user, from, to }: { user: string; from: string; to: string }) {
  const { t } = useTranslation('times');
  // Noon to noon: the person's time zone may be another, and its days are meant.
  const noon = (at: string, ms: number) => new Date(Date.parse(at) + ms).toISOString();
  const days = usePresenceDays(user, noon(from, halfDayMs), noon(to, -halfDayMs));
  return (
    <Section title={t('week.days')} {...(user === 'me' ? { text: t('week.daysText') } : {})}>
      <Loaded query={days}>{(data) => <Table days={data.days} timezone={data.timezone} />}</Loaded>
    </Section>
  );
}

/** Shifts and hours are told in the time zone of the shifts, wherever they are looked at. */
function Table({ days, timezone }: { days: PresenceDay[]; timezone: string }) {
  const { t } = useTranslation('times');
  const locale = useLocale();
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', timeZone: 'UTC' });
  const clock = (at: string) => clockTime(at, locale, timezone);
  // "HH:mm" as the locale writes it.
  const slot = (time: string) => clockTime(`1970-01-01T${time}:00Z`, locale, 'UTC');
  const length = (ms: number) => (ms === 0 ? '–' : duration(ms, locale));
  return (
    <div className={page.tableWrap}>
      <table className={page.table}>
        <thead>
          <tr>
            <th scope="col">{t('week.day')}</th>
            <th scope="col">{t('week.shift')}</th>
            <th scope="col">{t('week.came')}</th>
            <th scope="col" className={page.num}>
              {t('week.late')}
            </th>
            <th scope="col" className={page.num}>
              {t('week.pauses')}
            </th>
            <th scope="col" className={page.num}>
              {t('week.here')}
            </th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.date}>
              <td>{weekday.format(new Date(`${day.date}T00:00:00Z`))}</td>
              <td dir="ltr">
                {day.shift.length === 0
                  ? '–'
                  : day.shift.map(({ from, to }, place) => (
                      <span key={from} className={classes.slot}>
                        {`${slot(from)}–${slot(to)}${place + 1 < day.shift.length ? ',' : ''} `}
                      </span>
                    ))}
              </td>
              <td dir="ltr" className={classes.start}>
                {day.cameAt === null ? '–' : `${clock(day.cameAt)}–${day.leftAt === null ? '' : clock(day.leftAt)}`}
              </td>
              <td className={`${page.num} ${day.lateMs >= 60_000 ? classes.late : ''}`}>{length(day.lateMs)}</td>
              <td className={page.num}>
                {day.pauses === 0 ? '–' : `${length(day.pausesMs)} (${day.pauses.toLocaleString(locale)})`}
              </td>
              <td className={page.num}>{length(day.hereMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
