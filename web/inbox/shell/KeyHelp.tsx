import { Group, Kbd, Modal, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMay } from '../me/queries.ts';
import { places } from './places.ts';
import classes from './Shell.module.css';

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
      ['p c', 'promiseCall'],
      ['p q', 'promiseQuote'],
      ['p v', 'promiseVisit'],
      ['p h', 'promiseHold'],
      ['p f', 'promiseFindOut'],
      ['p p', 'promise'],
      ['p t', 'callTalked'],
      ['p n', 'callNobody'],
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
  const may = useMay();
  const shown = [
    {
      name: 'places',
      keys: places
        .filter((place) => may(place.permission))
        .map((place) => ({ key: `g ${place.key}`, label: t(`places.${place.name}`) })),
    },
    ...groups.map(({ name, keys }) => ({
      name,
      keys: keys.map(([key, what]) => ({ key, label: t(`help.keys.${what}`) })),
    })),
  ];
  return (
    <Modal opened onClose={onClose} size={980} title={t('help.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <div className={classes.keys}>
        {shown.map((group) => (
          <Stack key={group.name} gap={6} className={classes.keyGroup ?? ''}>
            <Title order={3}>{t(`help.groups.${group.name}`)}</Title>
            {group.keys.map(({ key: keys, label }) => (
              <Group key={keys} justify="space-between" wrap="nowrap" gap="sm">
                <Text size="sm">{label}</Text>
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
      </div>
    </Modal>
  );
}
