import { ActionIcon, Menu, TextInput, Tooltip } from '@mantine/core';
import { IconBellOff, IconBellZ } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Thread } from '../../../server/threads/schema.ts';
import { shortDateTime, useLocale } from '../../shared/ui/format.ts';
import { useKeys } from '../shell/keys.ts';
import { WithKey } from '../shell/NavRail.tsx';
import { snooze, wake } from './actions.ts';
import { moments, toLocalInput } from './moments.ts';

/** Out of sight until a moment: proposed ones, or a chosen one. A message of the client wakes it before. */
export function SnoozeMenu({ thread }: { thread: Thread }) {
  const { t } = useTranslation('inbox');
  const locale = useLocale();
  const [opened, setOpened] = useState(false);
  useKeys([{ keys: 's', run: () => setOpened(true), label: t('thread.snooze') }]);
  const until = (at: Date) => {
    setOpened(false);
    void snooze(thread, at, shortDateTime(at.toISOString(), locale));
  };
  const snoozed = thread.status === 'snoozed';
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-end" width={260}>
      <Menu.Target>
        <Tooltip label={<WithKey label={t('thread.snooze')} keys="s" />} disabled={opened}>
          <ActionIcon
            aria-label={t('thread.snooze')}
            variant={snoozed ? 'light' : 'subtle'}
            color={snoozed ? 'accent' : 'gray'}
          >
            <IconBellZ size={18} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {snoozed && (
          <>
            <Menu.Item leftSection={<IconBellOff size={16} aria-hidden />} onClick={() => void wake(thread)}>
              {t('thread.wake')}
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        <Menu.Label>{t('thread.snoozeUntil')}</Menu.Label>
        {moments(new Date()).map(({ name, at }) => (
          <Menu.Item
            key={name}
            rightSection={
              <span style={{ color: 'var(--p-dim)', fontSize: 12 }}>{shortDateTime(at.toISOString(), locale)}</span>
            }
            onClick={() => until(at)}
          >
            {t(`moment.${name}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <TextInput
          type="datetime-local"
          size="xs"
          m={6}
          label={t('moment.choose')}
          min={toLocalInput(new Date())}
          onKeyDown={(event) => {
            event.stopPropagation();
            const at = new Date(event.currentTarget.value);
            if (event.key === 'Enter' && at.getTime() > Date.now()) until(at);
          }}
          onBlur={(event) => {
            const at = new Date(event.currentTarget.value);
            if (at.getTime() > Date.now()) until(at);
          }}
        />
      </Menu.Dropdown>
    </Menu>
  );
}
