import { ActionIcon, Button } from '@mantine/core';
import { IconClockHour4, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewPolicy, Policy } from '../../../../server/targets/schema.ts';
import { Empty } from '../../../shared/ui/Empty.tsx';
import { duration, shortDateTime, useLocale } from '../../../shared/ui/format.ts';
import { useChannels } from '../../me/channels.ts';
import { useTeams } from '../../me/teams.ts';
import { Badge } from '../../page/Badge.tsx';
import { useConfirm } from '../../page/confirm.tsx';
import { Loaded } from '../../page/Loaded.tsx';
import page from '../../page/Page.module.css';
import { Page } from '../../page/Page.tsx';
import { useStores } from '../stores/queries.ts';
import { endPolicy, usePolicies } from './queries.ts';
import { emptyPolicy, TargetForm } from './TargetForm.tsx';
import classes from './Times.module.css';
import { Webhook } from './Webhook.tsx';

/** The promised response times: the one with the most conditions that fits a wait applies. */
export function TargetsSection() {
  const { t } = useTranslation('times');
  const policies = usePolicies();
  const [editing, setEditing] = useState<{ seriesId: string | null; start: NewPolicy } | null>(null);
  const [confirm, dialog] = useConfirm();
  const make = (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => setEditing({ seriesId: null, start: emptyPolicy })}
    >
      {t('targets.make')}
    </Button>
  );
  return (
    <Page title={t('targets.title')} lead={t('targets.lead')} actions={policies.data?.length === 0 ? undefined : make}>
      <Loaded query={policies}>
        {(items) => {
          const current = items.filter((item) => item.validUntil === null);
          const ended = items.filter(
            (item) => item.validUntil !== null && current.every((other) => other.seriesId !== item.seriesId),
          );
          if (items.length === 0)
            return (
              <Empty icon={<IconClockHour4 size={28} />} title={t('targets.none')} text={t('targets.noneText')}>
                {make}
              </Empty>
            );
          return (
            <>
              <ul className={page.rows}>
                {current.map((policy) => (
                  <li key={policy.id} className={page.row}>
                    <span className={page.rowMain}>
                      <span className={page.rowName}>
                        <bdi>{policy.name}</bdi>
                      </span>
                      <PolicyWords policy={policy} />
                      <History
                        versions={items.filter((other) => other.seriesId === policy.seriesId && other.id !== policy.id)}
                      />
                    </span>
                    <span className={page.rowEnd}>
                      <ActionIcon
                        aria-label={t('targets.editNamed', { name: policy.name })}
                        onClick={() => setEditing({ seriesId: policy.seriesId, start: withoutDates(policy) })}
                      >
                        <IconPencil size={16} />
                      </ActionIcon>
                      <ActionIcon
                        aria-label={t('targets.endNamed', { name: policy.name })}
                        onClick={() =>
                          confirm({
                            title: t('targets.endTitle', { name: policy.name }),
                            text: t('targets.endText'),
                            action: t('targets.end'),
                            run: () => endPolicy(policy.seriesId),
                          })
                        }
                      >
                        <IconTrash size={16} />
                      </ActionIcon>
                    </span>
                  </li>
                ))}
              </ul>
              {ended.length > 0 && <History versions={ended} open />}
            </>
          );
        }}
      </Loaded>
      <div className={classes.apart}>
        <Webhook />
      </div>
      {editing !== null && (
        <TargetForm
          key={editing.seriesId ?? 'new'}
          seriesId={editing.seriesId}
          start={editing.start}
          onClose={() => setEditing(null)}
        />
      )}
      {dialog}
    </Page>
  );
}

function withoutDates({ id: _, seriesId: __, validFrom: ___, validUntil: ____, ...policy }: Policy): NewPolicy {
  return policy;
}

/** For whom, how long, in which time, and what follows. */
function PolicyWords({ policy }: { policy: Policy }) {
  const { t } = useTranslation('times');
  const locale = useLocale();
  const nameIn = (items: { id: string; name: string }[], id: string | null) =>
    items.find((item) => item.id === id)?.name;
  const channels = useChannels();
  const teams = useTeams();
  const stores = useStores().data ?? [];
  const whom = [
    policy.channelKind === null ? undefined : t(`common:channels.${policy.channelKind}`),
    nameIn(channels, policy.channelId),
    policy.level === null ? undefined : t(`inbox:level.${policy.level}`),
    nameIn(stores, policy.storeId),
    nameIn(teams, policy.teamId),
    policy.tag === null ? undefined : `#${policy.tag}`,
  ].filter((word) => word !== undefined);
  const times = (
    [
      ['first', policy.firstMs],
      ['next', policy.nextMs],
      ['resolution', policy.resolutionMs],
    ] as const
  ).flatMap(([name, ms]) => (ms === null ? [] : [`${t(`targets.${name}`)} ${duration(ms, locale)}`]));
  return (
    <span className={classes.words}>
      <span className={classes.chips}>
        {whom.length === 0 ? (
          <Badge>{t('targets.everybody')}</Badge>
        ) : (
          whom.map((word) => <Badge key={word}>{word}</Badge>)
        )}
      </span>
      {times.join(' · ')} · {t(`targets.${policy.time}`)}
      {policy.escalations.length > 0 && ` · ${t('targets.steps', { count: policy.escalations.length })}`}
    </span>
  );
}

/** What applied before, and when. */
function History({ versions, open = false }: { versions: Policy[]; open?: boolean }) {
  const { t } = useTranslation('times');
  const locale = useLocale();
  if (versions.length === 0) return null;
  const when = (at: string | null) => (at === null ? '' : shortDateTime(at, locale));
  return (
    <details className={classes.history}>
      <summary>{t(open ? 'targets.ended' : 'targets.earlier', { count: versions.length })}</summary>
      <ul>
        {versions
          .toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))
          .map((version) => (
            <li key={version.id}>
              <bdi>{version.name}</bdi>: {when(version.validFrom)} – {when(version.validUntil)}
              <PolicyWords policy={version} />
            </li>
          ))}
      </ul>
    </details>
  );
}
