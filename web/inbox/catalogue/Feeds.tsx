import { Button, Select, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Feed } from '../../../server/catalogue/schema.ts';
import { ago, count, useLocale, useNow } from '../../shared/ui/format.ts';
import { showError } from '../../shared/ui/problem.ts';
import { Badge } from '../page/Badge.tsx';
import { Loaded } from '../page/Loaded.tsx';
import page from '../page/Page.module.css';
import { Section } from '../page/Page.tsx';
import { useSubmit } from '../page/useSubmit.ts';
import { useStores } from '../settings/stores/queries.ts';
import { makeFeed, removeFeed, runFeed, useFeeds } from './queries.ts';

const hourMs = 3_600_000;

/** Google Merchant feeds that are fetched by their address, each with how its last fetch went. */
export function Feeds() {
  const { t } = useTranslation('catalogue');
  return (
    <Section title={t('feeds.title')} text={t('feeds.text')}>
      <Loaded query={useFeeds()}>
        {(feeds) =>
          feeds.length > 0 && (
            <ul className={page.rows}>
              {feeds.map((feed) => (
                <FeedRow key={feed.id} feed={feed} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <FeedForm />
    </Section>
  );
}

function FeedRow({ feed }: { feed: Feed }) {
  const { t } = useTranslation('catalogue');
  const locale = useLocale();
  const now = useNow();
  const { busy, submit } = useSubmit(() => runFeed(feed.id), { onRefused: showError });
  return (
    <li className={page.row}>
      <span className={page.rowMain}>
        <span className={page.rowName}>
          <bdi>{feed.name}</bdi>
          {feed.lastState !== null && (
            <Badge tone={feed.lastState === 'ok' ? 'green' : 'red'}>{t(`feeds.${feed.lastState}`)}</Badge>
          )}
        </span>
        <span className={page.rowDim}>
          <bdi>{feed.lastError ?? feed.url}</bdi>
          {feed.lastAt !== null && <> · {ago(feed.lastAt, locale, now)}</>}
          {feed.lastReport !== null && feed.lastError === null && (
            <>
              {' '}
              ·{' '}
              {t('feeds.brought', {
                count: feed.lastReport.imported + feed.lastReport.updated,
                n: count(feed.lastReport.imported + feed.lastReport.updated, locale),
              })}
            </>
          )}
        </span>
      </span>
      <span className={page.rowEnd}>
        <Button size="compact-sm" variant="default" loading={busy} onClick={() => submit()}>
          {t('feeds.now')}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          onClick={() => void removeFeed(feed.id).catch(showError)}
        >
          {t('feeds.remove')}
        </Button>
      </span>
    </li>
  );
}

function FeedForm() {
  const { t } = useTranslation('catalogue');
  const stores = useStores().data ?? [];
  const [url, setUrl] = useState('');
  const [name, setName] = useState('');
  const [storeId, setStoreId] = useState<string | null>(null);
  const [hours, setHours] = useState('24');
  const [allowPrivate, setAllowPrivate] = useState(false);
  const { busy, submit } = useSubmit(
    async () => {
      await makeFeed({
        name: name || new URL(url).hostname,
        url,
        storeId,
        everyMs: Number(hours) * hourMs,
        allowPrivate,
      });
      setUrl('');
      setName('');
    },
    { onRefused: showError },
  );
  return (
    <form onSubmit={submit} style={{ display: 'grid', gap: 10, maxWidth: 520, marginTop: 12 }}>
      <TextInput
        type="url"
        dir="ltr"
        required
        withAsterisk={false}
        label={t('feeds.url')}
        placeholder="https://shop.example/feed.xml"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <TextInput label={t('feeds.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <Select
        label={t('feeds.store')}
        description={t('feeds.storeText')}
        value={storeId}
        onChange={setStoreId}
        data={stores.map((store) => ({ value: store.id, label: store.name }))}
        clearable
        clearButtonProps={{ 'aria-label': t('feeds.noStore') }}
        placeholder={t('feeds.noStore')}
      />
      <Select
        label={t('feeds.every')}
        value={hours}
        onChange={(value) => setHours(value ?? '24')}
        data={['1', '3', '6', '12', '24'].map((value) => ({
          value,
          label: t('feeds.hours', { count: Number(value) }),
        }))}
        allowDeselect={false}
      />
      <Switch
        label={t('feeds.private')}
        description={t('feeds.privateText')}
        checked={allowPrivate}
        onChange={(event) => setAllowPrivate(event.currentTarget.checked)}
      />
      <div>
        <Button type="submit" loading={busy}>
          {t('feeds.add')}
        </Button>
      </div>
    </form>
  );
}
