import { Button, Group, Modal, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditCalendar } from '../../../../server/targets/schema.ts';
import { useLocale } from '../../../shared/ui/format.ts';
import { FormError } from '../../page/FormError.tsx';
import { useSubmit } from '../../page/useSubmit.ts';
import { weekdayName } from '../../reports/keyName.ts';
import { Exceptions, Holidays } from './Dates.tsx';
import { SlotFields } from './SlotFields.tsx';
import classes from './Times.module.css';
import { calendarFault } from './week.ts';

const zones = Intl.supportedValuesOf('timeZone');

/** The hours of one holder: a week of slots, days off, days that differ, in one time zone. */
export function CalendarForm({
  title,
  start,
  onSave,
  onRemove,
  onClose,
}: {
  title: string;
  start: EditCalendar;
  onSave: (hours: EditCalendar) => Promise<void>;
  onRemove: (() => Promise<void>) | null;
  onClose: () => void;
}) {
  const { t } = useTranslation('times');
  const locale = useLocale();
  const [hours, setHours] = useState(start);
  const set = (change: Partial<EditCalendar>) => setHours({ ...hours, ...change });
  const save = useSubmit(async () => {
    await onSave(hours);
    onClose();
  });
  const drop = useSubmit(async () => {
    await onRemove?.();
    onClose();
  });
  const monday = hours.week[0] ?? [];
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form onSubmit={save.submit}>
        <Stack gap="lg">
          <FormError text={save.error ?? drop.error} />
          <Select
            label={t('hours.timezone')}
            searchable
            allowDeselect={false}
            data={zones.includes(hours.timezone) ? zones : [hours.timezone, ...zones]}
            value={hours.timezone}
            onChange={(timezone) => timezone !== null && set({ timezone })}
          />
          <dl className={classes.week}>
            {hours.week.map((slots, index) => {
              const day = weekdayName(index + 1, locale, 'long');
              return [
                <dt key={`${day} name`}>{day}</dt>,
                <dd key={day}>
                  <SlotFields
                    label={day}
                    slots={slots}
                    onChange={(changed) =>
                      set({ week: hours.week.map((other, place) => (place === index ? changed : other)) })
                    }
                  />
                </dd>,
              ];
            })}
          </dl>
          <Button
            variant="subtle"
            size="compact-sm"
            style={{ alignSelf: 'start' }}
            onClick={() => set({ week: hours.week.map((slots, index) => (index > 0 && index < 5 ? monday : slots)) })}
          >
            {t('hours.likeMonday')}
          </Button>
          <Holidays dates={hours.holidays} onChange={(holidays) => set({ holidays })} />
          <Exceptions days={hours.exceptions} onChange={(exceptions) => set({ exceptions })} />
          <Group justify="space-between">
            {onRemove === null ? (
              <span />
            ) : (
              <Button variant="subtle" color="red" onClick={() => drop.submit()}>
                {t('hours.remove')}
              </Button>
            )}
            <Group gap="sm">
              <Button variant="default" onClick={onClose}>
                {t('common:cancel')}
              </Button>
              <Button type="submit" loading={save.busy || drop.busy} disabled={calendarFault(hours) !== null}>
                {t('common:save')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
