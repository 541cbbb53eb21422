import { Alert, Button, Group, Modal, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Thread, ThreadRow } from '../../../server/threads/schema.ts';
import { get, type Page } from '../../shared/api.ts';
import { ChannelGlyph } from '../../shared/ui/ChannelGlyph.tsx';
import { shortDateTime, useLocale } from '../../shared/ui/format.ts';
import { useMay } from '../me/queries.ts';
import { Loaded } from '../page/Loaded.tsx';
import { merge, mergeWithClient } from './actions.ts';
import classes from './MergeDialog.module.css';

/** How many threads are offered at once; words make the choice smaller. */
const OFFERED = 20;

/** Chooses the thread whose messages come into this one: first those of the same client, then whatever is looked for. */
export function MergeDialog({ thread, onClose }: { thread: Thread; onClose: () => void }) {
  const { t } = useTranslation('inbox');
  const may = useMay();
  const [words, setWords] = useState('');
  const [other, setOther] = useState<ThreadRow | null>(null);
  const found = useOthers(thread, words);
  const [busy, setBusy] = useState(false);
  const go = async (row: ThreadRow) => {
    setBusy(true);
    const done = await (row.clientId === thread.clientId ? merge(thread, row.id) : mergeWithClient(thread, row));
    setBusy(false);
    if (done) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('merge.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {other === null ? (
        <>
          <TextInput
            data-autofocus
            type="search"
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            placeholder={t('merge.search')}
            aria-label={t('merge.search')}
            leftSection={<IconSearch size={15} aria-hidden />}
          />
          <Loaded query={found}>
            {(rows) =>
              rows.length === 0 ? (
                <p className={classes.none}>{t(words.trim() === '' ? 'merge.noOther' : 'merge.nothing')}</p>
              ) : (
                <ul className={classes.list}>
                  {rows.map((row) => (
                    <li key={row.id}>
                      <Other
                        row={row}
                        disabled={busy}
                        onChoose={() => (row.clientId === thread.clientId ? void go(row) : setOther(row))}
                      />
                    </li>
                  ))}
                </ul>
              )
            }
          </Loaded>
        </>
      ) : (
        <>
          <Alert
            color="yellow"
            variant="light"
            title={t('merge.twoClients', { one: thread.clientName, other: other.clientName })}
          >
            {t(may('clients.write') ? 'merge.twoClientsText' : 'merge.twoClientsRefused')}
          </Alert>
          <Group justify="flex-end" mt="lg" gap="sm">
            <Button variant="default" onClick={() => setOther(null)}>
              {t('merge.another')}
            </Button>
            {may('clients.write') && (
              <Button loading={busy} onClick={() => void go(other)} data-autofocus>
                {t('merge.both')}
              </Button>
            )}
          </Group>
        </>
      )}
    </Modal>
  );
}

function Other({ row, disabled, onChoose }: { row: ThreadRow; disabled: boolean; onChoose: () => void }) {
  const { t } = useTranslation('inbox');
  const locale = useLocale();
  return (
    <UnstyledButton className={classes.other} disabled={disabled} onClick={onChoose}>
      <ChannelGlyph kind={row.channelKind} size={16} />
      <span className={classes.words}>
        <span className={classes.line}>
          <bdi className={classes.name}>{row.clientName}</bdi>
          <bdi className="p-ellipsis">{row.subject === '' ? t('thread.noSubject') : row.subject}</bdi>
        </span>
        <bdi className={`${classes.preview} p-ellipsis`}>{row.preview}</bdi>
      </span>
      <time dateTime={row.lastMessageAt} className={classes.preview}>
        {shortDateTime(row.lastMessageAt, locale)}
      </time>
    </UnstyledButton>
  );
}

function useOthers(thread: Thread, words: string) {
  const [q] = useDebouncedValue(words.trim(), 180);
  return useQuery({
    queryKey: ['mergeable', thread.id, q],
    queryFn: async ({ signal }) => {
      const query = q === '' ? { client: thread.clientId } : { q };
      const { items } = await get<Page<ThreadRow>>('/threads', { ...query, status: 'all', limit: OFFERED + 1 }, signal);
      return items.filter((row) => row.id !== thread.id).slice(0, OFFERED);
    },
    placeholderData: keepPreviousData,
    // Another look is another moment: threads come and go.
    staleTime: 0,
  });
}
