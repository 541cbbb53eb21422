import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientPromise } from '../../../server/promises/schema.ts';
import { showError } from '../../shared/ui/problem.ts';
import { confirmHold } from './queries.ts';

/** The store's two answers to a hold; the client is told at once. */
export function HoldAnswer({ promise }: { promise: ClientPromise }) {
  const { t } = useTranslation('promises');
  const [busy, setBusy] = useState<'yes' | 'no' | null>(null);
  const answer = (keeps: boolean) => {
    setBusy(keeps ? 'yes' : 'no');
    confirmHold(promise.id, keeps)
      .catch(showError)
      .finally(() => setBusy(null));
  };
  return (
    <>
      <Button size="compact-sm" loading={busy === 'yes'} disabled={busy !== null} onClick={() => answer(true)}>
        {t('weKeepIt')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        loading={busy === 'no'}
        disabled={busy !== null}
        onClick={() => answer(false)}
      >
        {t('weCannot')}
      </Button>
    </>
  );
}
