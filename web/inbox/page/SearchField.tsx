import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRef } from 'react';
import { useKeys } from '../shell/keys.ts';

/** Looking while one types is asking at every letter; this long a rest is the end of a word, ms. */
const REST_MS = 180;

/** Finds among what a place shows, while one types; `/` goes there. */
export function SearchField({
  label,
  start,
  large = false,
  onLook,
}: {
  label: string;
  /** What is looked for already. */
  start: string;
  /** The place is about nothing but the search: the field is larger and has the focus. */
  large?: boolean;
  /** Gets the words without the space around them. */
  onLook: (words: string) => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  const look = useDebouncedCallback((words: string) => onLook(words.trim()), REST_MS);
  useKeys([{ keys: '/', run: () => field.current?.select() }]);
  return (
    <TextInput
      ref={field}
      type="search"
      size={large ? 'md' : 'sm'}
      defaultValue={start}
      placeholder={label}
      aria-label={label}
      leftSection={<IconSearch size={large ? 18 : 15} aria-hidden />}
      onChange={(event) => look(event.currentTarget.value)}
      autoFocus={large}
    />
  );
}
