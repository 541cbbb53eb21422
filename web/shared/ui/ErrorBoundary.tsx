import { Button, Stack, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api.ts';
import { sayError } from './sayError.ts';

/** Catches what a screen throws: says that nothing was lost and how to go on; `quiet`: what is only beside the screen is left out. */
export class ErrorBoundary extends Component<
  { children: ReactNode; resetKey?: string; quiet?: boolean },
  { error: Error | null }
> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidUpdate(before: { resetKey?: string }) {
    if (this.state.error !== null && before.resetKey !== this.props.resetKey) this.setState({ error: null });
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    if (this.props.quiet === true) return null;
    return <Broken error={this.state.error} onRetry={() => this.setState({ error: null })} />;
  }
}

export function Broken({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation();
  const known = error instanceof ApiError;
  const state = !known ? 'broken' : error.status === 403 ? 'refused' : error.status === 401 ? 'signedOut' : 'notLoaded';
  const words = {
    broken: ['broken.title', 'broken.text'],
    notLoaded: ['broken.notLoaded', 'broken.text'],
    refused: ['forbidden.title', 'forbidden.text'],
    signedOut: ['broken.signedOut', 'broken.signedOutText'],
  }[state];
  // Where one was is where one comes back to.
  const signIn = () =>
    window.location.assign(`/sign-in?to=${encodeURIComponent(window.location.pathname + window.location.search)}`);
  return (
    <Stack align="center" justify="center" h="100%" p="xl" gap="sm" role="alert">
      <Title order={2} fz="md" ta="center">
        {t(words[0] ?? '')}
      </Title>
      <Text c="dimmed" ta="center" maw={440}>
        {t(words[1] ?? '')}
      </Text>
      {(state === 'broken' || state === 'notLoaded') && (
        <Text size="xs" c="dimmed" ta="center" maw={440} {...(known ? {} : { ff: 'monospace' })}>
          {known ? sayError(error) : error.message}
        </Text>
      )}
      {state !== 'refused' && (
        <Button mt="xs" onClick={state === 'signedOut' ? signIn : onRetry}>
          {t(state === 'signedOut' ? 'sign.in.button' : 'broken.again')}
        </Button>
      )}
    </Stack>
  );
}
