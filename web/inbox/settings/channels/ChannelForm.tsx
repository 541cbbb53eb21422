import { Button, Divider, Group, Stack, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../server/channels/schema.ts';
import { FormError } from '../../page/FormError.tsx';
import { useSubmit } from '../../page/useSubmit.ts';
import { useShop } from '../../shop/queries.ts';
import { ChatFields, chatConfig, chatFrom, emptyChat } from './ChatFields.tsx';
import { MailFields } from './MailFields.tsx';
import { emptyMail, mailConfig, mailFrom, portIsWrong } from './mailForm.ts';
import { PhoneFields, type PhoneValues } from './PhoneFields.tsx';
import { PolicyFields, usualPolicy } from './PolicyFields.tsx';
import type { ChannelInput } from './queries.ts';
import { TelegramFields, type TelegramValues } from './TelegramFields.tsx';

/** Connects an account of a kind, or changes the one given. `onSave` may throw what the server refused. */
export function ChannelForm({
  kind,
  channel,
  button,
  onSave,
}: {
  kind: Channel['kind'];
  channel?: Channel;
  button: string;
  onSave: (input: ChannelInput) => Promise<void>;
}) {
  const { t } = useTranslation('settings');
  const known = channel !== undefined;
  const [name, setName] = useState(channel?.name ?? '');
  const [mail, setMail] = useState(() => (kind === 'email' && known ? mailFrom(channel) : emptyMail));
  const [telegram, setTelegram] = useState<TelegramValues>(() => ({
    token: '',
    mode: (channel?.config.mode as TelegramValues['mode'] | undefined) ?? 'polling',
  }));
  const shop = useShop();
  const [chat, setChat] = useState(() =>
    kind === 'chat' && known ? chatFrom(channel) : { ...emptyChat, colour: shop.accent ?? emptyChat.colour },
  );
  const [phone, setPhone] = useState<PhoneValues>(() => ({
    number: (channel?.config.number as string | undefined) ?? '',
    secret: '',
  }));
  const [policy, setPolicy] = useState(() => channel ?? usualPolicy(kind));

  const usualName = kind === 'email' ? mail.address.trim() : kind === 'chat' ? chat.title.trim() || shop.name : '';
  const act = async () => {
    if (kind === 'email' && (portIsWrong(mail.imap) || portIsWrong(mail.smtp))) return;
    const wholeName = name.trim() === '' ? usualName || t(`common:channels.${kind}`) : name.trim();
    const { targetMs, teamId, storeId, botMode, botThreshold } = policy;
    const config =
      kind === 'email'
        ? mailConfig(mail)
        : kind === 'telegram'
          ? { mode: telegram.mode, ...(telegram.token === '' ? {} : { token: telegram.token }) }
          : kind === 'phone'
            ? { number: phone.number.trim(), ...(phone.secret === '' ? {} : { secret: phone.secret }) }
            : chatConfig(chat);
    await onSave({ kind, name: wholeName, config, targetMs, teamId, storeId, botMode, botThreshold });
  };
  const { busy, error, errors, submit } = useSubmit(act, { fieldOf });

  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <FormError text={error} />
        {kind === 'email' && <MailFields values={mail} onChange={setMail} errors={errors} known={known} />}
        {kind === 'telegram' && (
          <TelegramFields values={telegram} onChange={setTelegram} errors={errors} known={known} />
        )}
        {kind === 'chat' && <ChatFields values={chat} onChange={setChat} errors={errors} known={known} />}
        {kind === 'phone' && <PhoneFields values={phone} onChange={setPhone} errors={errors} channel={channel} />}
        <Divider />
        <Title order={2} fz="sm">
          {t('policy.title')}
        </Title>
        <TextInput
          label={t('policy.name')}
          description={t('policy.nameText')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          placeholder={usualName || t(`common:channels.${kind}`)}
          maxLength={100}
        />
        <PolicyFields values={policy} onChange={(change) => setPolicy({ ...policy, ...change })} />
        <Group>
          <Button type="submit" loading={busy}>
            {button}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** A mailbox has one field for the password of both its servers. */
function fieldOf(path: string): string {
  return path.replace(/^config\./, '').replace(/^(imap|smtp)\.password$/, 'password');
}
