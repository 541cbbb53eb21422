import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ClientPromise } from '../../../server/promises/schema.ts';
import { showError } from '../../shared/ui/problem.ts';
import { useSubmit } from '../page/useSubmit.ts';
import { confirmHold } from './queries.ts';

/** The store's two answers to a hold; the client is told at once. */
export function HoldAnswer({ promise }: { promise: ClientPromise }) {
  const { t } = useTranslation('promises');
  const keep = useSubmit(() => confirmHold(promise.id, true), { onRefused: showError });
  const refuse = useSubmit(() => confirmHold(promise.id, false), { onRefused: showError });
  const busy = keep.busy || refuse.busy;
  return (
    <>
      <Button size="compact-sm" loading={keep.busy} disabled={busy} onClick={() => keep.submit()}>
        {t('weKeepIt')}
      </Button>
      <Button size="compact-sm" variant="default" loading={refuse.busy} disabled={busy} onClick={() => refuse.submit()}>
        {t('weCannot')}
      </Button>
    </>
  );
}
