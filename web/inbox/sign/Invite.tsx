import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Invitation } from '../../../server/users/schema.ts';
import { auth, get, post } from '../../shared/api.ts';
import { FormError } from '../page/FormError.tsx';
import { useSubmit } from '../page/useSubmit.ts';
import { leave } from './leave.ts';
import { NewPassword } from './NewPassword.tsx';
import { SignFrame } from './SignFrame.tsx';

const invite = getRouteApi('/invite/$token');
const start = getRouteApi('/start/$token');

/** Somebody was invited: name and password, and they are in. */
export function Invite() {
  return <Accept token={invite.useParams().token} first={false} />;
}

/** The link that the first start printed: makes the first admin. */
export function Start() {
  return <Accept token={start.useParams().token} first />;
}

function Accept({ token, first }: { token: string; first: boolean }) {
  const { t } = useTranslation();
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => get<Invitation>(`/invitations/by-token/${encodeURIComponent(token)}`, undefined, signal),
    retry: false,
  });

  const { busy, error, submit } = useSubmit(async (form) => {
    const email = String(form.get('email') ?? invitation.data?.email ?? '');
    const password = String(form.get('password'));
    await post('/invitations/accept', { token, name: form.get('name'), email, password });
    await auth('/sign-in/email', { email, password });
    await leave('/');
  });

  if (invitation.isPending)
    return <SignFrame title={t(first ? 'sign.start.title' : 'sign.invite.title')}>{null}</SignFrame>;
  if (invitation.isError)
    return (
      <SignFrame title={t('sign.invite.gone')} text={t('sign.invite.goneText')}>
        <Button component={Link} to="/sign-in" variant="light">
          {t('sign.in.button')}
        </Button>
      </SignFrame>
    );
  const known = invitation.data;
  return (
    <SignFrame
      title={t(first ? 'sign.start.title' : 'sign.invite.title')}
      text={first ? t('sign.start.text') : t('sign.invite.text', { role: t(`roles.${known.role}`) })}
    >
      <form onSubmit={submit} style={{ display: 'grid', gap: 12 }}>
        <FormError text={error} />
        <TextInput
          size="md"
          name="name"
          label={t('sign.name')}
          defaultValue={known.name}
          autoComplete="name"
          required
          withAsterisk={false}
          autoFocus
        />
        <TextInput
          size="md"
          name="email"
          type="email"
          label={t('sign.email')}
          defaultValue={known.email ?? ''}
          readOnly={known.email !== null}
          autoComplete="username"
          required
          withAsterisk={false}
        />
        <NewPassword />
        <Button type="submit" size="md" loading={busy} mt={4}>
          {t(first ? 'sign.start.button' : 'sign.invite.button')}
        </Button>
      </form>
    </SignFrame>
  );
}
