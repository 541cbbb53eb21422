import { Skeleton, Stack } from '@mantine/core';

/** The shape of a thread while it loads; shown only when that takes long enough to notice. */
export function ThreadSkeleton() {
  return (
    <Stack className="p-late" p="lg" gap="lg" maw={720} mx="auto" aria-hidden>
      <Skeleton height={18} width="40%" />
      {[70, 92, 55].map((width) => (
        <Stack key={width} gap="sm">
          <Skeleton height={12} width="22%" />
          <Skeleton height={10} width={`${width}%`} />
          <Skeleton height={10} width={`${width - 14}%`} />
        </Stack>
      ))}
    </Stack>
  );
}
