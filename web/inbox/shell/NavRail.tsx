import { ActionIcon } from '@mantine/core';
import { IconCommand, IconKeyboard } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Bell } from '../alerts/Bell.tsx';
import { useMay } from '../me/queries.ts';
import { Hint } from './Hint.tsx';
import { isIn, places } from './places.ts';
import classes from './Shell.module.css';
import { UserMenu } from './UserMenu.tsx';

/** The 56 px at the start of every screen: where one can go, and who one is. */
export function NavRail({ onCommand, onHelp }: { onCommand: () => void; onHelp: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const { pathname } = useLocation();
  return (
    <nav className={classes.rail} aria-label={t('rail.label')}>
      <Link to="/" className={classes.mark} aria-label="Parley" tabIndex={-1}>
        <img src="/icon.svg" width={28} height={28} alt="" />
      </Link>
      <ul className={classes.places}>
        {places
          .filter((place) => may(place.permission))
          .map((place) => (
            <li key={place.name} style={{ display: 'contents' }}>
              <Hint label={t(`places.${place.name}`)} keys={`g ${place.key}`} side="right">
                <Link
                  to={place.to}
                  className={classes.item}
                  aria-label={t(`places.${place.name}`)}
                  data-active={isIn(place, pathname) || undefined}
                  aria-current={isIn(place, pathname) ? 'page' : undefined}
                >
                  <place.icon size={20} stroke={1.7} aria-hidden />
                </Link>
              </Hint>
            </li>
          ))}
      </ul>
      <span className={classes.spacer} />
      <Bell />
      <Hint label={t('command.open')} keys="Ctrl K" side="right">
        <ActionIcon size={40} onClick={onCommand} aria-label={t('command.open')}>
          <IconCommand size={18} stroke={1.7} />
        </ActionIcon>
      </Hint>
      <Hint label={t('help.open')} keys="?" side="right">
        <ActionIcon size={40} onClick={onHelp} aria-label={t('help.open')}>
          <IconKeyboard size={20} stroke={1.6} />
        </ActionIcon>
      </Hint>
      <UserMenu />
    </nav>
  );
}
