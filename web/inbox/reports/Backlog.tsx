import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Volume } from '../../../server/reports/schema.ts';
import { count, useLocale } from '../../shared/ui/format.ts';
import page from '../page/Page.module.css';
import { Section } from '../page/Page.tsx';
import { Behind } from './Behind.tsx';
import { Files } from './Files.tsx';
import classes from './Reports.module.css';
import { type Asked, filtersOf } from './search.ts';

const whats = ['received', 'answered', 'byBot', 'opened', 'closed', 'waitingAtEnd'] as const;
type What = (typeof whats)[number];
type Day = Volume['days'][number];

/** How many clients waited as each day ended, and what came and went; the table says it in figures. */
export function Backlog({ asked, days }: { asked: Asked; days: Volume['days'] }) {
  const { t } = useTranslation('reports');
  const [behind, setBehind] = useState<{ day: Day; what: What } | null>(null);
  const locale = useLocale();
  const most = Math.max(1, ...days.map((day) => day.waitingAtEnd));
  const short = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const dayOf = (day: string) => short.format(Date.parse(day));
  const first = days[0];
  const last = days.at(-1);
  const nameOf = (what: What) => t(what === 'waitingAtEnd' ? 'backlog.end' : `work.${what}`);
  return (
    <Section title={t('backlog.title')} text={t('backlog.text')}>
      <Files path="/reports/volume" asked={asked} />
      <div className={classes.columns} role="img" aria-label={t('backlog.title')}>
        {days.map((day) => (
          <div
            key={day.day}
            className={classes.column}
            title={`${dayOf(day.day)} · ${t('backlog.waiting', { n: count(day.waitingAtEnd, locale) })}`}
          >
            <span style={{ height: `${(day.waitingAtEnd / most) * 100}%` }} />
          </div>
        ))}
      </div>
      <div className={classes.axis} aria-hidden>
        <span>{first === undefined ? '' : dayOf(first.day)}</span>
        <span>{t('backlog.most', { n: count(most, locale) })}</span>
        <span>{last === undefined ? '' : dayOf(last.day)}</span>
      </div>
      <details className={classes.counted}>
        <summary>{t('table')}</summary>
        <section className={page.tableWrap} aria-label={`${t('backlog.title')} ${t('table')}`}>
          <table className={`${page.table} ${classes.sticky}`}>
            <thead>
              <tr>
                <th scope="col">{t('backlog.day')}</th>
                {whats.map((what) => (
                  <th key={what} scope="col" className={page.num}>
                    {nameOf(what)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {days.toReversed().map((day) => (
                <tr key={day.day}>
                  <th scope="row">{dayOf(day.day)}</th>
                  {whats.map((what) => (
                    <td key={what} className={page.num}>
                      {day[what] === 0 ? (
                        '–'
                      ) : (
                        <UnstyledButton
                          className={classes.rowButton}
                          aria-label={`${dayOf(day.day)}, ${nameOf(what)}: ${count(day[what], locale)}`}
                          onClick={() => setBehind({ day, what })}
                        >
                          {count(day[what], locale)}
                        </UnstyledButton>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
      {behind !== null && (
        <Behind
          title={`${dayOf(behind.day.day)}: ${nameOf(behind.what)}`}
          {...questionOf(behind.day, behind.what, filtersOf(asked))}
          onClose={() => setBehind(null)}
        />
      )}
    </Section>
  );
}

/** Where the threads behind a cell are listed. */
function questionOf({ from, to }: Day, what: What, only: ReturnType<typeof filtersOf>) {
  return what === 'waitingAtEnd'
    ? { path: '/reports/volume/waiting', question: { at: to, ...only } }
    : { path: '/reports/work/threads', question: { from, to, what, ...only } };
}
