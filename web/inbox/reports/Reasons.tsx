import { SegmentedControl, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReasonReport } from '../../../server/reasons/schema.ts';
import { count, useLocale } from '../../shared/ui/format.ts';
import { Loaded } from '../page/Loaded.tsx';
import page from '../page/Page.module.css';
import { Section } from '../page/Page.tsx';
import { type ReasonGrouping, useReasonReport } from './queries.ts';
import classes from './Reports.module.css';

const groupings: ReasonGrouping[] = ['reason', 'product', 'store', 'user'];

/** "Why do clients come, and why are they unhappy?": the most frequent first, and their trend. */
export function Reasons({ days }: { days: number }) {
  const { t } = useTranslation('reports');
  const [kind, setKind] = useState<'contact' | 'dissatisfaction'>('dissatisfaction');
  const [by, setBy] = useState<ReasonGrouping>('reason');
  const report = useReasonReport(days, kind, by);
  return (
    <Section title={t('reasons.title')} text={t('reasons.text')}>
      <div className={classes.controls}>
        <SegmentedControl
          aria-label={t('reasons.kind')}
          value={kind}
          onChange={(value) => setKind(value as typeof kind)}
          data={(['dissatisfaction', 'contact'] as const).map((value) => ({ value, label: t(`reasons.${value}`) }))}
        />
        <Select
          aria-label={t('by')}
          w={170}
          allowDeselect={false}
          value={by}
          onChange={(value) => setBy(value as ReasonGrouping)}
          data={groupings.map((value) => ({ value, label: t(`reasons.by.${value}`) }))}
        />
      </div>
      <Loaded query={report}>{(data) => <Pareto report={data} days={days} />}</Loaded>
    </Section>
  );
}

function Pareto({ report: { rows, days }, days: period }: { report: ReasonReport; days: number }) {
  const { t } = useTranslation('reports');
  const locale = useLocale();
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  const most = Math.max(1, ...rows.map((row) => row.n));
  const shown = rows.filter((row) => row.n > 0);
  if (shown.length === 0) return <p className={page.sectionText}>{t('reasons.none')}</p>;
  return (
    <>
      <ol className={classes.pareto}>
        {shown.map((row) => (
          <li key={row.key}>
            <bdi>{row.label === 'none' ? t('none_') : row.label}</bdi>
            <span className={classes.share} style={{ width: `${(row.n / most) * 100}%` }} aria-hidden />
            <span className={classes.nums}>
              {t('reasons.line', {
                n: count(row.n, locale),
                upTo: percent.format(row.upTo),
                before: count(row.before, locale),
              })}
            </span>
          </li>
        ))}
      </ol>
      {period > 1 && <Trend days={days} period={period} />}
    </>
  );
}

/** A column a day, also for days on which nobody was told. */
function Trend({ days, period }: { days: ReasonReport['days']; period: number }) {
  const { t } = useTranslation('reports');
  const locale = useLocale();
  const counts = new Map(days.map((day) => [day.day, day.n]));
  const dayMs = 86_400_000;
  const all = Array.from({ length: period }, (_, place) =>
    new Date(Date.now() - (period - 1 - place) * dayMs).toISOString().slice(0, 10),
  );
  const most = Math.max(1, ...counts.values());
  return (
    <div className={classes.columns} style={{ height: 70 }} role="img" aria-label={t('reasons.trend')}>
      {all.map((day) => (
        <div key={day} className={classes.column} title={`${day} · ${count(counts.get(day) ?? 0, locale)}`}>
          <span style={{ height: `${((counts.get(day) ?? 0) / most) * 100}%` }} />
        </div>
      ))}
    </div>
  );
}
