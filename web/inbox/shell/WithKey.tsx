import { Kbd } from '@mantine/core';

/** Words with the keys that do the same. */
export function WithKey({ label, keys }: { label: string; keys?: string }) {
  if (keys === undefined) return label;
  return (
    <span style={{ display: 'inline-flex', gap: 8, alignItems: 'center' }}>
      {label}
      <span dir="ltr">
        {keys.split(' ').map((key) => (
          <Kbd key={key} size="xs" mx={1}>
            {key}
          </Kbd>
        ))}
      </span>
    </span>
  );
}
