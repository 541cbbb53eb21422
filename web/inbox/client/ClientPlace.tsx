import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../shared/api.ts';
import { Broken } from '../../shared/ui/ErrorBoundary.tsx';
import { Row } from '../list/Row.tsx';
import { Owed } from '../owed/Owed.tsx';
import { useOwedKeys } from '../owed/useOwedKeys.ts';
import { Missing } from '../shell/Missing.tsx';
import { ThreadSkeleton } from '../thread/ThreadSkeleton.tsx';
import classes from './Client.module.css';
import { ClientCard } from './ClientCard.tsx';
import { MergeProposals } from './MergeProposals.tsx';
import { useClient, useClientThreads } from './queries.ts';
import { Timeline } from './Timeline.tsx';

const route = getRouteApi('/shell/clients/$clientId');

/** A client's own page: card, threads, the whole timeline. */
export function ClientPlace() {
  const { t } = useTranslation('inbox');
  const { clientId } = route.useParams();
  const found = useClient(clientId);
  const threads = useClientThreads(clientId);
  useOwedKeys({ clientId });
  if (found.isError && found.data === undefined)
    return found.error instanceof ApiError && [403, 404].includes(found.error.status) ? (
      <Missing />
    ) : (
      <Broken error={found.error} onRetry={() => void found.refetch()} />
    );
  if (found.data === undefined) return <ThreadSkeleton />;
  const client = found.data;
  return (
    <div className={classes.place}>
      <div className={classes.columns}>
        <div className={classes.section}>
          <h1 className={classes.hidden}>
            <bdi>{client.name}</bdi>
          </h1>
          <MergeProposals client={client} />
          <ClientCard client={client} />
          <Owed clientId={client.id} thread={null} />
        </div>
        <div className={classes.section}>
          <h2 className={classes.title}>{t('client.threads')}</h2>
          <ul className={classes.plain}>
            {(threads.data ?? []).map((row) => (
              <li key={row.id}>
                <Row row={row} open={false} search={{}} />
              </li>
            ))}
          </ul>
          <h2 className={classes.title} style={{ marginTop: 16 }}>
            {t('client.timeline')}
          </h2>
          <Timeline clientId={clientId} full />
        </div>
      </div>
    </div>
  );
}
