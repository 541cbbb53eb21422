import { Button } from '@mantine/core';
import { IconBeach, IconPlus, IconStethoscope } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Absence } from '../../../server/absence/schema.ts';
import { Empty } from '../../shared/ui/Empty.tsx';
import { shortDateTime, useLocale } from '../../shared/ui/format.ts';
import { Person } from '../../shared/ui/Person.tsx';
import { useColleagueName } from '../me/queries.ts';
import { Badge } from '../page/Badge.tsx';
import { Loaded } from '../page/Loaded.tsx';
import page from '../page/Page.module.css';
import { Page, Section } from '../page/Page.tsx';
import { AbsenceForm } from './AbsenceForm.tsx';
import { useAbsences } from './queries.ts';

/** Who is away and who stands in: now, soon, and before. */
export function AbsencesPlace() {
  const { t } = useTranslation('times');
  const navigate = useNavigate();
  const absences = useAbsences();
  const [form, setForm] = useState<'now' | 'plan' | null>(null);
  const actions = (
    <>
      <Button variant="default" leftSection={<IconStethoscope size={16} aria-hidden />} onClick={() => setForm('now')}>
        {t('away.illToday')}
      </Button>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setForm('plan')}>
        {t('away.plan')}
      </Button>
    </>
  );
  return (
    <Page title={t('away.title')} lead={t('away.lead')} actions={actions}>
      <Loaded query={absences}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={<IconBeach size={28} />} title={t('away.none')} text={t('away.noneText')} />
          ) : (
            (['now', 'coming', 'past'] as const).map((state) => {
              const shown = items.filter((item) => item.state === state);
              if (shown.length === 0) return null;
              return (
                <Section key={state} title={t(`away.states.${state}`)}>
                  <ul className={page.rows}>
                    {shown.map((absence) => (
                      <li key={absence.id}>
                        <Line absence={absence} />
                      </li>
                    ))}
                  </ul>
                </Section>
              );
            })
          )
        }
      </Loaded>
      {form !== null && (
        <AbsenceForm
          now={form === 'now'}
          onClose={() => setForm(null)}
          onDone={(absence) => navigate({ to: '/absences/$absenceId', params: { absenceId: absence.id } })}
        />
      )}
    </Page>
  );
}

function Line({ absence }: { absence: Absence }) {
  const { t } = useTranslation('times');
  const nameOf = useColleagueName();
  const when = useWhen();
  const substitutes = [...new Set([absence.substituteId, ...absence.groups.map((group) => group.substituteId)])]
    .filter((id) => id !== null)
    .map(nameOf)
    .filter((name) => name !== '');
  return (
    <Link to="/absences/$absenceId" params={{ absenceId: absence.id }} className={page.row}>
      <Person name={nameOf(absence.userId)} size={28} />
      <span className={page.rowMain}>
        <span className={page.rowName}>
          <bdi>{nameOf(absence.userId)}</bdi>
          <Badge tone={absence.state === 'now' ? 'amber' : 'plain'}>{t(`away.reasons.${absence.reason}`)}</Badge>
        </span>
        <span className={page.rowDim}>
          {when(absence)} ·{' '}
          {substitutes.length === 0 ? t('away.nobodyIn') : t('away.in', { names: substitutes.join(', ') })}
        </span>
      </span>
    </Link>
  );
}

/** From when to when, in words. */
export function useWhen(): (absence: Absence) => string {
  const { t } = useTranslation('times');
  const locale = useLocale();
  return (absence) => {
    const from = shortDateTime(absence.startedAt ?? absence.fromAt, locale);
    const until = absence.endedAt ?? absence.untilAt;
    return until === null ? t('away.since', { from }) : t('away.span', { from, until: shortDateTime(until, locale) });
  };
}
