import { SegmentedControl, Select, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReasonReport } from '../../../server/reasons/schema.ts';
import { count, useLocale } from '../../shared/ui/format.ts';
import { Loaded } from '../page/Loaded.tsx';
import page from '../page/Page.module.css';
import { Section } from '../page/Page.tsx';
import { Behind } from './Behind.tsx';
import { Files } from './Files.tsx';
import { type ReasonGrouping, useReasonReport } from './queries.ts';
import classes from './Reports.module.css';
import { type Asked, filtersOf, fromOf } from './search.ts';

const groupings: ReasonGrouping[] = ['reason', 'product', 'store', 'user'];

/** "Why do clients come, and why are they unhappy?": the most frequent first, and their trend. */
export function Reasons({ asked }: { asked: Asked }) {
  const { t } = useTranslation('reports');
  const [kind, setKind] = useState<'contact' | 'dissatisfaction'>('dissatisfaction');
  const [by, setBy] = useState<ReasonGrouping>('reason');
  const [behind, setBehind] = useState<{ key: string; label: string } | null>(null);
  const report = useReasonReport(asked, kind, by);
  return (
    <Section title={t('reasons.title')} text={t('reasons.text')}>
      <div className={classes.controls}>
        <SegmentedControl
          aria-label={t('reasons.kind')}
          value={kind}
          onChange={(value) => {
            setKind(value as typeof kind);
            setBehind(null);
          }}
          data={(['dissatisfaction', 'contact'] as const).map((value) => ({ value, label: t(`reasons.${value}`) }))}
        />
        <Select
          aria-label={t('by')}
          w={170}
          allowDeselect={false}
          value={by}
          onChange={(value) => {
            setBy(value as ReasonGrouping);
            setBehind(null);
          }}
          data={groupings.map((value) => ({ value, label: t(`reasons.by.${value}`) }))}
        />
        <Files path="/reports/reasons" asked={asked} more={{ kind, by }} />
      </div>
      <Loaded query={report}>{(data) => <Pareto report={data} period={asked.days} onKey={setBehind} />}</Loaded>
      {behind !== null && (
        <Behind
          title={behind.label}
          path="/reports/reasons/threads"
          question={{ from: fromOf(asked.days, new Date()), kind, by, key: behind.key, ...filtersOf(asked) }}
          onClose={() => setBehind(null)}
        />
      )}
    </Section>
  );
}

function Pareto({
  report: { rows, days },
  period,
  onKey,
}: {
  report: ReasonReport;
  period: number;
  onKey: (row: { key: string; label: string }) => void;
}) {
  const { t } = useTranslation('reports');
  const locale = useLocale();
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  const most = Math.max(1, ...rows.map((row) => row.n));
  const shown = rows.filter((row) => row.n > 0);
  const nameOf = (label: string) => (label === 'none' ? t('none_') : label);
  if (shown.length === 0) return <p className={page.sectionText}>{t('reasons.none')}</p>;
  return (
    <>
      <ol className={classes.pareto}>
        {shown.map((row) => (
          <li key={row.key}>
            <UnstyledButton
              className={classes.rowButton}
              onClick={() => onKey({ key: row.key, label: nameOf(row.label) })}
            >
              <bdi>{nameOf(row.label)}</bdi>
            </UnstyledButton>
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
