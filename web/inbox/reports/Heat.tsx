import { UnstyledButton } from '@mantine/core';
import { type CSSProperties, Fragment, type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Volume } from '../../../server/reports/schema.ts';
import { count, useLocale } from '../../shared/ui/format.ts';
import { Section } from '../page/Page.tsx';
import { Behind } from './Behind.tsx';
import { Files } from './Files.tsx';
import { weekdayName } from './keyName.ts';
import classes from './Reports.module.css';
import { type Asked, filtersOf, fromOf } from './search.ts';

const hours = Array.from({ length: 24 }, (_, hour) => hour);
const weekdays = [1, 2, 3, 4, 5, 6, 7];

interface Cell {
  weekday: number;
  hour: number;
}

/** When clients write: a row a weekday, a cell an hour, darker for more; a cell opens its threads. */
export function Heat({ asked, volume }: { asked: Asked; volume: Volume }) {
  const { t } = useTranslation('reports');
  const locale = useLocale();
  const [behind, setBehind] = useState<Cell | null>(null);
  const most = Math.max(1, ...volume.heat.map((cell) => cell.n));
  const busiest = volume.heat.find((cell) => cell.n === most) ?? { weekday: 1, hour: 0 };
  const [reached, setReached] = useState<Cell>(busiest);
  const at = (weekday: number, hour: number) =>
    volume.heat.find((cell) => cell.weekday === weekday && cell.hour === hour)?.n ?? 0;
  const nameOf = ({ weekday, hour }: Cell) => `${weekdayName(weekday, locale, 'long')} ${hour}:00`;
  return (
    <Section title={t('when')} text={t('whenText')}>
      <Files path="/reports/volume" asked={asked} more={{ table: 'heat' }} />
      {/* biome-ignore lint/a11y/useSemanticElements: one tab stop; arrows walk through the cells */}
      <div className={classes.heat} role="group" aria-label={t('when')} onKeyDown={(event) => walk(event, setReached)}>
        <span />
        {hours.map((hour) => (
          <span key={hour} className={classes.hour} aria-hidden>
            {hour % 3 === 0 ? hour : ''}
          </span>
        ))}
        {weekdays.map((weekday) => (
          <Fragment key={weekday}>
            <span aria-hidden>{weekdayName(weekday, locale, 'short')}</span>
            {hours.map((hour) => (
              <UnstyledButton
                key={hour}
                className={classes.cell}
                style={{ '--share': at(weekday, hour) / most } as CSSProperties}
                data-cell={`${weekday} ${hour}`}
                tabIndex={reached.weekday === weekday && reached.hour === hour ? 0 : -1}
                title={`${nameOf({ weekday, hour })} · ${count(at(weekday, hour), locale)}`}
                aria-label={`${nameOf({ weekday, hour })} · ${count(at(weekday, hour), locale)}`}
                onClick={() => {
                  setReached({ weekday, hour });
                  setBehind({ weekday, hour });
                }}
              />
            ))}
          </Fragment>
        ))}
      </div>
      {behind !== null && (
        <Behind
          title={t('wrote', { when: nameOf(behind) })}
          path="/reports/work/threads"
          question={{
            from: fromOf(asked.days, new Date()),
            what: 'received',
            weekday: String(behind.weekday),
            hour: String(behind.hour),
            ...filtersOf(asked),
          }}
          onClose={() => setBehind(null)}
        />
      )}
    </Section>
  );
}

const steps: Record<string, [weekday: number, hour: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function walk(event: KeyboardEvent<HTMLElement>, reach: (cell: Cell) => void): void {
  const step = steps[event.key];
  const [weekday, hour] = ((event.target as HTMLElement).dataset.cell ?? '').split(' ').map(Number);
  if (step === undefined || weekday === undefined || hour === undefined) return;
  const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
  const next = {
    weekday: Math.min(7, Math.max(1, weekday + step[0])),
    hour: Math.min(23, Math.max(0, hour + step[1] * forward)),
  };
  event.preventDefault();
  reach(next);
  event.currentTarget.querySelector<HTMLElement>(`[data-cell="${next.weekday} ${next.hour}"]`)?.focus();
}
