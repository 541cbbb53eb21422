import { useTranslation } from 'react-i18next';
import type { ResponseTimes } from '../../../server/reports/schema.ts';
import { useLocale } from '../../shared/ui/format.ts';

/** What a row is called in the reader's language. */
export function useKeyName(by: ResponseTimes['by']): (row: { key: string; label: string }) => string {
  const { t } = useTranslation('reports');
  const locale = useLocale();
  return ({ key, label }) => {
    if (key === 'none') return t('none_');
    if (by === 'hour') return `${key}:00`;
    if (by === 'weekday') return weekdayName(Number(key), locale, 'long');
    if (by === 'level') return t(`levels.${key}`);
    return label;
  };
}

/** 1 = Monday; 2024 began with one. */
export function weekdayName(weekday: number, locale: string, form: 'long' | 'short'): string {
  return new Intl.DateTimeFormat(locale, { weekday: form, timeZone: 'UTC' }).format(Date.UTC(2024, 0, weekday));
}
