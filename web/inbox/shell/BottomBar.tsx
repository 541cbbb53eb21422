import { UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../me/queries.ts';
import { isIn, places } from './places.ts';
import classes from './Shell.module.css';
import { UserMenu } from './UserMenu.tsx';

/** The rail of a phone, within reach of a thumb; out of the way while a thread is read and answered. */
export function BottomBar({ onCommand }: { onCommand: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const { pathname } = useLocation();
  const inThread = pathname.startsWith('/t/');
  return (
    <nav className={classes.bar} data-hidden={inThread || undefined} aria-label={t('rail.bar')}>
      {places
        .filter((place) => place.bar && may(place.permission))
        .slice(0, 4)
        .map((place) => (
          <Link
            key={place.name}
            to={place.to}
            className={classes.item}
            data-active={isIn(place, pathname) || undefined}
          >
            <place.icon size={20} stroke={1.7} aria-hidden />
            {t(`places.${place.name}`)}
          </Link>
        ))}
      <UnstyledButton className={classes.item} onClick={onCommand}>
        <IconSearch size={20} stroke={1.7} aria-hidden />
        {t('search')}
      </UnstyledButton>
      <span className={classes.item}>
        <UserMenu />
      </span>
    </nav>
  );
}
