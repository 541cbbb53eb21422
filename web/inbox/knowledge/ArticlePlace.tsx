import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Article } from '../../../server/knowledge/schema.ts';
import { ApiError } from '../../shared/api.ts';
import { ago, useLocale, useNow } from '../../shared/ui/format.ts';
import { useColleagueName, useMay } from '../me/queries.ts';
import { Badge } from '../page/Badge.tsx';
import { Loaded } from '../page/Loaded.tsx';
import { Page, Section } from '../page/Page.tsx';
import { Missing } from '../shell/Missing.tsx';
import { ArticleEditor } from './ArticleEditor.tsx';
import classes from './Knowledge.module.css';
import { languageName } from './languages.ts';
import { MarkdownView } from './MarkdownView.tsx';
import { Needs } from './Needs.tsx';
import { useArticle, usePassages } from './queries.ts';
import { sectionOf } from './sections.ts';
import { Versions } from './Versions.tsx';

const route = getRouteApi('/shell/knowledge/$articleId');

/** An article as it is read; who may write changes it in the same place. */
export function ArticlePlace() {
  const { articleId } = route.useParams();
  const found = useArticle(articleId);
  if (found.error instanceof ApiError && found.error.status === 404) return <Missing />;
  return <Loaded query={found}>{(article) => <Shown key={article.id} article={article} />}</Loaded>;
}

/** A new article. */
export function NewArticlePlace() {
  return <ArticleEditor article={null} />;
}

function Shown({ article }: { article: Article }) {
  const { t } = useTranslation('knowledge');
  const locale = useLocale();
  const now = useNow();
  const may = useMay();
  const [editing, setEditing] = useState(route.useSearch().edit === true && may('knowledge.write'));
  const [cut, setCut] = useState(false);
  const [versions, setVersions] = useState(false);
  const nameOf = useColleagueName();
  if (editing) return <ArticleEditor article={article} onDone={() => setEditing(false)} />;
  return (
    <Page
      title={<bdi>{article.title}</bdi>}
      lead={
        <>
          {[
            sectionOf(article.path).replaceAll('/', ' › '),
            languageName(article.locale),
            t('changed', { ago: ago(article.updatedAt, locale, now) }),
            article.ownerId === null ? '' : t('ownedBy', { name: nameOf(article.ownerId) }),
          ]
            .filter(Boolean)
            .join(' · ')}{' '}
          {article.state === 'draft' && <Badge tone="amber">{t('states.draft')}</Badge>}{' '}
          {article.internal && <Badge>{t('internal')}</Badge>} <Needs article={article} />
        </>
      }
      back={{ to: '/knowledge', label: t('title') }}
      actions={
        may('knowledge.write') && (
          <Button leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setEditing(true)}>
            {t('edit')}
          </Button>
        )
      }
    >
      <MarkdownView text={article.body} />
      {may('knowledge.write') && (
        <div style={{ marginTop: 40 }}>
          <Button variant="subtle" size="compact-sm" aria-expanded={cut} onClick={() => setCut(!cut)}>
            {t('cut')}
          </Button>
          {cut && <Passages articleId={article.id} />}
          <Button variant="subtle" size="compact-sm" aria-expanded={versions} onClick={() => setVersions(!versions)}>
            {t('versions.title')}
          </Button>
          {versions && <Versions articleId={article.id} writes />}
        </div>
      )}
    </Page>
  );
}

function Passages({ articleId }: { articleId: string }) {
  const { t } = useTranslation('knowledge');
  const passages = usePassages(articleId);
  return (
    <Section title={t('passages')} text={t('passagesText')}>
      <Loaded query={passages}>
        {(items) =>
          items.map((passage) => (
            <div key={passage.id} className={classes.passage} dir="auto">
              <strong>{passage.section.join(' › ')}</strong>
              {passage.text}
            </div>
          ))
        }
      </Loaded>
    </Section>
  );
}
