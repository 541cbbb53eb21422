import { Alert, Anchor, Button, TextInput } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { auth } from '../../shared/api.ts';
import { FormError } from '../page/FormError.tsx';
import { useSubmit } from '../page/useSubmit.ts';
import { NewPassword } from './NewPassword.tsx';
import { SignFrame } from './SignFrame.tsx';

const route = getRouteApi('/reset');

/** A forgotten password: asks for the letter, or (with the letter's token) for the new password. */
export function Reset() {
  const { t } = useTranslation();
  const { token, error } = route.useSearch();
  const [sent, setSent] = useState(false);
  const [changed, setChanged] = useState(false);

  if (changed)
    return (
      <SignFrame title={t('sign.reset.done')} text={t('sign.reset.doneText')}>
        <Button component={Link} to="/sign-in">
          {t('sign.in.button')}
        </Button>
      </SignFrame>
    );
  if (token !== undefined && error === undefined)
    return (
      <SignFrame title={t('sign.reset.choose')}>
        <Form
          button={t('sign.reset.save')}
          send={async (form) => {
            await auth('/reset-password', { newPassword: form.get('password'), token });
            setChanged(true);
          }}
        >
          <NewPassword autoFocus />
        </Form>
      </SignFrame>
    );
  return (
    <SignFrame title={t('sign.reset.title')} text={t(sent ? 'sign.reset.sent' : 'sign.reset.text')}>
      {error !== undefined && <Alert color="red">{t('sign.reset.expired')}</Alert>}
      {!sent && (
        <Form
          button={t('sign.reset.button')}
          send={async (form) => {
            await auth('/request-password-reset', {
              email: form.get('email'),
              redirectTo: `${window.location.origin}/reset`,
            });
            setSent(true);
          }}
        >
          <TextInput
            size="md"
            name="email"
            type="email"
            label={t('sign.email')}
            autoComplete="username"
            required
            withAsterisk={false}
            autoFocus
          />
        </Form>
      )}
      <Anchor component={Link} to="/sign-in" size="sm" ta="center">
        {t('sign.reset.back')}
      </Anchor>
    </SignFrame>
  );
}

function Form({
  button,
  send,
  children,
}: {
  button: string;
  send: (form: FormData) => Promise<void>;
  children: ReactNode;
}) {
  const { busy, error, submit } = useSubmit(send);
  return (
    <form onSubmit={submit} style={{ display: 'grid', gap: 12 }}>
      <FormError text={error} />
      {children}
      <Button type="submit" size="md" loading={busy} mt={4}>
        {button}
      </Button>
    </form>
  );
}
