import { Anchor, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { ApiKey } from '../../../../server/users/schema.ts';
import { Empty } from '../../../shared/ui/Empty.tsx';
import { ago, shortDateTime, useLocale, useNow } from '../../../shared/ui/format.ts';
import { CopyCode } from '../../page/CopyCode.tsx';
import { useConfirm } from '../../page/confirm.tsx';
import { FormButtons } from '../../page/FormButtons.tsx';
import { FormError } from '../../page/FormError.tsx';
import { Loaded } from '../../page/Loaded.tsx';
import classes from '../../page/Page.module.css';
import { Page } from '../../page/Page.tsx';
import { useSubmit } from '../../page/useSubmit.ts';
import { makeApiKey, revokeApiKey, useApiKeys } from '../queries.ts';

const DAY_MS = 24 * 60 * 60_000;
/** How long a key may work, days. */
const lives = [7, 30, 90, 365];

/** Keys for programs that act in the user's name. */
export function KeysSection() {
  const { t } = useTranslation('settings');
  const locale = useLocale();
  const now = useNow();
  const keys = useApiKeys();
  const [making, setMaking] = useState(false);
  const [ask, dialog] = useConfirm();
  const make = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
      {t('keys.make')}
    </Button>
  );
  const document = <Anchor href="/api/v1/openapi.json" target="_blank" rel="noreferrer" size="sm" underline="always" />;
  return (
    <Page
      title={t('sections.keys')}
      lead={<Trans t={t} i18nKey="keys.lead" components={{ doc: document }} />}
      actions={keys.data?.length === 0 ? undefined : make}
    >
      <Loaded query={keys}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={<IconKey size={28} />} title={t('keys.none')} text={t('keys.noneText')}>
              {make}
            </Empty>
          ) : (
            <ul className={classes.rows}>
              {items.map((key) => (
                <li key={key.id} className={classes.row}>
                  <span className={classes.rowMain}>
                    <span className={classes.rowName}>
                      <bdi>{key.name}</bdi>
                    </span>
                    <span className={classes.rowDim}>
                      <bdi dir="ltr">{key.prefix}…</bdi>
                      {' · '}
                      {key.lastUsedAt === null
                        ? t('keys.unused')
                        : t('keys.used', { ago: ago(key.lastUsedAt, locale, now) })}
                      {key.expiresAt !== null &&
                        ` · ${t('keys.until', { date: shortDateTime(key.expiresAt, locale) })}`}
                    </span>
                  </span>
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={t('keys.revokeNamed', { name: key.name })}
                    onClick={() =>
                      ask({
                        title: t('keys.revokeNamed', { name: key.name }),
                        text: t('keys.revokeText'),
                        action: t('keys.revoke'),
                        run: () => revokeApiKey(key.id),
                      })
                    }
                  >
                    {t('keys.revoke')}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {making && <MakeKey onClose={() => setMaking(false)} />}
      {dialog}
    </Page>
  );
}

function MakeKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('settings');
  const [name, setName] = useState('');
  const [days, setDays] = useState('90');
  const [made, setMade] = useState<ApiKey | null>(null);
  const { busy, error, submit } = useSubmit(async () =>
    setMade(await makeApiKey(name.trim(), days === 'never' ? null : new Date(Date.now() + Number(days) * DAY_MS))),
  );
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t(made === null ? 'keys.make' : 'keys.made')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {made === null ? (
        <form onSubmit={submit}>
          <Stack gap="md">
            <FormError text={error} />
            <TextInput
              label={t('keys.name')}
              description={t('keys.nameText')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              required
              withAsterisk={false}
              maxLength={100}
              data-autofocus
            />
            <Select
              label={t('keys.ends')}
              description={t('keys.endsText')}
              value={days}
              onChange={(value) => setDays(value ?? 'never')}
              data={[
                ...lives.map((each) => ({ value: String(each), label: t('keys.days', { count: each }) })),
                { value: 'never', label: t('keys.never') },
              ]}
              allowDeselect={false}
            />
            <FormButtons label={t('keys.make')} busy={busy} onCancel={onClose} />
          </Stack>
        </form>
      ) : (
        <Stack gap="md">
          <CopyCode value={made.key ?? ''} label={made.name} />
          <Text size="sm" c="dimmed">
            {t('keys.once')}
          </Text>
          <Group justify="flex-end">
            <Button onClick={onClose}>{t('common:close')}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
