import { Modal, Select, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showError } from '../../shared/ui/problem.ts';
import { useClients } from '../client/queries.ts';
import { FormButtons } from '../page/FormButtons.tsx';
import { useSubmit } from '../page/useSubmit.ts';
import { sendConsult, useWays } from './queries.ts';

/** An address typed where a client is looked for. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Sends an answer to a client who stands at the counter: by Telegram, mail, or whatever they have. */
export function SendDialog({
  consultId,
  text: answer,
  opened,
  onClose,
}: {
  consultId: string;
  text: string;
  opened: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation('consult');
  const [looked, setLooked] = useState('');
  const [q] = useDebouncedValue(looked.trim(), 200);
  const [to, setTo] = useState<string | null>(null);
  const [channelId, setChannelId] = useState<string | null>(null);
  const [text, setText] = useState(answer);
  const clients = useClients(q).data?.pages.flatMap((page) => page.items) ?? [];
  const isAddress = to?.startsWith('mail:') === true;
  const ways = useWays(to !== null && !isAddress ? to : null).data ?? [];
  const way = ways.find((one) => one.channelId === channelId) ?? ways[0];
  const options = [
    ...clients.map((client) => ({ value: client.id, label: client.name })),
    ...(EMAIL.test(q) ? [{ value: `mail:${q}`, label: t('toAddress', { address: q }) }] : []),
  ];
  const { busy, submit } = useSubmit(
    async () => {
      if (to === null) return;
      const whom = isAddress ? { email: to.slice(5) } : { clientId: to, ...(way && { channelId: way.channelId }) };
      await sendConsult(consultId, { ...whom, text });
      notifications.show({ message: t('sent'), closeButtonProps: { 'aria-label': t('common:close') } });
      onClose();
    },
    { onRefused: showError },
  );
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('sendTitle')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Select
        label={t('toWhom')}
        placeholder={t('toWhomText')}
        data={options}
        value={to}
        onChange={(value) => {
          setTo(value);
          setChannelId(null);
        }}
        searchable
        searchValue={looked}
        onSearchChange={setLooked}
        filter={({ options: all }) => all}
        nothingFoundMessage={t('nobodyFound')}
        data-autofocus
        openOnFocus={false}
        mb="sm"
      />
      {ways.length > 0 && (
        <Select
          label={t('by')}
          data={ways.map((one) => ({ value: one.channelId, label: `${one.name} · ${one.to}` }))}
          value={way?.channelId ?? null}
          onChange={setChannelId}
          allowDeselect={false}
          mb="sm"
        />
      )}
      <Textarea
        label={t('words')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={3}
        dir="auto"
      />
      <FormButtons
        mt="lg"
        label={t('send')}
        busy={busy}
        disabled={to === null || text.trim() === ''}
        onCancel={onClose}
        onAct={() => submit()}
      />
    </Modal>
  );
}
