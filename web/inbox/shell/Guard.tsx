import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { Link, Outlet, useMatches } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Permission } from '../../../server/users/schema.ts';
import { Empty } from '../../shared/ui/Empty.tsx';
import { useMay } from '../me/queries.ts';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** Who the place is for; without it, for everybody who is signed in. The server refuses the rest anyway. */
    permission?: Permission;
  }
}

/**
 * The place below, or the word that it is not for this role: its questions are then not even asked.
 * @param leave routes below this one have a guarded outlet of their own, so that what stands around them stays
 */
export function GuardedOutlet({ leave }: { leave?: string }) {
  const may = useMay();
  const needed = useMatches({
    select: (matches) =>
      matches
        .filter(({ routeId }) => leave === undefined || !routeId.startsWith(leave))
        .map((match) => match.staticData.permission),
  });
  return needed.every((permission) => permission === undefined || may(permission)) ? <Outlet /> : <Forbidden />;
}

/** A place that exists and is for others. */
export function Forbidden() {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <Empty icon={<IconLock size={28} aria-hidden />} title={t('forbidden.title')} text={t('forbidden.text')} order={1}>
      <Button component={Link} to="/" variant="light">
        {t('missing.home')}
      </Button>
      {may('threads.write') && (
        <Button component={Link} to="/week" variant="subtle">
          {t('forbidden.own')}
        </Button>
      )}
    </Empty>
  );
}
