import { Button } from '@mantine/core';
import { IconCompass } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../shared/ui/Empty.tsx';

/** An address that leads nowhere at all: a page of its own. */
export function MissingPage() {
  return (
    <main style={{ height: '100%' }}>
      <Missing />
    </main>
  );
}

/** An address that leads nowhere. */
export function Missing() {
  const { t } = useTranslation();
  return (
    <Empty icon={<IconCompass size={28} aria-hidden />} title={t('missing.title')} text={t('missing.text')} order={1}>
      <Button component={Link} to="/" variant="light">
        {t('missing.home')}
      </Button>
    </Empty>
  );
}
