import { Select, UnstyledButton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  WorkCounts,
  WorkFact,
  WorkFigure,
  WorkGrouping,
  Work as WorkReport,
} from '../../../server/reports/schema.ts';
import { get } from '../../shared/api.ts';
import { count, shortDateTime, useLocale } from '../../shared/ui/format.ts';
import { useColleagueName } from '../me/queries.ts';
import { Loaded } from '../page/Loaded.tsx';
import page from '../page/Page.module.css';
import { Section } from '../page/Page.tsx';
import { useKeyName } from './keyName.ts';
import classes from './Reports.module.css';
import { type Asked, type Filter, filtersOf, fromOf } from './search.ts';

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
  const file = (format: string) => `/api/v1/reports/work?${new URLSearchParams({ from, by, format, ...only })}`;
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
        <a href={file('csv')} download>
          {t('csv')}
        </a>
        <a href={file('xlsx')} download>
          XLSX
        </a>
      </div>
      <Loaded query={work}>
        {(report) => <Figures report={report} onDrill={(what, key) => setDrill({ what, key })} />}
      </Loaded>
      {drill !== null && <Behind from={from} by={by} only={only} what={drill.what} at={drill.key} />}
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
      <table className={page.table}>
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
              <td className={page.num}>{score(line.counts)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The threads behind a number, newest first; an empty key is everybody. */
function Behind({
  from,
  by,
  only,
  what,
  at,
}: {
  from: string;
  by: WorkGrouping;
  only: Partial<Record<Filter, string>>;
  what: WorkFigure;
  at: string;
}) {
  const { t } = useTranslation('reports');
  const locale = useLocale();
  const nameOf = useColleagueName();
  const threads = useQuery({
    queryKey: ['reports', 'workThreads', from, by, only, what, at],
    queryFn: async ({ signal }) =>
      (
        await get<{ items: WorkFact[] }>(
          '/reports/work/threads',
          { from, what, ...only, ...(at === '' ? {} : { by, key: at }) },
          signal,
        )
      ).items,
  });
  return (
    <Section title={t(`work.${what}`)}>
      <Loaded query={threads}>
        {(items) => (
          <ul className={page.rows}>
            {items.map((item) => (
              <li key={`${item.threadId} ${item.at}`}>
                <Link
                  className={page.row}
                  to="/t/$threadId"
                  params={{ threadId: item.threadId }}
                  search={{ tab: 'all' } as never}
                >
                  <span className={page.rowMain}>
                    <span className={page.rowName}>
                      <bdi>{item.clientName}</bdi>
                    </span>
                    <span className={page.rowDim}>
                      {shortDateTime(item.at, locale)} · <bdi>{item.subject}</bdi>
                    </span>
                  </span>
                  <span className={page.rowEnd}>
                    <bdi>{nameOf(item.userId)}</bdi>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}
