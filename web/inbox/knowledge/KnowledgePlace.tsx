import { Button, Select } from '@mantine/core';
import { IconBook2, IconBulb, IconFileUpload, IconPlus } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Article } from '../../../server/knowledge/schema.ts';
import { Empty } from '../../shared/ui/Empty.tsx';
import { Broken } from '../../shared/ui/ErrorBoundary.tsx';
import { ListTime } from '../../shared/ui/Time.tsx';
import { useMay } from '../me/queries.ts';
import { Badge } from '../page/Badge.tsx';
import page from '../page/Page.module.css';
import { Page } from '../page/Page.tsx';
import { RowsSkeleton } from '../page/RowsSkeleton.tsx';
import { SearchField } from '../page/SearchField.tsx';
import { useKeys } from '../shell/keys.ts';
import classes from './Knowledge.module.css';
import { languageName, languages } from './languages.ts';
import { Needs } from './Needs.tsx';
import { useArticles } from './queries.ts';
import type { ArticleSearch } from './search.ts';
import { bySection } from './sections.ts';

const route = getRouteApi('/shell/knowledge');

/** What answers stand on: articles by section, found, narrowed, written, imported. */
export function KnowledgePlace() {
  const { t } = useTranslation('knowledge');
  const search: ArticleSearch = route.useSearch();
  const navigate = useNavigate();
  const may = useMay();
  const found = useArticles(search);
  const articles = found.data?.pages.flatMap((each) => each.items);
  const writes = may('knowledge.write');
  const narrowed = Object.keys(search).length > 0;
  const go = (change: Partial<Record<keyof ArticleSearch, string | undefined>>) => {
    const next = Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value));
    void navigate({ to: '/knowledge', search: next as ArticleSearch, replace: true });
  };
  useKeys(writes ? [{ keys: 'c', run: () => void navigate({ to: '/knowledge/new' }), label: t('write') }] : []);
  const write = (
    <Button component={Link} to="/knowledge/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t('write')}
    </Button>
  );
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        writes && (
          <>
            <Button
              component={Link}
              to="/knowledge/learning"
              variant="default"
              leftSection={<IconBulb size={16} aria-hidden />}
            >
              {t('learning')}
            </Button>
            <Button
              component={Link}
              to="/knowledge/import"
              variant="default"
              leftSection={<IconFileUpload size={16} aria-hidden />}
            >
              {t('import.title')}
            </Button>
            {write}
          </>
        )
      }
    >
      <div className={classes.tools}>
        <SearchField label={t('search')} start={search.q ?? ''} onLook={(q) => go({ q })} />
        <Select
          aria-label={t('language')}
          placeholder={t('anyLanguage')}
          value={search.locale ?? null}
          data={languages.map(([value, label]) => ({ value, label }))}
          onChange={(locale) => go({ locale: locale ?? undefined })}
          clearable
          clearButtonProps={{ 'aria-label': t('anyLanguage') }}
          w={150}
        />
        <Select
          aria-label={t('state')}
          placeholder={t('anyState')}
          value={search.state ?? null}
          data={(['published', 'draft'] as const).map((value) => ({ value, label: t(`states.${value}`) }))}
          onChange={(state) => go({ state: state ?? undefined })}
          clearable
          clearButtonProps={{ 'aria-label': t('anyState') }}
          w={150}
        />
        <Select
          aria-label={t('needs.title')}
          placeholder={t('needs.title')}
          value={search.needs ?? null}
          data={(['review', 'correction'] as const).map((value) => ({ value, label: t(`needs.${value}`) }))}
          onChange={(needs) => go({ needs: needs ?? undefined })}
          clearable
          clearButtonProps={{ 'aria-label': t('anyState') }}
          w={170}
        />
      </div>
      {articles === undefined ? (
        found.isError ? (
          <Broken error={found.error} onRetry={() => void found.refetch()} />
        ) : (
          <RowsSkeleton rows={8} />
        )
      ) : articles.length === 0 ? (
        <Empty
          icon={<IconBook2 size={28} />}
          title={t(narrowed ? 'noneFound' : 'none')}
          text={t(narrowed ? 'noneFoundText' : 'noneText')}
        >
          {!narrowed && writes && write}
        </Empty>
      ) : (
        bySection(articles).map(([section, inSection]) => (
          <section key={section} className={classes.section} aria-label={section || t('noSection')}>
            <h2>
              <bdi>{section === '' ? t('noSection') : section.replaceAll('/', ' › ')}</bdi>
            </h2>
            <ul className={page.rows}>
              {inSection.map((article) => (
                <ArticleRow key={article.id} article={article} />
              ))}
            </ul>
          </section>
        ))
      )}
      {found.hasNextPage && (
        <Button variant="subtle" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Page>
  );
}

function ArticleRow({ article }: { article: Article }) {
  const { t } = useTranslation('knowledge');
  return (
    <li>
      <Link to="/knowledge/$articleId" params={{ articleId: article.id }} className={page.row}>
        <span className={page.rowMain}>
          <span className={page.rowName}>
            <bdi>{article.title}</bdi>
            {article.state === 'draft' && <Badge tone="amber">{t('states.draft')}</Badge>}
            {article.internal && <Badge>{t('internal')}</Badge>}
            <Needs article={article} />
          </span>
        </span>
        <span className={page.rowEnd}>
          {languageName(article.locale)}
          <ListTime at={article.updatedAt} />
        </span>
      </Link>
    </li>
  );
}
