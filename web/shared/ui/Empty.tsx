import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** An empty place is an invitation: what will be here, and the next step as a button or link. */
export function Empty({
  icon,
  title,
  text,
  children,
  order = 2,
}: {
  icon?: ReactNode;
  title: string;
  text?: string;
  children?: ReactNode;
  order?: 1 | 2 | 3;
}) {
  return (
    <Stack align="center" justify="center" h="100%" mih={160} p="xl" gap="xs" ta="center">
      <span style={{ color: 'var(--p-dim)', display: 'flex' }}>{icon}</span>
      <Title order={order} fz="md" fw={600}>
        {title}
      </Title>
      {text !== undefined && (
        <Text size="sm" c="dimmed" maw={340}>
          {text}
        </Text>
      )}
      {children !== undefined && (
        <Stack mt="xs" gap="xs" align="center">
          {children}
        </Stack>
      )}
    </Stack>
  );
}
