import { Button } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../shared/ui/Empty.tsx';
import { Broken } from '../../shared/ui/ErrorBoundary.tsx';
import { Person } from '../../shared/ui/Person.tsx';
import { RowsSkeleton } from '../page/RowsSkeleton.tsx';
import { SearchField } from '../page/SearchField.tsx';
import { addressWords } from './address.ts';
import classes from './Client.module.css';
import { useClients } from './queries.ts';

const route = getRouteApi('/shell/clients');

/** Everybody who ever wrote, found by name, address, phone or company. */
export function ClientsPlace() {
  const { t } = useTranslation('inbox');
  const { q = '' } = route.useSearch();
  const navigate = useNavigate();
  const found = useClients(q);
  const clients = found.data?.pages.flatMap((page) => page.items) ?? [];
  const look = (value: string) =>
    void navigate({ to: '/clients', search: value === '' ? {} : { q: value }, replace: true });
  return (
    <div className={classes.place}>
      <div className={classes.column}>
        <h1 className={classes.heading}>{t('client.all')}</h1>
        <SearchField label={t('client.search')} start={q} onLook={look} />
        {found.data === undefined ? (
          found.isError ? (
            <Broken error={found.error} onRetry={() => void found.refetch()} />
          ) : (
            <RowsSkeleton rows={8} />
          )
        ) : clients.length === 0 ? (
          <Empty
            icon={<IconUsers size={26} />}
            title={t(q === '' ? 'client.none' : 'client.noneFound', { query: q })}
            text={t(q === '' ? 'client.noneText' : 'client.noneFoundText')}
          />
        ) : (
          <ul className={classes.plain}>
            {clients.map((client) => (
              <li key={client.id}>
                <Link to="/clients/$clientId" params={{ clientId: client.id }} className={classes.clientRow}>
                  <Person name={client.name} size={32} />
                  <span>
                    <span className={classes.clientName}>
                      <bdi>{client.name}</bdi>
                    </span>
                    <span className={`${classes.dim} p-ellipsis`}>
                      {[
                        client.company?.name,
                        ...client.identities.filter((each) => each.kind !== 'visitor').map(addressWords),
                      ]
                        .filter((words) => words && words !== client.name)
                        .join(' · ')}
                    </span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
        {found.hasNextPage && (
          <Button variant="subtle" onClick={() => void found.fetchNextPage()} loading={found.isFetchingNextPage}>
            {t('thread.older')}
          </Button>
        )}
      </div>
    </div>
  );
}
