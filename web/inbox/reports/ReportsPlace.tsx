import { Button, SegmentedControl, Select } from '@mantine/core';
import { IconChartBar, IconDownload } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResponseTimes } from '../../../server/reports/schema.ts';
import { Empty } from '../../shared/ui/Empty.tsx';
import { count, duration, useLocale } from '../../shared/ui/format.ts';
import { Filters } from '../filters/Filters.tsx';
import { filters } from '../filters/search.ts';
import { Loaded } from '../page/Loaded.tsx';
import { Page } from '../page/Page.tsx';
import { Backlog } from './Backlog.tsx';
import { Bars } from './Bars.tsx';
import { Heat } from './Heat.tsx';
import { Kept } from './Kept.tsx';
import { useKeyName } from './keyName.ts';
import { csvAddress, useResponseTimes, useVolume, waitsOf } from './queries.ts';
import { Reasons } from './Reasons.tsx';
import classes from './Reports.module.css';
import { type Asked, askedOf, filtersOf, shownGroupings } from './search.ts';
import { Table } from './Table.tsx';
import { Waits } from './Waits.tsx';
import { Work } from './Work.tsx';

/** No filter at all. */
const nothing = Object.fromEntries(filters.map((name) => [name, undefined])) as Partial<Asked>;

/** "How fast do we answer?": the question, its figures, a chart, the table, and the threads behind each number. */
export function ReportsPlace() {
  const { t } = useTranslation('reports');
  const asked = askedOf(useSearch({ strict: false }));
  const navigate = useNavigate();
  const report = useResponseTimes(asked);
  const volume = useVolume(asked);
  const ask = (change: Partial<Asked>) =>
    void navigate({
      to: '/reports',
      search: { ...asked, key: undefined, late: undefined, ...change } as never,
      replace: true,
    });
  return (
    <Page
      wide
      title={t('title')}
      actions={
        <>
          <Button
            component="a"
            href={csvAddress(asked)}
            download
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {t('csv')}
          </Button>
          <Button
            component="a"
            href={csvAddress(asked, 'xlsx')}
            download
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            XLSX
          </Button>
        </>
      }
    >
      <Controls asked={asked} ask={ask} />
      <Filters only={filtersOf(asked)} onOnly={(only) => ask({ ...nothing, ...only })} />
      <Loaded query={report}>{(data) => <Answer report={data} asked={asked} ask={ask} />}</Loaded>
      <Work asked={asked} />
      <Kept asked={asked} />
      <Loaded query={volume}>{(data) => <Backlog asked={asked} days={data.days} />}</Loaded>
      <Reasons asked={asked} />
      <Loaded query={volume}>{(data) => <Heat asked={asked} volume={data} />}</Loaded>
    </Page>
  );
}

interface Props {
  asked: Asked;
  ask: (change: Partial<Asked>) => void;
}

function Controls({ asked, ask }: Props) {
  const { t } = useTranslation('reports');
  return (
    <div className={classes.controls}>
      <SegmentedControl
        aria-label={t('period')}
        value={String(asked.days)}
        onChange={(days) => ask({ days: Number(days) as Asked['days'] })}
        data={['1', '7', '30', '90'].map((days) => ({ value: days, label: t(`days.${days}`) }))}
      />
      <Select
        aria-label={t('by')}
        w={170}
        allowDeselect={false}
        value={asked.by}
        onChange={(by) => ask({ by: by as Asked['by'] })}
        data={shownGroupings.map((by) => ({ value: by, label: t(`byWhat.${by}`) }))}
      />
      <Select
        aria-label={t('measure')}
        w={170}
        allowDeselect={false}
        value={asked.measure}
        onChange={(measure) => ask({ measure: measure as Asked['measure'] })}
        data={(['first', 'next', 'all', 'resolution'] as const).map((value) => ({
          value,
          label: t(`measures.${value}`),
        }))}
      />
      <SegmentedControl
        aria-label={t('time')}
        value={asked.time}
        onChange={(time) => ask({ time: time as Asked['time'] })}
        data={(['clock', 'working'] as const).map((value) => ({ value, label: t(`times.${value}`) }))}
      />
    </div>
  );
}

function Answer({ report, asked, ask }: Props & { report: ResponseTimes }) {
  const { t } = useTranslation('reports');
  if (report.total.n === 0) return <Empty icon={<IconChartBar size={28} />} title={t('none')} text={t('noneText')} />;
  return (
    <>
      <Totals report={report} />
      <Bars report={report} />
      <Distribution report={report} />
      <Table report={report} onKey={(key, late) => ask({ key, late })} />
      {asked.key !== undefined && <RowWaits report={report} asked={asked} onClose={() => ask({})} />}
      <details className={classes.counted}>
        <summary>{t('counted')}</summary>
        <p>{t('countedText', { timezone: report.timezone })}</p>
      </details>
    </>
  );
}

/** The waits of the row that is asked for. */
function RowWaits({ report, asked, onClose }: { report: ResponseTimes; asked: Asked; onClose: () => void }) {
  const { t } = useTranslation('reports');
  const keyName = useKeyName(asked.by);
  const row = report.rows.find((item) => item.key === asked.key);
  return (
    <Waits
      title={t(asked.late ? 'lateWaits' : 'waits', { name: row === undefined ? '' : keyName(row) })}
      path="/reports/response-times/waits"
      question={waitsOf(asked)}
      onClose={onClose}
    />
  );
}

/** How many took how long. */
function Distribution({ report: { distribution, total } }: { report: ResponseTimes }) {
  const { t } = useTranslation('reports');
  const locale = useLocale();
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  return (
    <figure aria-label={t('distribution.title')} style={{ margin: 0 }}>
      <figcaption className={classes.legend}>{t('distribution.title')}</figcaption>
      <dl className={classes.steps}>
        {distribution.map((n, step) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
          <div className={classes.step} key={step}>
            <dt>{t(`distribution.${step}`)}</dt>
            <dd style={{ '--share': n / Math.max(1, ...distribution) } as CSSProperties}>
              {total.n === 0 ? '–' : percent.format(n / total.n)}
            </dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}

function Totals({ report: { total, before } }: { report: ResponseTimes }) {
  const { t } = useTranslation('reports');
  const locale = useLocale();
  const length = (ms: number | null) => (ms === null ? '–' : duration(ms, locale));
  const share = (value: number | null) =>
    value === null ? '–' : new Intl.NumberFormat(locale, { style: 'percent' }).format(value);
  const rows = [
    [t('median'), length(total.medianMs), length(before?.medianMs ?? null)],
    [t('p90'), length(total.p90Ms), length(before?.p90Ms ?? null)],
    [t('within'), share(total.withinTarget), share(before?.withinTarget ?? null)],
    [t('answers'), count(total.n, locale), count(before?.n ?? 0, locale)],
  ] as const;
  return (
    <dl className={classes.figures}>
      {rows.map(([name, value, earlier]) => (
        <div className={classes.figure} key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{value}</bdi>
            <div className={classes.before}>{t('before', { value: earlier })}</div>
          </dd>
        </div>
      ))}
    </dl>
  );
}
