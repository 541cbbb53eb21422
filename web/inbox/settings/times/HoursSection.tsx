import { ActionIcon, Button } from '@mantine/core';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Calendar, HolderKind } from '../../../../server/targets/schema.ts';
import { count, useLocale } from '../../../shared/ui/format.ts';
import { useColleagues } from '../../me/queries.ts';
import { useTeams } from '../../me/teams.ts';
import { Loaded } from '../../page/Loaded.tsx';
import page from '../../page/Page.module.css';
import { Page, Section } from '../../page/Page.tsx';
import { weekdayName } from '../../reports/keyName.ts';
import { useStores } from '../stores/queries.ts';
import { CalendarForm } from './CalendarForm.tsx';
import { saveCalendar, useCalendars } from './queries.ts';
import classes from './Times.module.css';
import { runsOf, usualHours } from './week.ts';

/** Somebody or something that can have hours. */
interface Holder {
  kind: HolderKind;
  id: string | null;
  name: string;
}

/** When work is done: the company's hours, those of stores and teams, and everybody's shifts. */
export function HoursSection() {
  const { t } = useTranslation('times');
  const calendars = useCalendars();
  const stores = useStores().data ?? [];
  const teams = useTeams();
  const people = useColleagues().filter((person) => person.active);
  const [editing, setEditing] = useState<Holder | null>(null);
  const groups: { title: string; text: string; holders: Holder[] }[] = [
    {
      title: t('hours.company'),
      text: t('hours.companyText'),
      holders: [{ kind: 'company', id: null, name: t('hours.company') }],
    },
    {
      title: t('hours.stores'),
      text: t('hours.storesText'),
      holders: stores.map((store) => ({ kind: 'store', id: store.id, name: store.name })),
    },
    {
      title: t('hours.teams'),
      text: t('hours.teamsText'),
      holders: teams.map((team) => ({ kind: 'team', id: team.id, name: team.name })),
    },
    {
      title: t('hours.shifts'),
      text: t('hours.shiftsText'),
      holders: people.map((person) => ({ kind: 'user', id: person.id, name: person.name })),
    },
  ];
  return (
    <Page title={t('hours.title')} lead={t('hours.lead')}>
      <Loaded query={calendars}>
        {(items) => {
          const of = (holder: Holder) =>
            items.find((item) => item.holderKind === holder.kind && item.holderId === holder.id);
          const company = items.find((item) => item.holderKind === 'company');
          const current = editing === null ? undefined : of(editing);
          return (
            <>
              {groups
                .filter((group) => group.holders.length > 0)
                .map((group) => (
                  <Section key={group.title} title={group.title} text={group.text}>
                    <ul className={page.rows}>
                      {group.holders.map((holder) => (
                        <li key={holder.id ?? 'company'} className={page.row}>
                          <span className={page.rowMain}>
                            <span className={page.rowName}>
                              <bdi>{holder.name}</bdi>
                            </span>
                            <HoursWords calendar={of(holder)} kind={holder.kind} />
                          </span>
                          <span className={page.rowEnd}>
                            {of(holder) === undefined ? (
                              <Button
                                size="compact-sm"
                                variant="default"
                                leftSection={<IconPlus size={14} aria-hidden />}
                                aria-label={t('hours.setFor', { name: holder.name })}
                                onClick={() => setEditing(holder)}
                              >
                                {t('hours.set')}
                              </Button>
                            ) : (
                              <ActionIcon
                                aria-label={t('hours.editFor', { name: holder.name })}
                                onClick={() => setEditing(holder)}
                              >
                                <IconPencil size={16} />
                              </ActionIcon>
                            )}
                          </span>
                        </li>
                      ))}
                    </ul>
                  </Section>
                ))}
              {editing !== null && (
                <CalendarForm
                  key={`${editing.kind} ${editing.id}`}
                  title={t('hours.editFor', { name: editing.name })}
                  start={current ?? usualHours(company?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone)}
                  onSave={({ name: _, ...hours }) =>
                    saveCalendar(editing.kind, editing.id, {
                      name: editing.name,
                      timezone: hours.timezone,
                      week: hours.week,
                      holidays: hours.holidays,
                      exceptions: hours.exceptions,
                    })
                  }
                  onRemove={current === undefined ? null : () => saveCalendar(editing.kind, editing.id, null)}
                  onClose={() => setEditing(null)}
                />
              )}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

/** A calendar in a line: its days and hours, holidays counted, and whose time it is. */
function HoursWords({ calendar, kind }: { calendar: Calendar | undefined; kind: HolderKind }) {
  const { t } = useTranslation('times');
  const locale = useLocale();
  if (calendar === undefined) return <span className={classes.words}>{t(`hours.none.${kind}`)}</span>;
  const day = (index: number) => weekdayName(index + 1, locale, 'short');
  const words = runsOf(calendar.week).map(({ days: [first, last], slots }) => {
    const days = first === last ? day(first) : `${day(first)}–${day(last)}`;
    const times = slots.length === 0 ? t('hours.closed') : slots.map((slot) => `${slot.from}–${slot.to}`).join(', ');
    return `${days} ${times}`;
  });
  const off = calendar.holidays.length + calendar.exceptions.length;
  return (
    <span className={classes.words}>
      <bdi>{words.join(' · ')}</bdi>
      {' · '}
      <bdi>{calendar.timezone.replaceAll('_', ' ')}</bdi>
      {off > 0 && ` · ${t('hours.special', { count: off, n: count(off, locale) })}`}
    </span>
  );
}
