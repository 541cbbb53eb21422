import { Button, Group } from '@mantine/core';
import { IconArrowsDiff, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './Catalogue.module.css';
import { clearCompared, MOST_COMPARED, toggleCompared, useCompared } from './compared.ts';

/** Puts a product beside others, or takes it away. */
export function CompareToggle({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation('catalogue');
  const compared = useCompared();
  const on = compared.includes(id);
  return (
    <Button
      size="compact-sm"
      variant={on ? 'light' : 'default'}
      aria-pressed={on}
      aria-label={`${t(on ? 'compared' : 'compare')}: ${name}`}
      disabled={!on && compared.length >= MOST_COMPARED}
      leftSection={<IconArrowsDiff size={15} aria-hidden />}
      onClick={() => toggleCompared(id)}
    >
      {t(on ? 'compared' : 'compare')}
    </Button>
  );
}

/** Stands at the foot while something is chosen. */
export function CompareBar() {
  const { t } = useTranslation('catalogue');
  const compared = useCompared();
  if (compared.length === 0) return null;
  return (
    <section className={classes.bar} aria-label={t('compareBar')}>
      <span>{t('chosen', { count: compared.length })}</span>
      <Group gap="xs">
        {compared.length > 1 && (
          <Button component={Link} to={`/catalogue/compare?ids=${compared.join(',')}`} size="compact-md">
            {t('compareNow')}
          </Button>
        )}
        <Button
          size="compact-md"
          variant="subtle"
          color="gray"
          leftSection={<IconX size={15} aria-hidden />}
          onClick={clearCompared}
        >
          {t('clear')}
        </Button>
      </Group>
    </section>
  );
}
