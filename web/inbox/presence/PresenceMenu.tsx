import { Menu } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PresenceState } from '../../../server/presence/schema.ts';
import { showError } from '../../shared/ui/problem.ts';
import { PresenceDot } from './PresenceDot.tsx';
import { sayPresence, useMyPresence } from './queries.ts';

const states: PresenceState[] = ['available', 'busy', 'away', 'off'];

/** Whether I am there to be given work: part of the menu of who is signed in. */
export function PresenceMenu() {
  const { t } = useTranslation();
  const now = useMyPresence();
  return (
    <>
      <Menu.Label>{t('presence.title')}</Menu.Label>
      {states.map((state) => (
        <Menu.Item
          key={state}
          leftSection={<PresenceDot state={state} />}
          rightSection={now === state ? <IconCheck size={14} aria-hidden /> : null}
          aria-current={now === state}
          onClick={() => void sayPresence(state).catch(showError)}
        >
          {t(`presence.${state}`)}
        </Menu.Item>
      ))}
    </>
  );
}
