import { ActionIcon, Menu } from '@mantine/core';
import { IconBellOff, IconBellZ } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Thread } from '../../../server/threads/schema.ts';
import { shortDateTime, useLocale } from '../../shared/ui/format.ts';
import { Hint } from '../shell/Hint.tsx';
import { useKeys } from '../shell/keys.ts';
import { snooze, wake } from './actions.ts';
import { ChooseTime } from './ChooseTime.tsx';
import { MomentItems } from './MomentItems.tsx';

/** Out of sight until a moment: proposed ones, or a chosen one. A message of the client wakes it before. */
export function SnoozeMenu({ thread }: { thread: Thread }) {
  const { t } = useTranslation('inbox');
  const locale = useLocale();
  const [opened, setOpened] = useState(false);
  const [choosing, setChoosing] = useState(false);
  useKeys([{ keys: 's', run: () => setOpened(true), label: t('thread.snooze') }]);
  const until = (at: Date) => {
    setOpened(false);
    void snooze(thread, at, shortDateTime(at.toISOString(), locale));
  };
  const snoozed = thread.status === 'snoozed';
  return (
    <>
      <Menu opened={opened} onChange={setOpened} withinPortal={false} position="bottom-end" width={260}>
        <Menu.Target>
          <Hint label={t('thread.snooze')} keys="s">
            <ActionIcon
              aria-label={t('thread.snooze')}
              variant={snoozed ? 'light' : 'subtle'}
              color={snoozed ? 'accent' : 'gray'}
            >
              <IconBellZ size={18} />
            </ActionIcon>
          </Hint>
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
          <MomentItems onChoose={until} onOther={() => setChoosing(true)} />
        </Menu.Dropdown>
      </Menu>
      {choosing && (
        <ChooseTime
          title={t('thread.snooze')}
          onClose={() => setChoosing(false)}
          onChoose={(at) => {
            setChoosing(false);
            until(at);
          }}
        />
      )}
    </>
  );
}
