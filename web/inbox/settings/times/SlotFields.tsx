import { ActionIcon, Group, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Times.module.css';
import { nextSlot, type Slot, slotFault } from './week.ts';

/** The stretches of one day; midnight as an end is the end of the day. */
export function SlotFields({
  label,
  slots,
  onChange,
}: {
  label: string;
  slots: readonly Slot[];
  onChange: (slots: Slot[]) => void;
}) {
  const { t } = useTranslation('times');
  const fault = slotFault(slots);
  const next = nextSlot(slots);
  const change = (index: number, part: Partial<Slot>) =>
    onChange(slots.map((slot, place) => (place === index ? { ...slot, ...part } : slot)));
  return (
    <div className={classes.slots}>
      {slots.length === 0 && <span className={classes.dim}>{t('hours.closed')}</span>}
      {slots.map((slot, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a slot is its place in the day
        <Group key={index} gap={4} wrap="nowrap">
          <TextInput
            type="time"
            size="xs"
            aria-label={t('hours.fromOf', { day: label })}
            value={slot.from}
            onChange={(event) => change(index, { from: event.currentTarget.value })}
          />
          <span aria-hidden>–</span>
          <TextInput
            type="time"
            size="xs"
            aria-label={t('hours.toOf', { day: label })}
            value={slot.to === '24:00' ? '00:00' : slot.to}
            onChange={(event) => {
              const to = event.currentTarget.value;
              change(index, { to: to === '00:00' ? '24:00' : to });
            }}
          />
          <ActionIcon
            size={26}
            aria-label={t('hours.removeSlot', { day: label })}
            onClick={() => onChange(slots.filter((_, place) => place !== index))}
          >
            <IconX size={14} />
          </ActionIcon>
        </Group>
      ))}
      {next !== null && (
        <ActionIcon
          size={26}
          aria-label={t('hours.addSlot', { day: label })}
          title={t('hours.addSlot', { day: label })}
          onClick={() => onChange([...slots, next])}
        >
          <IconPlus size={14} />
        </ActionIcon>
      )}
      {fault !== null && (
        <Text size="xs" c="red" role="alert">
          {t(`hours.fault.${fault}`)}
        </Text>
      )}
    </div>
  );
}
