import { ActionIcon, Popover, TagsInput } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Thread } from '../../../server/threads/schema.ts';
import { useTags } from '../list/queries.ts';
import { Hint } from '../shell/Hint.tsx';
import { useKeys } from '../shell/keys.ts';
import { tag, untag } from './actions.ts';

/** The thread's tags, with those in use proposed. */
export function TagPopover({ thread }: { thread: Thread }) {
  const { t } = useTranslation('inbox');
  const [opened, setOpened] = useState(false);
  const known = useTags(opened);
  useKeys([{ keys: 't', run: () => setOpened(true), label: t('thread.tag') }]);
  const change = (next: string[]) => {
    for (const name of next) if (!thread.tags.includes(name)) void tag(thread, name);
    for (const name of thread.tags) if (!next.includes(name)) void untag(thread, name);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={280} trapFocus returnFocus>
      <Popover.Target>
        <Hint label={t('thread.tag')} keys="t">
          <ActionIcon aria-label={t('thread.tag')} onClick={() => setOpened(!opened)}>
            <IconTag size={18} />
          </ActionIcon>
        </Hint>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label={t('thread.tags')}>
        <TagsInput
          data-autofocus
          label={t('thread.tags')}
          placeholder={t('thread.addTag')}
          value={thread.tags}
          data={known}
          maxLength={60}
          onChange={change}
          comboboxProps={{ withinPortal: false }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
