import { ActionIcon, Button, Group, Pill, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditCalendar } from '../../../../server/targets/schema.ts';
import { useLocale } from '../../../shared/ui/format.ts';
import { SlotFields } from './SlotFields.tsx';
import classes from './Times.module.css';

/** A calendar's date as the reader writes it; the date is nobody's time zone. */
export function dateName(date: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

/** Days without working time. */
export function Holidays({ dates, onChange }: { dates: string[]; onChange: (dates: string[]) => void }) {
  const { t } = useTranslation('times');
  const locale = useLocale();
  return (
    <fieldset className={classes.group}>
      <legend>{t('hours.holidays')}</legend>
      <ul className={classes.dates}>
        {dates.map((date) => (
          <li key={date}>
            <Pill
              withRemoveButton
              removeButtonProps={{
                'aria-label': t('hours.removeDate', { date: dateName(date, locale) }),
                tabIndex: 0,
                'aria-hidden': false,
              }}
              onRemove={() => onChange(dates.filter((other) => other !== date))}
            >
              {dateName(date, locale)}
            </Pill>
          </li>
        ))}
      </ul>
      <AddDate label={t('hours.addHoliday')} onAdd={(date) => onChange([...new Set([...dates, date])].sort())} />
    </fieldset>
  );
}

/** Days that differ from their week. */
export function Exceptions({
  days,
  onChange,
}: {
  days: EditCalendar['exceptions'];
  onChange: (days: EditCalendar['exceptions']) => void;
}) {
  const { t } = useTranslation('times');
  const locale = useLocale();
  return (
    <fieldset className={classes.group}>
      <legend>{t('hours.exceptions')}</legend>
      {days.map((day) => (
        <div key={day.date} className={classes.day}>
          <span>{dateName(day.date, locale)}</span>
          <SlotFields
            label={dateName(day.date, locale)}
            slots={day.slots}
            onChange={(slots) => onChange(days.map((other) => (other.date === day.date ? { ...other, slots } : other)))}
          />
          <ActionIcon
            size={26}
            aria-label={t('hours.removeDate', { date: dateName(day.date, locale) })}
            onClick={() => onChange(days.filter((other) => other.date !== day.date))}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      <AddDate
        label={t('hours.addException')}
        onAdd={(date) =>
          days.every((day) => day.date !== date) &&
          onChange(
            [...days, { date, slots: [{ from: '10:00', to: '14:00' }] }].sort((a, b) => (a.date < b.date ? -1 : 1)),
          )
        }
      />
    </fieldset>
  );
}

function AddDate({ label, onAdd }: { label: string; onAdd: (date: string) => void }) {
  const [date, setDate] = useState('');
  return (
    <Group gap={6}>
      <TextInput
        type="date"
        size="xs"
        aria-label={label}
        value={date}
        onChange={(event) => setDate(event.currentTarget.value)}
      />
      <Button
        size="compact-sm"
        variant="default"
        disabled={date === ''}
        onClick={() => {
          onAdd(date);
          setDate('');
        }}
      >
        {label}
      </Button>
    </Group>
  );
}
