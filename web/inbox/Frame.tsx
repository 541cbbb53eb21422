import { DirectionProvider, MantineProvider, useDirection } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { directionOf } from '../shared/i18n/i18n.ts';
import { ErrorBoundary } from '../shared/ui/ErrorBoundary.tsx';
import { schemeManager } from '../shared/ui/scheme.ts';
import { cssVariables, theme } from '../shared/ui/theme.ts';
import { queryClient } from './queryClient.ts';
import { HintLayer } from './shell/Hint.tsx';

/** Everything around the places: colours, direction, language, the cache, toasts, the last net for errors. */
export function Frame({ children }: { children: ReactNode }) {
  return (
    <DirectionProvider>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={schemeManager}
        defaultColorScheme="auto"
      >
        <QueryClientProvider client={queryClient}>
          <FollowLanguage />
          <Notifications position="bottom-left" limit={3} transitionDuration={120} containerWidth={380} />
          <ErrorBoundary>
            <Suspense fallback={null}>{children}</Suspense>
          </ErrorBoundary>
          <HintLayer />
          <Layers />
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}

/** Where menus, dialogs and toasts open: a landmark of its own, so that a screen reader finds them. */
function Layers() {
  const { t } = useTranslation();
  return <section id="layers" data-portal aria-label={t('layers')} />;
}

/** Mirrors the whole screen when the language changes its direction. */
function FollowLanguage() {
  const { i18n } = useTranslation();
  const { setDirection } = useDirection();
  const dir = directionOf(i18n.resolvedLanguage ?? i18n.language);
  useEffect(() => setDirection(dir), [dir, setDirection]);
  return null;
}
