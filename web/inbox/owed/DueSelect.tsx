import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Moment, moments, toLocalInput } from '../thread/moments.ts';

const hourMs = 3_600_000;

/** By when: one of the moments people mean, or a time of their own; none only where `clearable`. */
export function DueSelect({
  start,
  clearable = false,
  onChange,
}: {
  start?: Moment['name'];
  clearable?: boolean;
  onChange: (due: Date | null) => void;
}) {
  const { t } = useTranslation('inbox');
  const [choices] = useState(() => moments(new Date()));
  const [own, setOwn] = useState<string | null>(null);
  const choose = (name: string | null) => {
    const at =
      name === 'other' ? new Date(Date.now() + 4 * hourMs) : choices.find((choice) => choice.name === name)?.at;
    setOwn(name === 'other' && at !== undefined ? toLocalInput(at) : null);
    onChange(at ?? null);
  };
  return (
    <>
      <Select
        size="xs"
        label={t('owed.by')}
        placeholder={t('owed.noDue')}
        clearable={clearable}
        allowDeselect={clearable}
        {...(start === undefined ? {} : { defaultValue: start })}
        data={[
          ...choices.map(({ name }) => ({ value: name, label: t(`moment.${name}`) })),
          { value: 'other', label: t('moment.other') },
        ]}
        onChange={choose}
        clearButtonProps={{ 'aria-label': t('owed.noDue') }}
      />
      {own !== null && (
        <TextInput
          type="datetime-local"
          size="xs"
          aria-label={t('moment.choose')}
          value={own}
          required
          onChange={(event) => {
            const { value } = event.currentTarget;
            setOwn(value);
            const at = new Date(value);
            if (!Number.isNaN(at.getTime())) onChange(at);
          }}
        />
      )}
    </>
  );
}
