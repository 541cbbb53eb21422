import { Button, Stack, Text, Title } from '@mantine/core';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { Component, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api.ts';
import { CodeGone, didNotCome, serverAnswers, startAfresh } from './bringCode.ts';
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

/** What failed, in words, and the way on. What only did not come is tried again by itself. */
export function Broken({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation();
  const { reset } = useQueryErrorResetBoundary();
  const state = stateOf(error);
  const gone = error instanceof CodeGone;
  const again = () => {
    if (gone && startAfresh()) return;
    reset();
    onRetry();
  };
  useTrying(state === 'notLoaded' && !gone, again);
  useEffect(() => {
    if (gone) startAfresh();
  }, [gone]);
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
      {error instanceof ApiError && state === 'notLoaded' && (
        <Text size="xs" c="dimmed" ta="center" maw={440}>
          {sayError(error)}
        </Text>
      )}
      {state === 'broken' && (
        <Text size="xs" c="dimmed" ta="center" maw={440} ff="monospace" dir="ltr">
          {error.message}
        </Text>
      )}
      {state !== 'refused' && (
        <Button mt="xs" onClick={state === 'signedOut' ? signIn : again}>
          {t(state === 'signedOut' ? 'sign.in.button' : 'broken.again')}
        </Button>
      )}
    </Stack>
  );
}

function stateOf(error: Error): 'broken' | 'notLoaded' | 'refused' | 'signedOut' {
  if (error instanceof CodeGone || didNotCome(error)) return 'notLoaded';
  if (!(error instanceof ApiError)) return 'broken';
  return error.status === 403 ? 'refused' : error.status === 401 ? 'signedOut' : 'notLoaded';
}

const FIRST_TRY_MS = 2000;
const SLOWEST_TRY_MS = 15_000;
/** How often in a row; a try takes what shows the failure away and brings it back, so that it cannot count itself. */
let tried = { times: 0, at: 0 };

/** Tries by itself, ever more slowly and only a server that answers: at once when the browser is back on line or looked at. */
function useTrying(on: boolean, tryAgain: () => void): void {
  const latest = useRef(tryAgain);
  useEffect(() => {
    latest.current = tryAgain;
  });
  useEffect(() => {
    if (!on) return;
    if (Date.now() - tried.at > 2 * SLOWEST_TRY_MS) tried = { times: 0, at: 0 };
    let timer: ReturnType<typeof setTimeout>;
    let left = false;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(attempt, Math.min(SLOWEST_TRY_MS, FIRST_TRY_MS * 2 ** tried.times));
    };
    const attempt = async () => {
      if (document.visibilityState !== 'visible') return wait();
      tried = { times: tried.times + 1, at: Date.now() };
      const back = await serverAnswers();
      if (left) return;
      if (back) latest.current();
      wait();
    };
    const now = () => void attempt();
    wait();
    window.addEventListener('online', now);
    document.addEventListener('visibilitychange', now);
    return () => {
      left = true;
      clearTimeout(timer);
      window.removeEventListener('online', now);
      document.removeEventListener('visibilitychange', now);
    };
  }, [on]);
}
