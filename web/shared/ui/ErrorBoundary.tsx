import { Button, Stack, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api.ts';
import { sayError } from './problem.ts';

/** Catches what a screen throws: says that nothing was lost and how to go on. */
export class ErrorBoundary extends Component<{ children: ReactNode; resetKey?: string }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidUpdate(before: { resetKey?: string }) {
    if (this.state.error !== null && before.resetKey !== this.props.resetKey) this.setState({ error: null });
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return <Broken error={this.state.error} onRetry={() => this.setState({ error: null })} />;
  }
}

export function Broken({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation();
  const refused = error instanceof ApiError && error.status === 403;
  const known = error instanceof ApiError;
  return (
    <Stack align="center" justify="center" h="100%" p="xl" gap="sm" role="alert">
      <Title order={2} fz="md" ta="center">
        {t(refused ? 'forbidden.title' : known ? 'broken.notLoaded' : 'broken.title')}
      </Title>
      <Text c="dimmed" ta="center" maw={440}>
        {t(refused ? 'forbidden.text' : 'broken.text')}
      </Text>
      {!refused && (
        <Text size="xs" c="dimmed" ta="center" maw={440} {...(known ? {} : { ff: 'monospace' })}>
          {known ? sayError(error) : error.message}
        </Text>
      )}
      {!refused && (
        <Button mt="xs" onClick={onRetry}>
          {t('broken.again')}
        </Button>
      )}
    </Stack>
  );
}
