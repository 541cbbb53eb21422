import { Skeleton, Stack } from '@mantine/core';

/** The shape of a list while it loads; shown only when that takes long enough to notice. */
export function RowsSkeleton({ rows = 5 }: { rows?: number }) {
  return (
    <Stack className="p-late" gap="md" py="sm" aria-hidden>
      {Array.from({ length: rows }, (_, index) => index).map((index) => (
        <Stack key={index} gap={6}>
          <Skeleton height={12} width={`${34 + ((index * 17) % 30)}%`} />
          <Skeleton height={10} width={`${58 + ((index * 13) % 30)}%`} />
        </Stack>
      ))}
    </Stack>
  );
}
