import { Group, Kbd, Modal, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Every key of the product, by what one is doing. */
const groups: { name: string; keys: [string, string][] }[] = [
  {
    name: 'list',
    keys: [
      ['j k', 'move'],
      ['o Enter', 'open'],
      ['x', 'mark'],
      ['/', 'search'],
      ['g i', 'mine'],
      ['g u', 'unassigned'],
      ['g a', 'all'],
    ],
  },
  {
    name: 'thread',
    keys: [
      ['u', 'back'],
      ['[ ]', 'siblings'],
      ['a', 'assign'],
      ['m', 'assignMe'],
      ['l', 'team'],
      ['e', 'close'],
      ['p o', 'reopen'],
      ['s', 'snooze'],
      ['t', 'tag'],
      ['c', 'client'],
      ['p c q v h f', 'promiseQuick'],
      ['p p', 'promise'],
      ['p t n', 'call'],
      ['p a', 'ask'],
      ['p m', 'merge'],
    ],
  },
  {
    name: 'write',
    keys: [
      ['r', 'reply'],
      ['n', 'note'],
      ['Ctrl Enter', 'send'],
      ['Ctrl B', 'bold'],
      ['Ctrl I', 'italic'],
      ['Tab', 'insert'],
      ['Alt 1 2 3', 'insertNth'],
      ['Esc', 'leave'],
    ],
  },
  {
    name: 'everywhere',
    keys: [
      ['Ctrl K', 'command'],
      ['z', 'undo'],
      ['?', 'help'],
    ],
  },
];

export function KeyHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} size={720} title={t('help.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xl" verticalSpacing="lg">
        {groups.map((group) => (
          <Stack key={group.name} gap={6}>
            <Title order={3}>{t(`help.groups.${group.name}`)}</Title>
            {group.keys.map(([keys, what]) => (
              <Group key={what} justify="space-between" wrap="nowrap" gap="sm">
                <Text size="sm">{t(`help.keys.${what}`)}</Text>
                <span dir="ltr" style={{ whiteSpace: 'nowrap' }}>
                  {keys.split(' ').map((key) => (
                    <Kbd key={key} size="xs" mx={1}>
                      {key}
                    </Kbd>
                  ))}
                </span>
              </Group>
            ))}
          </Stack>
        ))}
      </SimpleGrid>
    </Modal>
  );
}
