import { Drawer, UnstyledButton } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { isIn, type Place } from './places.ts';
import classes from './Shell.module.css';
import { UserMenu } from './UserMenu.tsx';

/** What has no room in a phone's bar: the other places, and who one is. */
export function MoreSheet({ places, onHelp, onClose }: { places: Place[]; onHelp: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="bottom"
      size="auto"
      withCloseButton={false}
      classNames={{ content: classes.fromBelow ?? '' }}
      attributes={{ content: { 'aria-label': t('more') } }}
    >
      <ul className={classes.sheet}>
        {places.map((place) => (
          <li key={place.name}>
            <Link
              to={place.to}
              className={classes.tile}
              data-active={isIn(place, pathname) || undefined}
              onClick={onClose}
            >
              <place.icon size={22} stroke={1.6} aria-hidden />
              {t(`places.${place.name}`)}
            </Link>
          </li>
        ))}
        <li>
          <UnstyledButton
            className={classes.tile}
            onClick={() => {
              onClose();
              onHelp();
            }}
          >
            <IconKeyboard size={22} stroke={1.6} aria-hidden />
            {t('help.open')}
          </UnstyledButton>
        </li>
      </ul>
      <div className={classes.account}>
        <UserMenu named />
      </div>
    </Drawer>
  );
}
