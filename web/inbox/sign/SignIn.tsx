import { Anchor, Button, PasswordInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Start } from '../../../server/users/schema.ts';
import { auth, get } from '../../shared/api.ts';
import { FormError } from '../page/FormError.tsx';
import { useSubmit } from '../page/useSubmit.ts';
import { leave } from './leave.ts';
import { SignFrame } from './SignFrame.tsx';

const route = getRouteApi('/sign-in');

/** E-mail and password; afterwards to where one wanted to go. */
export function SignIn() {
  const { t } = useTranslation();
  const { to } = route.useSearch();
  const start = useQuery({ queryKey: ['start'], queryFn: ({ signal }) => get<Start>('/start', undefined, signal) });

  const { busy, error, submit } = useSubmit(async (form) => {
    await auth('/sign-in/email', { email: form.get('email'), password: form.get('password') });
    await leave(placeOf(to));
  });

  if (start.data?.needed === true) return <SignFrame title={t('sign.start.title')} text={t('sign.start.terminal')} />;
  return (
    <SignFrame title={t('sign.in.title')} text={t('sign.in.text')}>
      <form onSubmit={submit} style={{ display: 'grid', gap: 12 }}>
        <FormError text={error} />
        <TextInput
          size="md"
          name="email"
          type="email"
          label={t('sign.email')}
          autoComplete="username"
          required
          withAsterisk={false}
          data-autofocus
          autoFocus
        />
        <PasswordInput
          size="md"
          name="password"
          label={t('sign.password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': t('sign.show') }}
        />
        <Button type="submit" size="md" loading={busy} mt={4}>
          {t('sign.in.button')}
        </Button>
        <Anchor component={Link} to="/reset" size="sm" ta="center">
          {t('sign.in.forgot')}
        </Anchor>
      </form>
    </SignFrame>
  );
}

/** Where somebody wanted to go, when it is here: a link may say anything, and browsers read `/\\host` as `//host`. */
function placeOf(to: string | undefined): string {
  if (to === undefined || !to.startsWith('/') || !URL.canParse(to, window.location.origin)) return '/';
  const { origin, pathname, search, hash } = new URL(to, window.location.origin);
  return origin === window.location.origin && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : '/';
}
