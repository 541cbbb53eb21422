import { Button, Stack, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

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
  return (
    <Stack align="center" justify="center" h="100%" p="xl" gap="sm" role="alert">
      <Title order={1}>{t('broken.title')}</Title>
      <Text c="dimmed" ta="center" maw={440}>
        {t('broken.text')}
      </Text>
      <Text size="xs" c="dimmed" ff="monospace" ta="center" maw={440}>
        {error.message}
      </Text>
      <Button mt="xs" onClick={onRetry}>
        {t('broken.again')}
      </Button>
    </Stack>
  );
}
