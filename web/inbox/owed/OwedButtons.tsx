import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The last row of the small forms beside a thread or a client. */
export function OwedButtons({ label, busy, onCancel }: { label: string; busy: boolean; onCancel: () => void }) {
  const { t } = useTranslation();
  return (
    <Group gap={6}>
      <Button type="submit" size="compact-xs" loading={busy}>
        {label}
      </Button>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={onCancel}>
        {t('common:cancel')}
      </Button>
    </Group>
  );
}
