import { ActionIcon, Button, Group, Menu, Switch } from '@mantine/core';
import { IconDots, IconPencil, IconPlus, IconUserCheck, IconUserOff, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Invitation, User } from '../../../../server/users/schema.ts';
import { ago, useLocale, useNow } from '../../../shared/ui/format.ts';
import { Person } from '../../../shared/ui/Person.tsx';
import { showError } from '../../../shared/ui/problem.ts';
import { useMe } from '../../me/queries.ts';
import { useTeams } from '../../me/teams.ts';
import { Badge } from '../../page/Badge.tsx';
import { type Question, useConfirm } from '../../page/confirm.tsx';
import { Loaded } from '../../page/Loaded.tsx';
import classes from '../../page/Page.module.css';
import { Page, Section } from '../../page/Page.tsx';
import { editUser, useAccounts, useInvitations, withdrawInvitation } from '../queries.ts';
import { useStores } from '../stores/queries.ts';
import { EditUser } from './EditUser.tsx';
import { InviteUser } from './InviteUser.tsx';

/** Everybody who works here: invited, changed, deactivated. */
export function UsersSection() {
  const { t } = useTranslation('settings');
  const accounts = useAccounts();
  const invitations = useInvitations().data ?? [];
  const [inviting, setInviting] = useState(false);
  const [editing, setEditing] = useState<User | null>(null);
  const [gone, setGone] = useState(false);
  const [ask, dialog] = useConfirm();
  return (
    <Page
      title={t('sections.users')}
      lead={t('users.lead')}
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setInviting(true)}>
          {t('users.invite')}
        </Button>
      }
    >
      {invitations.length > 0 && (
        <Section title={t('users.invited')}>
          <ul className={classes.rows}>
            {invitations.map((invitation) => (
              <InvitationRow key={invitation.id} invitation={invitation} />
            ))}
          </ul>
        </Section>
      )}
      <Loaded query={accounts}>
        {(users) => {
          const inactive = users.filter((user) => !user.active).length;
          return (
            <>
              <ul className={classes.rows}>
                {users
                  .filter((user) => user.active || gone)
                  .map((user) => (
                    <UserRow key={user.id} user={user} onEdit={() => setEditing(user)} ask={ask} />
                  ))}
              </ul>
              {inactive > 0 && (
                <Switch
                  mt="md"
                  label={t('users.showInactive', { count: inactive })}
                  checked={gone}
                  onChange={(event) => setGone(event.currentTarget.checked)}
                />
              )}
            </>
          );
        }}
      </Loaded>
      {inviting && <InviteUser onClose={() => setInviting(false)} />}
      {editing !== null && <EditUser user={editing} onClose={() => setEditing(null)} />}
      {dialog}
    </Page>
  );
}

function UserRow({ user, onEdit, ask }: { user: User; onEdit: () => void; ask: (question: Question) => void }) {
  const { t } = useTranslation('settings');
  const me = useMe();
  const stores = useStores().data ?? [];
  const teams = useTeams();
  const places = [
    ...stores.filter((store) => user.storeIds.includes(store.id)).map((store) => store.name),
    ...teams.filter((team) => user.teamIds.includes(team.id)).map((team) => team.name),
  ];
  const activate = (active: boolean) => editUser(user.id, { active });
  return (
    <li className={classes.row}>
      <Person name={user.name} size={32} />
      <span className={classes.rowMain}>
        <span className={classes.rowName}>
          <bdi>{user.name}</bdi>
          {user.id === me.id && <Badge tone="accent">{t('common:you')}</Badge>}
          {!user.active && <Badge tone="red">{t('users.inactive')}</Badge>}
        </span>
        <span className={classes.rowDim}>
          <bdi dir="ltr">{user.email}</bdi>
          {places.length > 0 && ` · ${places.join(', ')}`}
        </span>
      </span>
      <span className={classes.rowEnd}>
        {t(`common:roles.${user.role}`)}
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t('users.actions', { name: user.name })}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={onEdit}>
              {t('users.edit')}
            </Menu.Item>
            {user.active ? (
              <Menu.Item
                c="var(--p-red)"
                leftSection={<IconUserOff size={16} aria-hidden />}
                disabled={user.id === me.id}
                onClick={() =>
                  ask({
                    title: t('users.deactivateTitle', { name: user.name }),
                    text: t('users.deactivateText'),
                    action: t('users.deactivate'),
                    run: () => activate(false),
                  })
                }
              >
                {t('users.deactivate')}
              </Menu.Item>
            ) : (
              <Menu.Item
                leftSection={<IconUserCheck size={16} aria-hidden />}
                onClick={() => void activate(true).catch(showError)}
              >
                {t('users.activate')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </span>
    </li>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation('settings');
  const locale = useLocale();
  const now = useNow();
  return (
    <li className={classes.row}>
      <span className={classes.rowMain}>
        <span className={classes.rowName}>
          <bdi>{invitation.name || invitation.email}</bdi>
        </span>
        <span className={classes.rowDim}>
          {invitation.name !== '' && <bdi dir="ltr">{invitation.email} · </bdi>}
          {t('users.expires', { when: ago(invitation.expiresAt, locale, now) })}
        </span>
      </span>
      <Group gap="xs" wrap="nowrap" className={classes.rowEnd ?? ''}>
        {t(`common:roles.${invitation.role}`)}
        <ActionIcon
          aria-label={t('users.withdraw', { name: invitation.name || invitation.email })}
          title={t('users.withdrawShort')}
          onClick={() => void withdrawInvitation(invitation.id).catch(showError)}
        >
          <IconX size={16} />
        </ActionIcon>
      </Group>
    </li>
  );
}
