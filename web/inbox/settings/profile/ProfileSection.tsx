import {
  Button,
  SegmentedControl,
  Select,
  Stack,
  Switch,
  Textarea,
  TextInput,
  useMantineColorScheme,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { remove } from '../../../shared/api.ts';
import { changeLocale, currentLocale, locales, toLocale } from '../../../shared/i18n/i18n.ts';
import { showError } from '../../../shared/ui/problem.ts';
import { editMe, useMe } from '../../me/queries.ts';
import { useConfirm } from '../../page/confirm.tsx';
import { Page, Section } from '../../page/Page.tsx';
import { saySaved } from '../saySaved.ts';
import { PasswordForm } from './PasswordForm.tsx';

/** What a user sets for themselves; everything but the password takes effect at once. */
export function ProfileSection() {
  const { t } = useTranslation('settings');
  const me = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [name, setName] = useState(me.name);
  const [signature, setSignature] = useState(me.preferences.signature);
  const [ask, dialog] = useConfirm();
  const saved = () => saySaved(t('profile.saved'));
  const save = (change: Parameters<typeof editMe>[0]) => void editMe(change).then(saved, showError);
  const scheme = (value: string) => {
    const wanted = value === 'dark' || value === 'light' ? value : 'auto';
    setColorScheme(wanted);
    editMe({ preferences: { scheme: wanted } }).catch(showError);
  };
  return (
    <Page title={t('sections.profile')} lead={`${me.email} · ${t(`common:roles.${me.role}`)}`}>
      <Section title={t('profile.you')}>
        <Stack gap="md" maw={420}>
          <TextInput
            label={t('profile.name')}
            description={t('profile.nameText')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            onBlur={() => name.trim() !== '' && name.trim() !== me.name && save({ name: name.trim() })}
            maxLength={200}
          />
          <Select
            label={t('profile.language')}
            value={currentLocale()}
            data={locales.map((locale) => ({ value: locale.code, label: locale.name }))}
            onChange={(value) => {
              const locale = toLocale(value ?? 'en');
              void changeLocale(locale);
              editMe({ locale }).catch(showError);
            }}
            allowDeselect={false}
          />
          <div>
            <div id="profile-scheme" style={{ fontSize: 13, fontWeight: 500, marginBottom: 4 }}>
              {t('common:me.scheme')}
            </div>
            <SegmentedControl
              aria-labelledby="profile-scheme"
              value={colorScheme}
              onChange={scheme}
              data={(['light', 'dark', 'auto'] as const).map((value) => ({
                value,
                label: t(`common:me.schemes.${value}`),
              }))}
            />
          </div>
        </Stack>
      </Section>
      <Section title={t('profile.writing')}>
        <Stack gap="md" maw={520}>
          <Textarea
            label={t('profile.signature')}
            description={t('profile.signatureText')}
            value={signature}
            onChange={(event) => setSignature(event.currentTarget.value)}
            onBlur={() => signature !== me.preferences.signature && save({ preferences: { signature } })}
            autosize
            minRows={3}
            maxLength={2000}
            dir="auto"
          />
          <Switch
            label={t('profile.sounds')}
            description={t('profile.soundsText')}
            checked={me.preferences.sounds}
            onChange={(event) => save({ preferences: { sounds: event.currentTarget.checked } })}
          />
        </Stack>
      </Section>
      <Section title={t('profile.password')}>
        <PasswordForm email={me.email} />
      </Section>
      <Section title={t('profile.sessions')} text={t('profile.sessionsText')}>
        <Button
          variant="default"
          onClick={() =>
            ask({
              title: t('profile.signOutAll'),
              text: t('profile.signOutAllText'),
              action: t('profile.signOutAll'),
              run: async () => {
                await remove('/me/sessions');
                window.location.assign('/sign-in');
              },
            })
          }
        >
          {t('profile.signOutAll')}
        </Button>
      </Section>
      {dialog}
    </Page>
  );
}
