import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../server/calls/schema.ts';
import classes from './Calls.module.css';

/** Who called or was called: the client, or the bare number. */
export function Who({ call }: { call: Call }) {
  const { t } = useTranslation('calls');
  const number = call.phone === '' ? t('withheld') : <bdi dir="ltr">{call.phone}</bdi>;
  if (call.clientId === null) return <span>{number}</span>;
  return (
    <Link to="/clients/$clientId" params={{ clientId: call.clientId }} className={classes.link}>
      <bdi>{call.clientName}</bdi>
    </Link>
  );
}

/** Level, company and number of who called, as far as they are known. */
export function About({ call }: { call: Call }) {
  const { t } = useTranslation('inbox');
  const parts = [
    call.clientLevel === null || call.clientLevel === 'usual' ? null : t(`level.${call.clientLevel}`),
    call.companyName,
  ].filter((part) => part !== null);
  return (
    <>
      {parts.length > 0 && <bdi>{parts.join(' · ')}</bdi>}
      {call.clientId !== null && call.phone !== '' && call.phone !== call.clientName && (
        <>
          {parts.length > 0 && ' · '}
          <bdi dir="ltr">{call.phone}</bdi>
        </>
      )}
    </>
  );
}
