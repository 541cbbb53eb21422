import { ColorInput, PasswordInput, Select, SimpleGrid, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../server/channels/schema.ts';
import { useShop } from '../../shop/queries.ts';
import { swatches } from '../swatches.ts';

export interface ChatValues {
  title: string;
  colour: string;
  locale: string;
  greeting: string;
  allowedOrigins: string[];
  identitySecret: string;
}

export const emptyChat: ChatValues = {
  title: '',
  colour: '#1c7ed6',
  locale: 'en',
  greeting: '',
  allowedOrigins: [],
  identitySecret: '',
};

/** The form of a chat that is there already. */
export function chatFrom(channel: Channel): ChatValues {
  return { ...emptyChat, ...(channel.config as Partial<ChatValues>), identitySecret: '' };
}

/** The chat as the API takes it; an empty secret stays as it is, an empty title is the shop's name. */
export function chatConfig({ identitySecret, ...open }: ChatValues): Record<string, unknown> {
  return {
    ...open,
    title: open.title.trim(),
    ...(identitySecret === '' ? {} : { identitySecret }),
  };
}

/** Languages the chat itself speaks, each in its own name. */
const languages = [
  ['en', 'English'],
  ['ru', 'Русский'],
  ['ko', '한국어'],
  ['ro', 'Română'],
  ['fa', 'فارسی'],
  ['sv', 'Svenska'],
] as const;

/** A chat for a site: how it looks, which pages may show it. */
export function ChatFields({
  values,
  onChange,
  errors,
  known,
}: {
  values: ChatValues;
  onChange: (values: ChatValues) => void;
  errors: Record<string, string>;
  known: boolean;
}) {
  const { t } = useTranslation('settings');
  const shop = useShop();
  const set = (change: Partial<ChatValues>) => onChange({ ...values, ...change });
  const error = (name: string) => (errors[name] === undefined ? {} : { error: errors[name] });
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
        <TextInput
          label={t('chat.title')}
          value={values.title}
          onChange={(event) => set({ title: event.currentTarget.value })}
          placeholder={shop.name || t('chat.titleExample')}
          data-autofocus
        />
        <ColorInput
          label={t('chat.colour')}
          value={values.colour}
          onChange={(colour) => set({ colour })}
          format="hex"
          swatches={swatches}
          swatchesPerRow={8}
          eyeDropperButtonProps={{ 'aria-label': t('chat.pick') }}
          {...error('colour')}
        />
        <Select
          label={t('chat.language')}
          value={values.locale}
          onChange={(locale) => set({ locale: locale ?? 'en' })}
          data={languages.map(([value, label]) => ({ value, label }))}
          allowDeselect={false}
        />
      </SimpleGrid>
      <TagsInput
        label={t('chat.origins')}
        description={t('chat.originsText')}
        value={values.allowedOrigins}
        onChange={(origins) => set({ allowedOrigins: origins.map(toOrigin) })}
        placeholder={values.allowedOrigins.length === 0 ? 'https://shop.example' : ''}
        splitChars={[',', ' ']}
        {...error('allowedOrigins')}
      />
      <Textarea
        label={t('chat.greeting')}
        value={values.greeting}
        onChange={(event) => set({ greeting: event.currentTarget.value })}
        placeholder={t('chat.greetingExample')}
        autosize
        minRows={2}
        maxLength={500}
        // An empty field reads as the screen does; what is written, in its own direction.
        {...(values.greeting === '' ? {} : { dir: 'auto' })}
      />
      <PasswordInput
        label={t('chat.secret')}
        description={t('chat.secretText')}
        value={values.identitySecret}
        onChange={(event) => set({ identitySecret: event.currentTarget.value })}
        placeholder={known ? t('kept') : ''}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': t('common:sign.show') }}
      />
    </Stack>
  );
}

/** What people paste (`shop.example/phones`) as the origin a browser names (`https://shop.example`). */
function toOrigin(text: string): string {
  const whole = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
  return URL.canParse(whole) ? new URL(whole).origin : text;
}
