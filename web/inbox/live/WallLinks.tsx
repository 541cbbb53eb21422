import { ActionIcon, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WallLink } from '../../../server/wall/schema.ts';
import { get, post, remove } from '../../shared/api.ts';
import { ago, useLocale, useNow } from '../../shared/ui/format.ts';
import { showError } from '../../shared/ui/problem.ts';
import { CopyCode } from '../page/CopyCode.tsx';
import { useConfirm } from '../page/confirm.tsx';
import page from '../page/Page.module.css';
import { useSubmit } from '../page/useSubmit.ts';
import { queryClient } from '../queryClient.ts';
import { useStores } from '../settings/stores/queries.ts';

const key = ['wallLinks'];

/** Screens that show the wallboard without a sign-in: made here, and taken back here. */
export function WallLinks({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('live');
  const locale = useLocale();
  const now = useNow();
  const stores = useStores().data ?? [];
  const links = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await get<{ items: WallLink[] }>('/wall-links', undefined, signal)).items,
  });
  const [name, setName] = useState('');
  const [storeId, setStoreId] = useState<string | null>(null);
  const [confirm, dialog] = useConfirm();
  const [made, setMade] = useState<WallLink | null>(null);
  const { busy, submit } = useSubmit(
    async () => {
      setMade(await post<WallLink>('/wall-links', { name: name.trim(), storeId }));
      setName('');
      await queryClient.invalidateQueries({ queryKey: key });
    },
    { onRefused: showError },
  );
  const revoke = ({ id, name: screen }: WallLink) =>
    confirm({
      title: t('kiosk.revoke', { name: screen }),
      text: t('kiosk.revokeText'),
      action: t('kiosk.revokeDo'),
      run: async () => {
        await remove(`/wall-links/${id}`);
        await queryClient.invalidateQueries({ queryKey: key });
      },
    });
  return (
    <>
      <Modal
        opened
        onClose={onClose}
        size="lg"
        title={t('kiosk.title')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {t('kiosk.text')}
          </Text>
          <ul className={page.rows}>
            {(links.data ?? []).map((link) => (
              <li key={link.id} className={page.row}>
                <span className={page.rowMain}>
                  <span className={page.rowName}>
                    <bdi>{link.name}</bdi>
                  </span>
                  <span className={page.rowDim}>
                    {stores.find((store) => store.id === link.storeId)?.name ?? t('kiosk.all')} ·{' '}
                    {link.lastSeenAt === null
                      ? t('kiosk.never')
                      : t('kiosk.seen', { ago: ago(link.lastSeenAt, locale, now) })}
                  </span>
                </span>
                <ActionIcon aria-label={t('kiosk.revoke', { name: link.name })} onClick={() => revoke(link)}>
                  <IconTrash size={16} />
                </ActionIcon>
              </li>
            ))}
          </ul>
          {made?.link !== undefined && (
            <Stack gap={4}>
              <Text size="sm">{t('kiosk.once')}</Text>
              <CopyCode value={made.link} label={t('kiosk.title')} />
            </Stack>
          )}
          <form onSubmit={submit}>
            <Group align="end" gap="sm">
              <TextInput
                label={t('kiosk.name')}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
                required
                withAsterisk={false}
                maxLength={100}
              />
              <Select
                label={t('kiosk.store')}
                placeholder={t('kiosk.all')}
                clearable
                clearButtonProps={{ 'aria-label': t('kiosk.all') }}
                data={stores.map((store) => ({ value: store.id, label: store.name }))}
                value={storeId}
                onChange={setStoreId}
              />
              <Button type="submit" loading={busy}>
                {t('kiosk.make')}
              </Button>
            </Group>
          </form>
        </Stack>
      </Modal>
      {dialog}
    </>
  );
}
