import { Button, Select, TextInput, UnstyledButton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconAt,
  IconBrandTelegram,
  IconCircleCheck,
  IconMessageCircle,
  IconPhone,
  IconUser,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Client } from '../../../server/clients/schema.ts';
import { exactTime, useLocale } from '../../shared/ui/format.ts';
import { Person } from '../../shared/ui/Person.tsx';
import { useColleagues, useMay } from '../me/queries.ts';
import { Hint } from '../shell/Hint.tsx';
import { AddAddress } from './AddAddress.tsx';
import { addressWords } from './address.ts';
import classes from './Client.module.css';
import { Note } from './Note.tsx';
import { askAgain, type ClientChange, editClient } from './queries.ts';

const icons = {
  email: IconAt,
  phone: IconPhone,
  telegram: IconBrandTelegram,
  visitor: IconMessageCircle,
  shopUser: IconUser,
};
const levels = ['key', 'vip', 'usual'] as const;

/** Who it is: name, addresses and whether they are proven, level, owner, company, note. */
export function ClientCard({ client, heading = true }: { client: Client; heading?: boolean }) {
  const { t } = useTranslation('inbox');
  const may = useMay();
  const colleagues = useColleagues();
  const writable = may('clients.write');
  const edit = (change: ClientChange) => void editClient(client.id, change);
  return (
    <section className={classes.section} aria-label={t('client.card')}>
      {heading && (
        <div className={classes.who}>
          <Person name={client.name} size={36} />
          <div className={classes.whoName}>
            <EditableName name={client.name} writable={writable} onSave={(name) => edit({ name })} />
            {client.company !== null && <bdi className={classes.dim}>{client.company.name}</bdi>}
          </div>
        </div>
      )}
      <Identities client={client} />
      {writable && <AddAddress clientId={client.id} />}
      <div className={classes.fields}>
        <Select
          size="xs"
          label={t('client.level')}
          data={levels.map((level) => ({ value: level, label: t(`level.${level}`) }))}
          value={client.level}
          allowDeselect={false}
          readOnly={!writable}
          onChange={(level) => level !== null && edit({ level })}
        />
        <Select
          size="xs"
          label={t('client.owner')}
          placeholder={t('client.nobody')}
          data={colleagues
            .filter((colleague) => colleague.active || colleague.id === client.ownerId)
            .map((colleague) => ({ value: colleague.id, label: colleague.name }))}
          value={client.ownerId}
          searchable
          clearable
          readOnly={!writable}
          clearButtonProps={{ 'aria-label': t('client.noOwner') }}
          onChange={(ownerId) => edit({ ownerId })}
        />
        <Company client={client} writable={writable} onSave={(company) => edit({ company })} />
      </div>
      <Note key={client.id} client={client} writable={writable} />
    </section>
  );
}

function Identities({ client }: { client: Client }) {
  const { t } = useTranslation('inbox');
  const locale = useLocale();
  const may = useMay();
  return (
    <ul className={classes.plain} aria-label={t('client.identities')}>
      {client.identities.map((identity) => {
        const Icon = icons[identity.kind];
        const shown = identity.kind === 'visitor' ? t('client.visitor') : addressWords(identity);
        return (
          <li key={identity.id} className={classes.identity}>
            <Icon size={15} stroke={1.7} role="img" aria-label={t(`client.kind.${identity.kind}`)} />
            <bdi className={classes.identityValue} title={identity.value}>
              {shown}
            </bdi>
            {identity.flaggedAt !== null ? (
              <Hint label={identity.flagReason ?? ''}>
                <span className={classes.bad}>
                  <IconAlertTriangle size={14} aria-hidden />
                  {t('client.flagged')}
                </span>
              </Hint>
            ) : identity.verifiedAt !== null ? (
              <IconCircleCheck
                size={15}
                color="var(--p-green)"
                role="img"
                aria-label={t('client.verified', { at: exactTime(identity.verifiedAt, locale) })}
              />
            ) : (
              <span className={classes.dim} title={t('client.unverifiedText')}>
                {t('client.unverified')}
              </span>
            )}
            {identity.ratingsStoppedAt !== null && (
              <Hint label={t('client.notAsked', { at: exactTime(identity.ratingsStoppedAt, locale) })}>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  onClick={() => void askAgain(client.id, identity.id)}
                  disabled={!may('clients.write')}
                >
                  {t('client.askAgain')}
                </Button>
              </Hint>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function EditableName({ name, writable, onSave }: { name: string; writable: boolean; onSave: (name: string) => void }) {
  const { t } = useTranslation('inbox');
  const [editing, setEditing] = useState(false);
  if (!editing)
    return writable ? (
      <UnstyledButton
        className={classes.name}
        onClick={() => setEditing(true)}
        aria-label={t('client.rename', { name })}
      >
        <bdi>{name}</bdi>
      </UnstyledButton>
    ) : (
      <bdi className={classes.name}>{name}</bdi>
    );
  const save = (value: string) => {
    setEditing(false);
    if (value.trim() !== '' && value.trim() !== name) onSave(value.trim());
  };
  return (
    <input
      className={classes.nameInput}
      defaultValue={name}
      aria-label={t('client.name')}
      // biome-ignore lint/a11y/noAutofocus: it appears because its reader asked to type here
      autoFocus
      onBlur={(event) => save(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save(event.currentTarget.value);
        if (event.key === 'Escape') setEditing(false);
      }}
    />
  );
}

function Company({
  client,
  writable,
  onSave,
}: {
  client: Client;
  writable: boolean;
  onSave: (company: string | null) => void;
}) {
  const { t } = useTranslation('inbox');
  const stored = client.company?.name ?? '';
  const [name, setName] = useState(stored);
  useEffect(() => setName(stored), [stored]);
  const save = () => {
    if (name.trim() !== stored) onSave(name.trim() === '' ? null : name.trim());
  };
  return (
    <TextInput
      size="xs"
      label={t('client.company')}
      placeholder={t('client.noCompany')}
      value={name}
      readOnly={!writable}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && save()}
    />
  );
}
