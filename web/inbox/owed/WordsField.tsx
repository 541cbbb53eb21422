import { Textarea } from '@mantine/core';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  required?: boolean;
  autoFocus?: boolean;
}

/** Some lines of text in a small form. */
export function WordsField({ label, value, onChange, required = false, autoFocus = false }: Props) {
  return (
    <Textarea
      size="xs"
      autosize
      minRows={2}
      maxRows={6}
      dir="auto"
      label={label}
      required={required}
      withAsterisk={false}
      autoFocus={autoFocus}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
