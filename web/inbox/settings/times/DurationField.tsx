import { Input, NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

const units = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
type Unit = keyof typeof units;

/** The largest unit that says it without a rest. */
export function unitOf(ms: number | null): Unit {
  if (ms === null || ms === 0) return 'minute';
  if (ms % units.day === 0) return 'day';
  return ms % units.hour === 0 ? 'hour' : 'minute';
}

/** A length of time as a number and its unit; empty is none. In milliseconds. */
export function DurationField({
  label,
  description,
  value,
  onChange,
}: {
  label: string;
  description?: string;
  value: number | null;
  onChange: (ms: number | null) => void;
}) {
  const { t } = useTranslation('times');
  const [unit, setUnit] = useState<Unit>(() => unitOf(value));
  return (
    <Input.Wrapper label={label} {...(description === undefined ? {} : { description })} labelElement="div">
      <div style={{ display: 'flex', gap: 4, marginTop: 2 }}>
        <NumberInput
          aria-label={label}
          min={0}
          max={9999}
          allowNegative={false}
          placeholder={t('duration.none')}
          value={value === null ? '' : value / units[unit]}
          onChange={(number) => onChange(number === '' ? null : Math.round(Number(number) * units[unit]))}
          hideControls
          style={{ flex: '1 1 70px', minWidth: 60 }}
        />
        <Select
          aria-label={t('duration.unitOf', { label })}
          allowDeselect={false}
          value={unit}
          onChange={(next) => {
            if (next === null) return;
            if (value !== null) onChange((value / units[unit]) * units[next]);
            setUnit(next);
          }}
          data={(Object.keys(units) as Unit[]).map((name) => ({ value: name, label: t(`duration.${name}`) }))}
          style={{ flex: '1 1 100px', minWidth: 90 }}
        />
      </div>
    </Input.Wrapper>
  );
}
