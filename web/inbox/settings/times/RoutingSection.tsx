import { ActionIcon, Button, Group, NumberInput, Radio, Stack, Switch, TagsInput, Textarea } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Acknowledgement } from '../../../../server/acknowledgement/schema.ts';
import type { RoutingSettings } from '../../../../server/routing/schema.ts';
import { locales } from '../../../shared/i18n/i18n.ts';
import { count, useLocale } from '../../../shared/ui/format.ts';
import { showError } from '../../../shared/ui/problem.ts';
import { useColleagues } from '../../me/queries.ts';
import { Loaded } from '../../page/Loaded.tsx';
import page from '../../page/Page.module.css';
import { Page, Section } from '../../page/Page.tsx';
import { useSubmit } from '../../page/useSubmit.ts';
import { DurationField } from './DurationField.tsx';
import {
  type Profile,
  saveAcknowledgement,
  saveProfile,
  saveRouting,
  useAcknowledgement,
  useProfiles,
  useRouting,
} from './queries.ts';
import classes from './Times.module.css';

/** How a thread finds somebody, what people can do and carry, what alarms, and what a client hears at night. */
export function RoutingSection() {
  const { t } = useTranslation('times');
  const routing = useRouting();
  const acknowledgement = useAcknowledgement();
  return (
    <Page title={t('routing.title')} lead={t('routing.lead')}>
      <Loaded query={routing}>{(settings) => <Rules start={settings} />}</Loaded>
      <People />
      <Loaded query={acknowledgement}>{(value) => <Night start={value} />}</Loaded>
    </Page>
  );
}

function Rules({ start }: { start: RoutingSettings }) {
  const { t } = useTranslation('times');
  const [rules, setRules] = useState(start);
  const { busy, submit } = useSubmit(() => saveRouting(rules), { onRefused: showError });
  const set = (change: Partial<RoutingSettings>) => setRules({ ...rules, ...change });
  return (
    <Section title={t('routing.how')} text={t('routing.howText')}>
      <form onSubmit={submit}>
        <Stack gap="md" maw={520}>
          <Radio.Group
            aria-label={t('routing.how')}
            value={rules.mode}
            onChange={(mode) => set({ mode: mode as RoutingSettings['mode'] })}
          >
            <Stack gap="sm">
              {(['off', 'load', 'roundRobin'] as const).map((mode) => (
                <Radio
                  key={mode}
                  value={mode}
                  label={t(`routing.mode.${mode}`)}
                  description={t(`routing.modeText.${mode}`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          <DurationField
            label={t('routing.takeWithin')}
            description={t('routing.takeWithinText')}
            value={rules.takeWithinMs}
            onChange={(takeWithinMs) => set({ takeWithinMs })}
          />
          <NumberInput
            label={t('routing.queueLimit')}
            description={t('routing.queueLimitText')}
            min={1}
            placeholder={t('duration.none')}
            value={rules.queueLimit ?? ''}
            onChange={(value) => set({ queueLimit: value === '' ? null : Number(value) })}
          />
          <DurationField
            label={t('routing.silent')}
            description={t('routing.silentText')}
            value={rules.silentAfterMs}
            onChange={(silentAfterMs) => set({ silentAfterMs })}
          />
          <Button type="submit" loading={busy} style={{ alignSelf: 'start' }}>
            {t('common:save')}
          </Button>
        </Stack>
      </form>
    </Section>
  );
}

const usual = { skills: [], capacity: 10, weights: {} };

function People() {
  const { t } = useTranslation('times');
  const locale = useLocale();
  const people = useColleagues().filter((person) => person.active);
  const profiles = useProfiles();
  const [editing, setEditing] = useState<string | null>(null);
  return (
    <Section title={t('routing.people')} text={t('routing.peopleText')}>
      <Loaded query={profiles}>
        {(items) => (
          <ul className={page.rows}>
            {people.map((person) => {
              const profile = items.find((item) => item.userId === person.id) ?? { userId: person.id, ...usual };
              return (
                <li key={person.id} className={page.row}>
                  <span className={page.rowMain}>
                    <span className={page.rowName}>
                      <bdi>{person.name}</bdi>
                    </span>
                    {editing === person.id ? (
                      <ProfileForm start={profile} onClose={() => setEditing(null)} />
                    ) : (
                      <span className={classes.words}>
                        {t('routing.capacityIs', { n: count(profile.capacity, locale) })}
                        {profile.skills.length > 0 && ` · ${profile.skills.join(', ')}`}
                      </span>
                    )}
                  </span>
                  {editing !== person.id && (
                    <span className={page.rowEnd}>
                      <ActionIcon
                        aria-label={t('routing.editNamed', { name: person.name })}
                        onClick={() => setEditing(person.id)}
                      >
                        <IconPencil size={16} />
                      </ActionIcon>
                    </span>
                  )}
                </li>
              );
            })}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}

function ProfileForm({ start, onClose }: { start: Profile; onClose: () => void }) {
  const { t } = useTranslation('times');
  const [profile, setProfile] = useState(start);
  const { busy, submit } = useSubmit(
    async () => {
      await saveProfile(profile);
      onClose();
    },
    { onRefused: showError },
  );
  const set = (change: Partial<Profile>) => setProfile({ ...profile, ...change });
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" py="sm" maw={460}>
        <TagsInput
          label={t('routing.skills')}
          description={t('routing.skillsText')}
          value={profile.skills}
          onChange={(skills) =>
            set({ skills: skills.map((skill) => (skill.includes(':') ? skill : `topic:${skill}`)) })
          }
          clearable
          clearButtonProps={{ 'aria-label': t('routing.noSkills') }}
        />
        <NumberInput
          label={t('routing.capacity')}
          min={1}
          max={1000}
          value={profile.capacity}
          onChange={(capacity) => set({ capacity: Number(capacity) || 1 })}
        />
        <Group gap="sm" grow>
          {(['email', 'telegram', 'chat', 'phone'] as const).map((kind) => (
            <NumberInput
              key={kind}
              label={t('routing.weight', { channel: t(`common:channels.${kind}`) })}
              min={0}
              max={100}
              step={0.5}
              value={profile.weights[kind] ?? 1}
              onChange={(weight) => set({ weights: { ...profile.weights, [kind]: Number(weight) } })}
            />
          ))}
        </Group>
        <Group gap="sm">
          <Button type="submit" size="compact-sm" loading={busy}>
            {t('common:save')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Night({ start }: { start: Acknowledgement }) {
  const { t } = useTranslation('times');
  const [value, setValue] = useState(start);
  const { busy, submit } = useSubmit(() => saveAcknowledgement(value), { onRefused: showError });
  return (
    <Section title={t('night.title')} text={t('night.text')}>
      <form onSubmit={submit}>
        <Stack gap="md" maw={520}>
          <Switch
            label={t('night.on')}
            checked={value.on}
            onChange={(event) => setValue({ ...value, on: event.currentTarget.checked })}
          />
          {value.on &&
            locales.map(({ code, name, dir }) => (
              <Textarea
                key={code}
                label={name}
                dir={dir}
                autosize
                minRows={2}
                placeholder={t('night.usual')}
                value={value.texts[code] ?? ''}
                onChange={(event) => {
                  const { [code]: _, ...texts } = value.texts;
                  const words = event.currentTarget.value;
                  setValue({ ...value, texts: words === '' ? texts : { ...texts, [code]: words } });
                }}
              />
            ))}
          <Button type="submit" loading={busy} style={{ alignSelf: 'start' }}>
            {t('common:save')}
          </Button>
        </Stack>
      </form>
    </Section>
  );
}
