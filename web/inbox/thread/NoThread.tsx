import { Kbd, Text } from '@mantine/core';
import { IconMessages } from '@tabler/icons-react';
import { Trans, useTranslation } from 'react-i18next';
import { Empty } from '../../shared/ui/Empty.tsx';

/** Beside the list while no thread is open. */
export function NoThread() {
  const { t } = useTranslation('inbox');
  return (
    <Empty icon={<IconMessages size={28} stroke={1.5} />} title={t('none.title')}>
      <Text size="sm" c="dimmed">
        <Trans t={t} i18nKey="none.keys" components={{ k: <Kbd size="xs" /> }} />
      </Text>
    </Empty>
  );
}
