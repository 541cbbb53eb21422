import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Moment, moments } from '../thread/moments.ts';

/** By when: one of the moments people mean; none only where `clearable`. */
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
  return (
    <Select
      size="xs"
      label={t('owed.by')}
      placeholder={t('owed.noDue')}
      clearable={clearable}
      allowDeselect={clearable}
      {...(start === undefined ? {} : { defaultValue: start })}
      data={choices.map(({ name }) => ({ value: name, label: t(`moment.${name}`) }))}
      onChange={(name) => onChange(choices.find((choice) => choice.name === name)?.at ?? null)}
      clearButtonProps={{ 'aria-label': t('owed.noDue') }}
    />
  );
}
