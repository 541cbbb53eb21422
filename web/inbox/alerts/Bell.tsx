import { ActionIcon, Popover } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Hint } from '../shell/Hint.tsx';
import { AlertList } from './AlertList.tsx';
import classes from './Bell.module.css';
import { FreshCount } from './FreshCount.tsx';
import { useFreshAlerts } from './queries.ts';

/** What one was told (a clock, a promise, a question), counted while it is new. */
export function Bell() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const label = useBellLabel();
  return (
    <Popover opened={opened} onChange={setOpened} position="right-end" width={340} trapFocus returnFocus>
      <Popover.Target>
        <Hint label={label} side="right">
          <ActionIcon size={40} aria-label={label} onClick={() => setOpened(!opened)} className={classes.bell ?? ''}>
            <IconBell size={20} stroke={1.6} />
            <FreshCount />
          </ActionIcon>
        </Hint>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('alerts.title')}>
        <AlertList onOpen={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** The bell's name, with how much is new. */
export function useBellLabel(): string {
  const { t } = useTranslation();
  const fresh = useFreshAlerts();
  return fresh === 0 ? t('alerts.open') : `${t('alerts.open')}: ${t('alerts.unread', { count: fresh })}`;
}
