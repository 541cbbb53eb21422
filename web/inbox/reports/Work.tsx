import { Select, UnstyledButton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkCounts, WorkFigure, WorkGrouping, Work as WorkReport } from '../../../server/reports/schema.ts';
import { get } from '../../shared/api.ts';
import { count, useLocale } from '../../shared/ui/format.ts';
import { Loaded } from '../page/Loaded.tsx';
import page from '../page/Page.module.css';
import { Section } from '../page/Page.tsx';
import { Behind } from './Behind.tsx';
import { Files } from './Files.tsx';
import { useKeyName } from './keyName.ts';
import classes from './Reports.module.css';
import { type Asked, filtersOf, fromOf } from './search.ts';

/** Shown figures, in their order; `scoreSum` is behind the satisfaction. */
const shown: WorkFigure[] = [
  'received',
  'answered',
  'byBot',
  'handovers',
  'opened',
  'closed',
  'reopened',
  'transfers',
  'consults',
  'suggestionsUsed',
  'promisesKept',
  'promisesMissed',
  'calls',
  'missedCalls',
];
const groupings: WorkGrouping[] = ['user', 'team', 'store', 'channel', 'level', 'tag'];

/** "What was done?": every figure by a grouping, beside the period before; each number opens its threads. */
export function Work({ asked }: { asked: Asked }) {
  const { t } = useTranslation('reports');
  const [by, setBy] = useState<WorkGrouping>('user');
  const [drill, setDrill] = useState<{ what: WorkFigure; key: string } | null>(null);
  const from = fromOf(asked.days, new Date());
  const only = filtersOf(asked);
  const work = useQuery({
    queryKey: ['reports', 'work', from, by, only],
    queryFn: ({ signal }) => get<WorkReport>('/reports/work', { from, by, compare: '1', ...only }, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <Section title={t('work.title')} text={t('work.text')}>
      <div className={classes.controls}>
        <Select
          aria-label={t('by')}
          w={170}
          allowDeselect={false}
          value={by}
          onChange={(value) => {
            setBy(value as WorkGrouping);
            setDrill(null);
          }}
          data={groupings.map((value) => ({ value, label: t(`byWhat.${value}`) }))}
        />
        <Files path="/reports/work" asked={asked} more={{ by }} />
      </div>
      <Loaded query={work}>
        {(report) => <Figures report={report} onDrill={(what, key) => setDrill({ what, key })} />}
      </Loaded>
      {drill !== null && (
        <Behind
          title={t(`work.${drill.what === 'rated' ? 'satisfaction' : drill.what}`)}
          path="/reports/work/threads"
          question={{ from, what: drill.what, ...only, ...(drill.key === '' ? {} : { by, key: drill.key }) }}
          onClose={() => setDrill(null)}
        />
      )}
      <details className={classes.counted}>
        <summary>{t('counted')}</summary>
        <dl>
          {[...shown, 'satisfaction'].map((name) => (
            <div key={name}>
              <dt>
                <strong>{t(`work.${name}`)}</strong>
              </dt>
              <dd>{t(`work.${name}Text`)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </Section>
  );
}

function Figures({ report, onDrill }: { report: WorkReport; onDrill: (what: WorkFigure, key: string) => void }) {
  const { t } = useTranslation('reports');
  const locale = useLocale();
  const nameOf = useKeyName(report.by);
  const score = (counts: WorkCounts) =>
    counts.rated === undefined
      ? '–'
      : `${((counts.scoreSum ?? 0) / counts.rated).toLocaleString(locale, { maximumFractionDigits: 1 })} (${count(counts.rated, locale)})`;
  const lines = [
    ...report.rows.map((row) => ({ ...row, name: nameOf(row) })),
    { key: '', name: t('work.all'), counts: report.total, before: report.before },
  ];
  return (
    <section className={page.tableWrap} aria-label={`${t('work.title')} ${t('table')}`} style={{ marginBottom: 20 }}>
      <table className={`${page.table} ${classes.sticky}`}>
        <thead>
          <tr>
            <th scope="col">{t(`byWhat.${report.by}`)}</th>
            {shown.map((name) => (
              <th key={name} scope="col" className={page.num} title={t(`work.${name}Text`)}>
                {t(`work.${name}`)}
              </th>
            ))}
            <th scope="col" className={page.num}>
              {t('work.satisfaction')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key}>
              <th scope="row">
                <bdi>{line.name}</bdi>
              </th>
              {shown.map((name) => {
                const n = line.counts[name] ?? 0;
                const before = line.before?.[name] ?? 0;
                const value = count(n, locale);
                return (
                  <td key={name} className={page.num} title={t('before', { value: count(before, locale) })}>
                    {n === 0 ? (
                      '–'
                    ) : (
                      <UnstyledButton
                        className={classes.rowButton}
                        aria-label={`${line.name}, ${t(`work.${name}`)}: ${value}`}
                        onClick={() => onDrill(name, line.key)}
                      >
                        {value}
                      </UnstyledButton>
                    )}
                  </td>
                );
              })}
              <td className={page.num}>
                {line.counts.rated === undefined ? (
                  '–'
                ) : (
                  <UnstyledButton
                    className={classes.rowButton}
                    aria-label={`${line.name}, ${t('work.satisfaction')}: ${score(line.counts)}`}
                    onClick={() => onDrill('rated', line.key)}
                  >
                    {score(line.counts)}
                  </UnstyledButton>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
