import { Alert, Anchor, Button, PasswordInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Start } from '../../../server/users/schema.ts';
import { auth, get } from '../../shared/api.ts';
import { sayError } from '../../shared/ui/problem.ts';
import { SignFrame } from './SignFrame.tsx';

const route = getRouteApi('/sign-in');

/** E-mail and password; afterwards to where one wanted to go. */
export function SignIn() {
  const { t } = useTranslation();
  const { to } = route.useSearch();
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const start = useQuery({ queryKey: ['start'], queryFn: ({ signal }) => get<Start>('/start', undefined, signal) });

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(null);
    try {
      await auth('/sign-in/email', { email: form.get('email'), password: form.get('password') });
      // A whole load: nothing of a former user may stay in memory. Only own addresses are gone to.
      window.location.assign(placeOf(to));
    } catch (refused) {
      setError(sayError(refused));
      setBusy(false);
    }
  };

  if (start.data?.needed === true) return <SignFrame title={t('sign.start.title')} text={t('sign.start.terminal')} />;
  return (
    <SignFrame title={t('sign.in.title')} text={t('sign.in.text')}>
      <form onSubmit={(event) => void submit(event)} style={{ display: 'grid', gap: 12 }}>
        {error !== null && (
          <Alert color="red" variant="light" role="alert">
            {error}
          </Alert>
        )}
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
