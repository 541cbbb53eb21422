import { Button, SegmentedControl, UnstyledButton } from '@mantine/core';
import { IconBeach, IconChartBar, IconMapPin, IconPhone } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResponseTimes, Work, WorkCounts, WorkFigure } from '../../../server/reports/schema.ts';
import type { SilentClient } from '../../../server/week/schema.ts';
import { ago, count, duration, useLocale, useNow } from '../../shared/ui/format.ts';
import { Person } from '../../shared/ui/Person.tsx';
import { showError } from '../../shared/ui/problem.ts';
import { useColleagueName, useMay, useMe } from '../me/queries.ts';
import { promise } from '../owed/queries.ts';
import { Badge } from '../page/Badge.tsx';
import { Loaded } from '../page/Loaded.tsx';
import page from '../page/Page.module.css';
import { Page, Section } from '../page/Page.tsx';
import { PromiseRow } from '../promises/PromiseRow.tsx';
import promises from '../promises/Promises.module.css';
import { Behind } from '../reports/Behind.tsx';
import { Waits } from '../reports/Waits.tsx';
import { Forbidden } from '../shell/Guard.tsx';
import { moments } from '../thread/moments.ts';
import { Days } from './Days.tsx';
import { useSilent, useTimesOf, useWeekPromises, useWorkOf, type Week, weekOf } from './queries.ts';
import classes from './Week.module.css';

/** My week: what is promised, whom to call, how fast I answered, what I did, and my days as my supervisor sees them. */
export function WeekPlace() {
  const { t } = useTranslation('times');
  return (
    <WeekOf
      who="me"
      title={t('week.title')}
      lead={t('week.lead')}
      actions={
        <Button component={Link} to="/absences" variant="default" leftSection={<IconBeach size={16} aria-hidden />}>
          {t('away.title')}
        </Button>
      }
    />
  );
}

/** A colleague's page for who steers: the same as they see of themselves. */
export function PersonPlace() {
  const { t } = useTranslation('times');
  const { userId } = useParams({ strict: false }) as { userId: string };
  const name = useColleagueName()(userId);
  const me = useMe();
  const may = useMay();
  // One's own page is one's week, for everybody; a colleague's is for who may see the reports.
  if (userId === me.id) return <WeekPlace />;
  if (!may('reports.read')) return <Forbidden />;
  return (
    <WeekOf
      key={userId}
      who={userId}
      title={name === '' ? '…' : name}
      lead={t('week.personLead')}
      actions={
        <Button
          component={Link}
          to="/reports"
          search={{ user: userId } as never}
          variant="default"
          leftSection={<IconChartBar size={16} aria-hidden />}
        >
          {t('week.reports')}
        </Button>
      }
    />
  );
}

interface Props {
  /** `me`, or a colleague's id. */
  who: string;
  title: string;
  lead: string;
  actions: ReactNode;
}

function WeekOf({ who, title, lead, actions }: Props) {
  const { t } = useTranslation('times');
  const [back, setBack] = useState(0);
  const week = weekOf(new Date(), back);
  const times = useTimesOf(who, week);
  const work = useWorkOf(who, week);
  const [behind, setBehind] = useState<WorkFigure | 'waits' | null>(null);
  const close = () => setBehind(null);
  const question = { ...week, ...(who === 'me' ? {} : { user: who }) };
  return (
    <Page title={title} lead={lead} actions={actions}>
      <div className={classes.controls}>
        <SegmentedControl
          aria-label={t('week.which')}
          value={String(back)}
          onChange={(value) => {
            setBack(Number(value));
            close();
          }}
          data={[0, 1, 2].map((value) => ({ value: String(value), label: t(`week.back.${value}`) }))}
        />
      </div>
      <Loaded query={times}>{(report) => <Figures report={report} onAnswers={() => setBehind('waits')} />}</Loaded>
      {behind === 'waits' && (
        <Waits
          title={t('reports:answers')}
          path={`/reports/response-times${who === 'me' ? '/mine' : ''}/waits`}
          question={{ ...question, measure: 'all' }}
          onClose={close}
        />
      )}
      <Promised who={who} week={week} />
      {back === 0 && who === 'me' && <Silent />}
      <Loaded query={work}>{(report) => <Did report={report} onFigure={setBehind} />}</Loaded>
      {behind !== null && behind !== 'waits' && (
        <Behind
          title={t(`reports:work.${behind === 'rated' ? 'satisfaction' : behind}`)}
          path={`/reports/work${who === 'me' ? '/mine' : ''}/threads`}
          question={{ ...question, what: behind }}
          onClose={close}
        />
      )}
      <Days user={who} from={week.from} to={week.to} />
    </Page>
  );
}

/** What is told of a week's work, in its order. */
const told = [
  'answered',
  'closed',
  'reopened',
  'transfers',
  'consults',
  'suggestionsUsed',
  'promisesKept',
  'promisesMissed',
  'calls',
] as const satisfies readonly WorkFigure[];

