import { Drawer, UnstyledButton } from '@mantine/core';
import { IconBell, IconMenu2, IconSearch } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bringCode } from '../../shared/ui/bringCode.ts';
import { AlertList } from '../alerts/AlertList.tsx';
import { useBellLabel } from '../alerts/Bell.tsx';
import { FreshCount } from '../alerts/FreshCount.tsx';
import { useMay } from '../me/queries.ts';
import { isIn, type Place, places } from './places.ts';
import classes from './Shell.module.css';

const MoreSheet = lazy(() => bringCode(() => import('./MoreSheet.tsx')).then((file) => ({ default: file.MoreSheet })));

/** How many places stand in the bar itself; the rest are one tap further. */
const IN_BAR = 3;

/** The rail of a phone, within reach of a thumb; out of the way while a thread is read and answered. */
export function BottomBar({ onCommand, onHelp }: { onCommand: () => void; onHelp: () => void }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [sheet, setSheet] = useState<'alerts' | 'more' | null>(null);
  const [near, far] = useBarPlaces();
  const bell = useBellLabel();
  const inThread = pathname.startsWith('/t/');
  const closeSheet = () => setSheet(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: gone to another place, the sheet has done its work
  useEffect(closeSheet, [pathname]);
  return (
    <nav className={classes.bar} data-hidden={inThread || undefined} aria-label={t('rail.bar')}>
      {near.map((place) => (
        <Link
          key={place.name}
          to={place.to}
          className={classes.item}
          data-active={isIn(place, pathname) || undefined}
          aria-current={isIn(place, pathname) ? 'page' : undefined}
        >
          <place.icon size={20} stroke={1.7} aria-hidden />
          {t(`places.${place.name}`)}
        </Link>
      ))}
      <UnstyledButton className={classes.item} onClick={onCommand}>
        <IconSearch size={20} stroke={1.7} aria-hidden />
        {t('search')}
      </UnstyledButton>
      <UnstyledButton
        className={classes.item}
        aria-label={bell}
        aria-expanded={sheet === 'alerts'}
        onClick={() => setSheet('alerts')}
      >
        <span className={classes.counted}>
          <IconBell size={20} stroke={1.7} aria-hidden />
          <FreshCount />
        </span>
        {t('alerts.open')}
      </UnstyledButton>
      <UnstyledButton
        className={classes.item}
        aria-expanded={sheet === 'more'}
        data-active={far.some((place) => isIn(place, pathname)) || undefined}
        onClick={() => setSheet('more')}
      >
        <IconMenu2 size={20} stroke={1.7} aria-hidden />
        {t('more')}
      </UnstyledButton>
      <Drawer
        opened={sheet === 'alerts'}
        onClose={closeSheet}
        position="bottom"
        size="auto"
        padding={0}
        withCloseButton={false}
        classNames={{ content: classes.fromBelow ?? '' }}
        attributes={{ content: { 'aria-label': t('alerts.title') } }}
      >
        <AlertList onOpen={closeSheet} />
      </Drawer>
      <Suspense fallback={null}>
        {sheet === 'more' && <MoreSheet places={far} onHelp={onHelp} onClose={closeSheet} />}
      </Suspense>
    </nav>
  );
}

/** What this user may go to: first what stands in the bar, then the rest. */
function useBarPlaces(): [Place[], Place[]] {
  const may = useMay();
  const allowed = places.filter((place) => may(place.permission));
  const near = allowed.filter((place) => place.bar).slice(0, IN_BAR);
  return [near, allowed.filter((place) => !near.includes(place))];
}
