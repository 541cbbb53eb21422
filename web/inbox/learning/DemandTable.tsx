import { SegmentedControl } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../shared/ui/Empty.tsx';
import { count, shortDateTime, useLocale } from '../../shared/ui/format.ts';
import { Loaded } from '../page/Loaded.tsx';
import page from '../page/Page.module.css';
import { useDemand } from './queries.ts';

const groupings = ['product', 'store', 'week'] as const;
type Grouping = (typeof groupings)[number];

/** What clients asked for in the last four weeks, what of it was out of stock, and what was offered instead. */
export function DemandTable() {
  const { t } = useTranslation('learning');
  const locale = useLocale();
  const [by, setBy] = useState<Grouping>('product');
  const nameOf = (row: { key: string; label: string }) =>
    by === 'week'
      ? shortDateTime(`${row.key}T12:00:00Z`, locale).replace(/[,،].*$/, '')
      : row.label === 'none'
        ? t('noStore')
        : row.label;
  return (
    <>
      <SegmentedControl
        size="xs"
        mb="sm"
        aria-label={t('byWhat')}
        value={by}
        onChange={(value) => setBy(value as Grouping)}
        data={groupings.map((value) => ({ value, label: t(`groupings.${value}`) }))}
      />
      <Loaded query={useDemand(by)}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty icon={<IconChartBar size={28} />} title={t('noDemand')} text={t('noDemandText')} />
          ) : (
            <section className={page.tableWrap} aria-label={t('tabs.demand')}>
              <table className={page.table}>
                <thead>
                  <tr>
                    <th scope="col">{t(`groupings.${by}`)}</th>
                    <th scope="col" className={page.num}>
                      {t('askedFor')}
                    </th>
                    <th scope="col" className={page.num}>
                      {t('outOfStock')}
                    </th>
                    <th scope="col" className={page.num}>
                      {t('offered')}
                    </th>
                    <th scope="col">{t('instead')}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.key}>
                      <td className={page.wordy}>
                        <bdi>{nameOf(row)}</bdi>
                      </td>
                      <td className={page.num}>{count(row.asked, locale)}</td>
                      <td className={page.num}>{count(row.outOfStock, locale)}</td>
                      <td className={page.num}>{count(row.offered, locale)}</td>
                      <td>
                        <bdi>{row.instead.join(', ')}</bdi>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          )
        }
      </Loaded>
    </>
  );
}
