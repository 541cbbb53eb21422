import { ActionIcon, Button, Group, Menu, Modal, Textarea } from '@mantine/core';
import { IconDots, IconHandStop, IconMessage2, IconUserShare } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Live } from '../../../server/reports/schema.ts';
import { post, put } from '../../shared/api.ts';
import { showError } from '../../shared/ui/problem.ts';
import { useMay } from '../me/queries.ts';
import { useSubmit } from '../page/useSubmit.ts';
import type { LiveNow } from './queries.ts';

/** Stepping in where a client waits: take it, give it to somebody, or whisper a note that only colleagues see. */
export function StepIn({ row, people }: { row: Live['waiting'][number]; people: LiveNow['byUser'] }) {
  const { t } = useTranslation('live');
  const may = useMay();
  const [whisper, setWhisper] = useState(false);
  if (!may('threads.write')) return null;
  const give = (userId: string) => void put(`/threads/${row.threadId}/assignment`, { userId }).catch(showError);
  const here = people.filter((person) => person.presence === 'available' || person.presence === 'busy');
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon aria-label={t('stepIn', { name: row.clientName })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconHandStop size={16} aria-hidden />} onClick={() => give('me')}>
            {t('take')}
          </Menu.Item>
          <Menu.Item leftSection={<IconMessage2 size={16} aria-hidden />} onClick={() => setWhisper(true)}>
            {t('whisper')}
          </Menu.Item>
          {may('threads.assignOthers') && (
            <>
              <Menu.Label>{t('giveTo')}</Menu.Label>
              {(here.length > 0 ? here : people)
                .filter((person) => person.userId !== row.assigneeId)
                .slice(0, 12)
                .map((person) => (
                  <Menu.Item
                    key={person.userId}
                    leftSection={<IconUserShare size={16} aria-hidden />}
                    rightSection={person.open.toLocaleString()}
                    onClick={() => give(person.userId)}
                  >
                    <bdi>{person.name}</bdi>
                  </Menu.Item>
                ))}
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {whisper && <Whisper row={row} onClose={() => setWhisper(false)} />}
    </>
  );
}

function Whisper({ row, onClose }: { row: Live['waiting'][number]; onClose: () => void }) {
  const { t } = useTranslation('live');
  const [text, setText] = useState('');
  const { busy, submit } = useSubmit(
    async () => {
      await post(`/threads/${row.threadId}/messages`, { clientKey: crypto.randomUUID(), kind: 'note', text });
      onClose();
    },
    { onRefused: showError },
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('whisperTo', { name: row.clientName })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <Textarea
          label={t('whisperText')}
          autosize
          minRows={3}
          dir="auto"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-autofocus
        />
        <Group justify="flex-end" mt="md">
          <Button type="submit" loading={busy} disabled={text.trim() === ''}>
            {t('whisper')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
