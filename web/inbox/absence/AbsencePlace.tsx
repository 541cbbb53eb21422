import { Button, Group } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { AbsenceSummary } from '../../../server/absence/schema.ts';
import { ApiError } from '../../shared/api.ts';
import { count, duration, shortDateTime, useLocale, useNow } from '../../shared/ui/format.ts';
import { useColleagueName, useMay, useMe } from '../me/queries.ts';
import { Badge } from '../page/Badge.tsx';
import { useConfirm } from '../page/confirm.tsx';
import { Loaded } from '../page/Loaded.tsx';
import page from '../page/Page.module.css';
import { Page, Section } from '../page/Page.tsx';
import { Missing } from '../shell/Missing.tsx';
import { ThreadLink } from '../thread/ThreadLink.tsx';
import classes from './Absence.module.css';
import { useWhen } from './AbsencesPlace.tsx';
import { endAbsence, useAbsence } from './queries.ts';

/** One absence: the hand-over for who stands in, and what happened for who returns. */
export function AbsencePlace() {
  const { absenceId } = useParams({ strict: false }) as { absenceId: string };
  const absence = useAbsence(absenceId);
  if (absence.error instanceof ApiError && [403, 404].includes(absence.error.status)) return <Missing />;
  return <Loaded query={absence}>{(data) => <Summary absence={data} />}</Loaded>;
}

function Summary({ absence }: { absence: AbsenceSummary }) {
  const { t } = useTranslation('times');
  const me = useMe();
  const may = useMay();
  const nameOf = useColleagueName();
  const when = useWhen();
  const [confirm, dialog] = useConfirm();
  const mine = absence.userId === me.id;
  const name = nameOf(absence.userId);
  const ends = absence.state !== 'past' && (mine || may('live.read'));
  const lead = [
    when(absence),
    absence.substituteId === null ? null : t('away.in', { names: nameOf(absence.substituteId) }),
    ...absence.groups.map((group) =>
      t('away.groupIs', {
        level: group.level === undefined ? '' : t(`inbox:level.${group.level}`),
        name: nameOf(group.substituteId),
      }),
    ),
  ].filter((word) => word !== null);
  return (
    <Page
      back={{ to: '/absences', label: t('away.title') }}
      title={
        <>
          <bdi>{name}</bdi> · {t(`away.reasons.${absence.reason}`)}
        </>
      }
      lead={lead.join(' · ')}
      actions={
        ends && (
          <Button
            variant="default"
            onClick={() =>
              confirm({
                title: t(absence.state === 'now' ? 'away.backTitle' : 'away.cancelTitle'),
                text: t(absence.state === 'now' ? 'away.backText' : 'away.cancelText'),
                action: t(absence.state === 'now' ? 'away.back' : 'away.cancel'),
                run: () => endAbsence(absence.id),
              })
            }
          >
            {t(absence.state === 'now' ? 'away.back' : 'away.cancel')}
          </Button>
        )
      }
    >
      {absence.note !== '' && (
        <p className={classes.note} dir="auto">
          {absence.note}
        </p>
      )}
      {absence.state !== 'coming' && <Meanwhile absence={absence} />}
      <Threads absence={absence} />
      <Promises absence={absence} />
      {dialog}
    </Page>
  );
}

/** What happened while they were away, in four figures. */
function Meanwhile({ absence: { meanwhile } }: { absence: AbsenceSummary }) {
  const { t } = useTranslation('times');
  const locale = useLocale();
  const figures = [
    ['answered', count(meanwhile.answered, locale)],
    ['median', meanwhile.medianMs === null ? '–' : duration(meanwhile.medianMs, locale)],
    ['kept', count(meanwhile.promisesKept, locale)],
    ['waiting', count(meanwhile.waitingNow, locale)],
  ] as const;
  return (
    <Section title={t('away.meanwhile')}>
      <dl className={page.figures}>
        {figures.map(([what, value]) => (
          <div key={what}>
            <dt>{t(`away.figures.${what}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Threads({ absence: { threads } }: { absence: AbsenceSummary }) {
  const { t } = useTranslation('times');
  const locale = useLocale();
  const now = useNow();
  const nameOf = useColleagueName();
  return (
    <Section title={t('away.threads', { count: threads.length })}>
      {threads.length === 0 && <p className={page.sectionText}>{t('away.noThreads')}</p>}
      <ul className={page.rows}>
        {threads.map((thread) => (
          <li key={thread.threadId}>
            <ThreadLink threadId={thread.threadId} className={page.row}>
              <span className={page.rowMain}>
                <span className={page.rowName}>
                  <bdi>{thread.clientName}</bdi>
                </span>
                <span className={`${page.rowDim} ${classes.subject} p-line`} dir="auto">
                  {thread.subject}
                </span>
              </span>
              <span className={`${page.rowEnd} ${classes.end}`}>
                {thread.status === 'closed' ? (
                  <Badge tone="green">{t('away.closed')}</Badge>
                ) : thread.waitingSince === null ? (
                  t('away.answered')
                ) : (
                  <span className={classes.late}>
                    {t('away.waits', { time: duration(now - Date.parse(thread.waitingSince), locale, 1) })}
                  </span>
                )}
                <bdi>{nameOf(thread.assigneeId)}</bdi>
              </span>
            </ThreadLink>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Promises({ absence: { promises } }: { absence: AbsenceSummary }) {
  const { t } = useTranslation('times');
  const locale = useLocale();
  if (promises.length === 0) return null;
  return (
    <Section title={t('away.promises', { count: promises.length })}>
      <ul className={page.rows}>
        {promises.map((promise) => (
          <li key={promise.id} className={page.row}>
            <span className={page.rowMain}>
              <span className={page.rowName}>
                <bdi>{promise.clientName}</bdi>
              </span>
              <span className={page.rowDim}>
                {t(`inbox:owed.kind.${promise.kind}`)} <bdi>{promise.text}</bdi>
              </span>
            </span>
            <Group gap="xs" className={page.rowEnd ?? ''}>
              {promise.dueAt !== null && shortDateTime(promise.dueAt, locale)}
              <Badge tone={promise.state === 'kept' ? 'green' : promise.state === 'broken' ? 'red' : 'plain'}>
                {t(`away.promise.${promise.state}`)}
              </Badge>
            </Group>
          </li>
        ))}
      </ul>
    </Section>
  );
}
