import { Button, Group } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Client } from '../../../server/clients/schema.ts';
import { showError } from '../../shared/ui/problem.ts';
import { useMay } from '../me/queries.ts';
import classes from './Client.module.css';
import { mergeClients, undoMerge } from './queries.ts';

/** "May be the same person": one click makes one client of two, one takes it back. */
export function MergeProposals({ client }: { client: Client }) {
  const { t } = useTranslation('inbox');
  const may = useMay();
  if (!may('clients.write')) return null;
  return (
    <>
      {client.proposedMerges.map((proposal) => (
        <section key={proposal.id} className={classes.proposal} aria-label={t('client.proposal')}>
          <p>
            <IconUsers size={15} aria-hidden />
            {t('client.maybeSame')}{' '}
            <Link to="/clients/$clientId" params={{ clientId: proposal.otherId }}>
              <bdi>{proposal.otherName}</bdi>
            </Link>
            <span className={classes.dim}>
              {' '}
              {t(`client.reason.${proposal.reason}`, { defaultValue: proposal.reason })}
            </span>
          </p>
          <Group gap={6}>
            <Button size="compact-xs" onClick={() => void mergeClients(client.id, proposal.otherId)}>
              {t('client.same')}
            </Button>
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              onClick={() => void undoMerge(client.id, proposal.id).catch(showError)}
            >
              {t('client.notSame')}
            </Button>
          </Group>
        </section>
      ))}
      {client.merges.map((merge) => (
        <p key={merge.id} className={classes.merged}>
          {t('client.mergedWith')} <bdi>{merge.otherName}</bdi>
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => void undoMerge(client.id, merge.id).catch(showError)}
          >
            {t('common:undo')}
          </Button>
        </p>
      ))}
    </>
  );
}