/** What was done in the week, beside the week before; each number opens its threads. */
function Did({ report: { total, before }, onFigure }: { report: Work; onFigure: (what: WorkFigure) => void }) {
  const { t } = useTranslation(['reports', 'times']);
  const locale = useLocale();
  const score = (counts: WorkCounts | null) =>
    counts?.rated === undefined
      ? '–'
      : ((counts.scoreSum ?? 0) / counts.rated).toLocaleString(locale, { maximumFractionDigits: 1 });
  return (
    <Section title={t('work.title')}>
      <dl className={`${page.figures} ${classes.did}`}>
        {told.map((name) => (
          <div key={name} title={t(`work.${name}Text`)}>
            <dt>
              {t(`work.${name}`)} · {t('before', { value: count(before?.[name] ?? 0, locale) })}
            </dt>
            <dd>
              <Figure
                value={count(total[name] ?? 0, locale)}
                label={t(`work.${name}`)}
                onOpen={(total[name] ?? 0) === 0 ? null : () => onFigure(name)}
              />
            </dd>
          </div>
        ))}
        <div title={t('work.satisfactionText')}>
          <dt>
            {t('work.satisfaction')} · {t('before', { value: score(before) })}
          </dt>
          <dd>
            <Figure
              value={score(total)}
              label={t('work.satisfaction')}
              onOpen={total.rated === undefined ? null : () => onFigure('rated')}
            />
          </dd>
        </div>
      </dl>
    </Section>
  );
}

/** A number that opens what is behind it; one of nothing opens nothing. */
function Figure({ value, label, onOpen }: { value: string; label: string; onOpen: (() => void) | null }) {
  if (onOpen === null) return value;
  return (
    <UnstyledButton className={classes.opens} aria-label={`${label}: ${value}`} onClick={onOpen}>
      {value}
    </UnstyledButton>
  );
}

function Figures({ report: { total, before }, onAnswers }: { report: ResponseTimes; onAnswers: () => void }) {
  const { t } = useTranslation(['reports', 'times']);
  const locale = useLocale();
  const length = (ms: number | null) => (ms === null ? '–' : duration(ms, locale));
  const share = (value: number | null) =>
    value === null ? '–' : new Intl.NumberFormat(locale, { style: 'percent' }).format(value);
  const figures = [
    [t('answers'), count(total.n, locale), count(before?.n ?? 0, locale)],
    [t('median'), length(total.medianMs), length(before?.medianMs ?? null)],
    [t('p90'), length(total.p90Ms), length(before?.p90Ms ?? null)],
    [t('within'), share(total.withinTarget), share(before?.withinTarget ?? null)],
  ] as const;
  return (
    <dl className={`${page.figures} ${classes.figures}`}>
      {figures.map(([name, value, earlier]) => (
        <div key={name}>
          <dt>
            {name} · {t('before', { value: earlier })}
          </dt>
          <dd>
            <Figure value={value} label={name} onOpen={total.n > 0 && name === t('answers') ? onAnswers : null} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Promised({ who, week }: { who: string; week: Week }) {
  const { t } = useTranslation('times');
  const query = useWeekPromises(who, week);
  return (
    <Section title={t('week.promised')} text={t('week.promisedText')}>
      <Loaded query={query}>
        {(items) =>
          items.length === 0 ? (
            <p className={page.sectionText}>{t('week.nothing')}</p>
          ) : (
            <ul className={promises.list}>
              {items.map((item) => (
                <PromiseRow key={item.id} promise={item} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}

function Silent() {
  const { t } = useTranslation('times');
  const may = useMay();
  const silent = useSilent();
  if (!may('threads.write') || silent.data?.length === 0) return null;
  return (
    <Section title={t('week.silent')} text={t('week.silentText')}>
      <Loaded query={silent}>
        {(items) => (
          <ul className={page.rows}>
            {items.map((client) => (
              <li key={client.clientId} className={`${page.row} ${page.folds}`}>
                <SilentLine client={client} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}

/** A client to call or to visit; planning it is one press. */
function SilentLine({ client }: { client: SilentClient }) {
  const { t } = useTranslation('times');
  const locale = useLocale();
  const now = useNow();
  const plan = (kind: 'callBack' | 'visit') => {
    const at = moments(new Date()).find((moment) => moment.name === (kind === 'visit' ? 'monday' : 'tomorrow'))?.at;
    if (at === undefined) return;
    void promise({ clientId: client.clientId, kind, text: '', dueAt: at.toISOString() }).catch(showError);
  };
  return (
    <>
      <Person name={client.name} size={28} />
      <span className={page.rowMain}>
        <span className={page.rowName}>
          <Link to="/clients/$clientId" params={{ clientId: client.clientId }} style={{ color: 'inherit' }}>
            <bdi>{client.name}</bdi>
          </Link>
          <Badge>{t(`inbox:level.${client.level}`)}</Badge>
        </span>
        <span className={page.rowDim}>
          {client.companyName !== null && (
            <>
              <bdi>{client.companyName}</bdi> ·{' '}
            </>
          )}
          {client.lastAt === null ? t('week.never') : t('week.last', { ago: ago(client.lastAt, locale, now) })}
        </span>
      </span>
      <span className={page.rowEnd}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPhone size={14} aria-hidden />}
          onClick={() => plan('callBack')}
        >
          {t('week.call')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconMapPin size={14} aria-hidden />}
          onClick={() => plan('visit')}
        >
          {t('week.visit')}
        </Button>
      </span>
    </>
  );
}
