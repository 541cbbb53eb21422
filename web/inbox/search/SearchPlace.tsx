import { Button, UnstyledButton } from '@mantine/core';
import { IconBook2, IconDeviceMobile, IconSearch, IconUser } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SearchAnswer } from '../../../server/search/schema.ts';
import { ChannelGlyph } from '../../shared/ui/ChannelGlyph.tsx';
import { Empty } from '../../shared/ui/Empty.tsx';
import { Broken } from '../../shared/ui/ErrorBoundary.tsx';
import { Page } from '../page/Page.tsx';
import { RowsSkeleton } from '../page/RowsSkeleton.tsx';
import { SearchField } from '../page/SearchField.tsx';
import { Hit } from './Hit.tsx';
import { isWhole, type Kind, kinds, useSearch } from './queries.ts';
import classes from './Search.module.css';

const route = getRouteApi('/shell/search');

/** Everything that was ever said, and everybody and everything it was said about. */
export function SearchPlace() {
  const { t } = useTranslation('search');
  const { q = '', in: chosen } = route.useSearch();
  const kind = kinds.find((each) => each === chosen) ?? null;
  const navigate = useNavigate();
  const found = useSearch(q, kind);
  const go = (words: string, only: Kind | null) =>
    void navigate({
      to: '/search',
      search: { ...(words === '' ? {} : { q: words }), ...(only === null ? {} : { in: only }) },
      replace: true,
    });
  return (
    <Page title={t('title')}>
      <SearchField large label={t('field')} start={q} onLook={(words) => go(words, kind)} />
      <fieldset className={classes.kinds} style={{ border: 0, padding: 0, marginInline: 0 }} aria-label={t('title')}>
        {([null, ...kinds] as const).map((each) => (
          <UnstyledButton
            key={each ?? 'all'}
            className={classes.kind}
            aria-pressed={kind === each}
            onClick={() => go(q, each)}
          >
            {t(`kinds.${each ?? 'all'}`)}
          </UnstyledButton>
        ))}
      </fieldset>
      {q === '' ? (
        <Empty icon={<IconSearch size={28} />} title={t('begin')} text={t('beginText')} />
      ) : found.data !== undefined ? (
        <Results answer={found.data} q={q} kind={kind} onKind={(each) => go(q, each)} />
      ) : found.isError ? (
        <Broken error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <RowsSkeleton rows={8} />
      )}
    </Page>
  );
}

function Results({
  answer,
  q,
  kind,
  onKind,
}: {
  answer: SearchAnswer;
  q: string;
  kind: Kind | null;
  onKind: (kind: Kind) => void;
}) {
  const { t } = useTranslation('search');
  const groups = kinds
    .map((each) => ({ each, hits: hitsOf(each, answer, q, t) }))
    .filter(({ hits }) => hits.length > 0);
  if (groups.length === 0)
    return <Empty icon={<IconSearch size={28} />} title={t('none', { query: q })} text={t('noneText')} />;
  return groups.map(({ each, hits }) => (
    <section key={each} className={classes.group} aria-label={t(`kinds.${each}`)}>
      <h2>{t(`kinds.${each}`)}</h2>
      {hits}
      {!isWhole(hits.length, kind) && (
        <Button variant="subtle" size="compact-sm" mt={6} onClick={() => onKind(each)}>
          {t('more', { kind: t(`kinds.${each}`) })}
        </Button>
      )}
    </section>
  ));
}

function hitsOf(kind: Kind, answer: SearchAnswer, words: string, t: (key: string) => string) {
  switch (kind) {
    case 'threads':
      return (answer.threads ?? []).map((thread) => (
        <Hit
          key={thread.id}
          to={`/t/${thread.id}`}
          icon={<ChannelGlyph kind={thread.channelKind} size={16} />}
          title={[thread.clientName, thread.subject].filter(Boolean).join(' · ')}
          text={thread.preview}
          at={thread.lastMessageAt}
          words={words}
        />
      ));
    case 'messages':
      return (answer.messages ?? []).map((message) => (
        <Hit
          key={message.id}
          to={`/t/${message.threadId}`}
          icon={<ChannelGlyph kind={message.channelKind ?? 'chat'} size={16} />}
          title={[message.clientName, message.subject].filter(Boolean).join(' · ')}
          text={`${message.direction === 'note' ? `${t('note')}: ` : message.direction === 'outbound' ? `${t('us')}: ` : ''}${message.text}`}
          at={message.at}
          words={words}
        />
      ));
    case 'clients':
      return (answer.clients ?? []).map((client) => (
        <Hit
          key={client.id}
          to={`/clients/${client.id}`}
          icon={<IconUser size={16} aria-hidden />}
          title={client.name}
          text={[
            client.company?.name,
            ...client.identities.filter((each) => each.kind !== 'visitor').map((each) => each.value),
          ]
            .filter(Boolean)
            .join(' · ')}
          words={words}
        />
      ));
    case 'articles':
      return (answer.articles ?? []).map((article) => (
        <Hit
          key={article.id}
          to={`/knowledge/${article.id}`}
          icon={<IconBook2 size={16} aria-hidden />}
          title={article.state === 'published' ? article.title : `${article.title} (${t('draft')})`}
          text={article.text}
          words={words}
        />
      ));
    case 'products':
      return (answer.products ?? []).map((product) => (
        <Hit
          key={product.id}
          to={`/catalogue/${product.id}`}
          icon={<IconDeviceMobile size={16} aria-hidden />}
          title={product.name}
          text={[product.brand, product.category, product.sku].filter(Boolean).join(' · ')}
          words={words}
        />
      ));
  }
}
