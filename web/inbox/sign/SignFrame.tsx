import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { accentOf } from '../shop/accent.ts';
import { useShop } from '../shop/queries.ts';
import { ShopMark } from '../shop/ShopMark.tsx';
import classes from './SignFrame.module.css';

/** The quiet page around every form for people who are not signed in. */
export function SignFrame({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <main className={classes.page} style={accentOf(useShop())}>
      <Stack className={classes.card ?? ''} gap="md">
        <Stack gap={6}>
          <ShopMark />
          <Title order={1} mt="sm">
            {title}
          </Title>
          {text !== undefined && (
            <Text c="dimmed" size="sm">
              {text}
            </Text>
          )}
        </Stack>
        {children}
      </Stack>
    </main>
  );
}
