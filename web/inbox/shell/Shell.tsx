import { useLocation, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeLocale, currentLocale, rememberedChoice, toLocale } from '../../shared/i18n/i18n.ts';
import { bringCode } from '../../shared/ui/bringCode.ts';
import { ErrorBoundary } from '../../shared/ui/ErrorBoundary.tsx';
import { undoLast } from '../../shared/ui/undo.tsx';
import { seenThread, useFeed, useLinkState } from '../feed/connection.ts';
import { useFeedEvents } from '../feed/listen.ts';
import { sound } from '../feed/sound.ts';
import { useMay, useSignedIn } from '../me/queries.ts';
import { RowsSkeleton } from '../page/RowsSkeleton.tsx';
import { useAwayByInactivity } from '../presence/useIdle.ts';
import { BottomBar } from './BottomBar.tsx';
import { GuardedOutlet } from './Guard.tsx';
import { gatherPlaces } from './gatherPlaces.ts';
import { useKeys } from './keys.ts';
import { NavRail } from './NavRail.tsx';
import { places } from './places.ts';
import classes from './Shell.module.css';

const loadCommandBar = () => bringCode(() => import('./CommandBar.tsx'));
const CommandBar = lazy(() => loadCommandBar().then((file) => ({ default: file.CommandBar })));
const CallCards = lazy(() =>
  bringCode(() => import('../calls/CallCards.tsx')).then((file) => ({ default: file.CallCards })),
);
const KeyHelp = lazy(() => bringCode(() => import('./KeyHelp.tsx')).then((file) => ({ default: file.KeyHelp })));

/** What stands around every place for a signed-in user: rail, bottom bar, keys, command bar, the live feed. */
export function Shell() {
  const { me, cursor } = useSignedIn();
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [command, setCommand] = useState(false);
  const [help, setHelp] = useState(false);
  useFeed(me.id, cursor);
  useFeedEvents((events) =>
    sound(events, { meId: me.id, sounds: me.preferences.sounds, seeing: seenThread(), now: new Date() }),
  );
  useAwayByInactivity();

  // The language goes with the user to a device that never chose one.
  useEffect(() => {
    if (rememberedChoice() === null && toLocale(me.locale) !== currentLocale()) void changeLocale(toLocale(me.locale));
  }, [me.locale]);

  // What no first look needs comes a moment later.
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), 1000);
    return () => clearTimeout(timer);
  }, []);

  useEffect(() => gatherPlaces(), []);

  // Who types at once after Ctrl+K must not type into the page.
  useEffect(() => {
    const timer = setTimeout(() => void loadCommandBar(), 2000);
    return () => clearTimeout(timer);
  }, []);

  useKeys([
    { keys: 'mod+k', run: () => setCommand(true), inText: true },
    { keys: '?', run: () => setHelp(true), label: t('help.open') },
    { keys: 'z', run: () => void undoLast() },
    ...places
      .filter((place) => may(place.permission))
      .map((place) => ({ keys: `g ${place.key}`, run: () => void navigate({ to: place.to }) })),
  ]);

  return (
    <div className={classes.shell}>
      <a className="p-skip" href="#main">
        {t('skip')}
      </a>
      <LinkBanner />
      <div className={classes.calls}>
        {/* Their code may not come when the line breaks at the wrong moment: the screen goes on without. */}
        <ErrorBoundary quiet>
          <Suspense fallback={null}>{settled && <CallCards />}</Suspense>
        </ErrorBoundary>
      </div>
      <NavRail onCommand={() => setCommand(true)} onHelp={() => setHelp(true)} />
      <main className={classes.main} id="main" tabIndex={-1}>
        <ErrorBoundary resetKey={pathname}>
          <Suspense fallback={<PlaceSkeleton />}>
            <GuardedOutlet leave="/shell/settings/" />
          </Suspense>
        </ErrorBoundary>
      </main>
      <BottomBar onCommand={() => setCommand(true)} onHelp={() => setHelp(true)} />
      <ErrorBoundary quiet resetKey={`${command} ${help}`}>
        <Suspense fallback={null}>
          {command && <CommandBar onClose={() => setCommand(false)} />}
          {help && <KeyHelp onClose={() => setHelp(false)} />}
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}

/** A place whose code or words are still on their way. */
function PlaceSkeleton() {
  return (
    <div className={classes.coming}>
      <RowsSkeleton rows={6} />
    </div>
  );
}

/** Says when the screen is not live, and that it will catch up by itself. */
function LinkBanner() {
  const { t } = useTranslation();
  const state = useLinkState();
  const quiet = state === 'online' || state === 'connecting';
  return (
    <div role="status" className={quiet ? undefined : classes.link} style={quiet ? { gridColumn: '1 / -1' } : {}}>
      {!quiet && t(state === 'refused' ? 'link.refused' : 'link.offline')}
    </div>
  );
}
