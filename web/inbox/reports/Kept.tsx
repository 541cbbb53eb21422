import { SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PromiseReport } from '../../../server/promises/schema.ts';
import { get } from '../../shared/api.ts';
import { count, duration, useLocale } from '../../shared/ui/format.ts';
import { Loaded } from '../page/Loaded.tsx';
import page from '../page/Page.module.css';
import { Section } from '../page/Page.tsx';
import classes from './Reports.module.css';
import { type Asked, filtersOf, fromOf } from './search.ts';

/** "Do we keep what we promise?": of the promises that were due, by person or kind. */
export function Kept({ asked }: { asked: Asked }) {
  const { t } = useTranslation('reports');
  const [by, setBy] = useState<'user' | 'kind'>('user');
  const from = fromOf(asked.days, new Date());
  const only = filtersOf(asked);
  const report = useQuery({
    queryKey: ['promises', 'report', from, by, only],
    queryFn: ({ signal }) => get<PromiseReport>('/reports/promises', { from, by, ...only }, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <Section title={t('kept.title')} text={t('kept.text')}>
      <div className={classes.controls}>
        <SegmentedControl
          aria-label={t('by')}
          value={by}
          onChange={(value) => setBy(value as 'user' | 'kind')}
          data={[
            { value: 'user', label: t('byWhat.user') },
            { value: 'kind', label: t('kept.kind') },
          ]}
        />
      </div>
      <Loaded query={report}>
        {({ rows }) =>
          rows.length === 0 ? <p className={page.sectionText}>{t('kept.none')}</p> : <Table by={by} rows={rows} />
        }
      </Loaded>
    </Section>
  );
}

const counts = ['made', 'kept', 'keptLate', 'broken', 'open', 'cancelled'] as const;

function Table({ by, rows }: { by: 'user' | 'kind'; rows: PromiseReport['rows'] }) {
  const { t } = useTranslation('reports');
  const locale = useLocale();
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  const nameOf = (row: PromiseReport['rows'][number]) =>
    row.key === 'none' ? t('none_') : by === 'kind' ? t(`promises:kinds.${row.key}`) : row.label;
  return (
    <section className={page.tableWrap} aria-label={`${t('kept.title')} ${t('table')}`} style={{ marginBottom: 20 }}>
      <table className={`${page.table} ${classes.sticky}`}>
        <thead>
          <tr>
            <th scope="col">{by === 'kind' ? t('kept.kind') : t('byWhat.user')}</th>
            <th scope="col" className={page.num}>
              {t('kept.rate')}
            </th>
            {counts.map((name) => (
              <th key={name} scope="col" className={page.num}>
                {t(`kept.${name}`)}
              </th>
            ))}
            <th scope="col" className={page.num}>
              {t('kept.confirmed')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                <bdi>{nameOf(row)}</bdi>
              </th>
              <td className={page.num}>{row.keptRate === null ? '–' : percent.format(row.keptRate)}</td>
              {counts.map((name) => (
                <td key={name} className={page.num}>
                  {row[name] === 0 ? (
                    '–'
                  ) : (
                    <Link
                      to="/promises"
                      search={listOf(by, row.key, name) as never}
                      className={classes.rowButton}
                      aria-label={`${nameOf(row)}, ${t(`kept.${name}`)}: ${count(row[name], locale)}`}
                    >
                      {count(row[name], locale)}
                    </Link>
                  )}
                </td>
              ))}
              <td className={page.num}>{row.confirmMedianMs === null ? '–' : duration(row.confirmMedianMs, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The list of promises in which a number's are found. */
function listOf(by: 'user' | 'kind', key: string, name: (typeof counts)[number]): object {
  const whose = key === 'none' ? {} : by === 'user' ? { user: key } : { kind: key };
  return { whose: 'all', ...whose, ...(name === 'open' ? {} : { shown: 'settled' }) };
}
