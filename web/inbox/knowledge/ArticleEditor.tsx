import { Autocomplete, Button, FileButton, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconEye, IconPencil, IconPhoto, IconTrash } from '@tabler/icons-react';
import { useBlocker, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Article } from '../../../server/knowledge/schema.ts';
import { currentLocale } from '../../shared/i18n/i18n.ts';
import { sayError } from '../../shared/ui/sayError.ts';
import { useColleagues } from '../me/queries.ts';
import { useConfirm } from '../page/confirm.tsx';
import { FormError } from '../page/FormError.tsx';
import { Page } from '../page/Page.tsx';
import { useKeys } from '../shell/keys.ts';
import classes from './Knowledge.module.css';
import { languages } from './languages.ts';
import { MarkdownView } from './MarkdownView.tsx';
import { addImage, createArticle, deleteArticle, editArticle, useArticles } from './queries.ts';
import { type Meanwhile, meanwhileOf, SavedMeanwhile } from './SavedMeanwhile.tsx';
import { sectionOf } from './sections.ts';

/** Writes an article in Markdown with its preview beside it; null is a new one. */
export function ArticleEditor({ article, onDone }: { article: Article | null; onDone?: () => void }) {
  const { t } = useTranslation('knowledge');
  const navigate = useNavigate();
  const [title, setTitle] = useState(article?.title ?? '');
  const [path, setPath] = useState(article?.path ?? '');
  const [locale, setLocale] = useState(article?.locale ?? currentLocale());
  const [internal, setInternal] = useState(article?.internal ?? false);
  const [ownerId, setOwnerId] = useState(article?.ownerId ?? null);
  const [reviewBy, setReviewBy] = useState(article?.reviewBy?.slice(0, 10) ?? '');
  const [body, setBody] = useState(article?.body ?? '');
  const [preview, setPreview] = useState(true);
  const [error, setError] = useState<string | null>(null);
  // The state that the writing began with: the article may be saved by others meanwhile.
  const [base, setBase] = useState(article);
  const [meanwhile, setMeanwhile] = useState<Meanwhile | null>(null);
  const [busy, setBusy] = useState<'draft' | 'published' | null>(null);
  const saved = useRef(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const colleagues = useColleagues();
  const [ask, dialog] = useConfirm();
  const known = useArticles({}).data?.pages.flatMap((page) => page.items) ?? [];
  const sections = [...new Set(known.map((each) => sectionOf(each.path)).filter(Boolean))].sort();
  const changed = title !== (base?.title ?? '') || body !== (base?.body ?? '') || path !== (base?.path ?? '');

  useBlocker({
    shouldBlockFn: () => changed && !saved.current && !window.confirm(t('unsaved')),
    enableBeforeUnload: () => changed && !saved.current,
  });

  const save = async (state: Article['state'], over = base) => {
    setBusy(state);
    setError(null);
    try {
      const review = reviewBy === '' ? null : `${reviewBy}T00:00:00.000Z`;
      const input = { title: title.trim(), body, path: path.trim(), locale, internal, state, reviewBy: review };
      const stored =
        article === null
          ? await createArticle(input)
          : await editArticle(article.id, {
              ...input,
              ownerId,
              ...(over === null ? {} : { baseVersion: over.version }),
            });
      saved.current = true;
      notifications.show({
        message: t(state === 'draft' ? 'savedDraft' : 'savedPublished', { title: stored.title }),
        closeButtonProps: { 'aria-label': t('common:close') },
      });
      if (article === null) await navigate({ to: '/knowledge/$articleId', params: { articleId: stored.id } });
      else onDone?.();
    } catch (refused) {
      const other = meanwhileOf(refused);
      setMeanwhile(other);
      setError(other === null ? sayError(refused) : null);
      setBusy(null);
    }
  };
  const take = (theirs: Article) => {
    setBase(theirs);
    setMeanwhile(null);
    setTitle(theirs.title);
    setPath(theirs.path);
    setLocale(theirs.locale);
    setInternal(theirs.internal);
    setOwnerId(theirs.ownerId);
    setReviewBy(theirs.reviewBy?.slice(0, 10) ?? '');
    setBody(theirs.body);
  };
  const insertImage = async (file: File | null) => {
    if (file === null) return;
    try {
      const url = await addImage(file);
      const at = field.current?.selectionStart ?? body.length;
      setBody(`${body.slice(0, at)}![${file.name.replace(/\.\w+$/, '')}](${url})${body.slice(at)}`);
    } catch (refused) {
      setError(sayError(refused));
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save('published');
  };
  useKeys([{ keys: 'mod+s', run: () => void save(article?.state ?? 'draft'), inText: true }]);

  return (
    <Page
      wide
      title={t(article === null ? 'write' : 'edit')}
      back={{ to: '/knowledge', label: t('title') }}
      actions={
        <>
          {article !== null && (
            <Button
              variant="subtle"
              color="red"
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() =>
                ask({
                  title: t('deleteTitle', { title: article.title }),
                  text: t('deleteText'),
                  action: t('delete'),
                  run: async () => {
                    await deleteArticle(article.id);
                    saved.current = true;
                    await navigate({ to: '/knowledge' });
                  },
                })
              }
            >
              {t('delete')}
            </Button>
          )}
          {onDone !== undefined && (
            <Button variant="default" onClick={() => (changed ? window.confirm(t('unsaved')) && onDone() : onDone())}>
              {t('common:cancel')}
            </Button>
          )}
          <Button
            variant="default"
            loading={busy === 'draft'}
            disabled={title.trim() === ''}
            onClick={() => void save('draft')}
          >
            {t('saveDraft')}
          </Button>
          <Button type="submit" form="article" loading={busy === 'published'} disabled={title.trim() === ''}>
            {t(article?.state === 'published' ? 'common:save' : 'publish')}
          </Button>
        </>
      }
    >
      <form id="article" onSubmit={submit}>
        <FormError text={error} mb="md" />
        {meanwhile !== null && (
          <SavedMeanwhile
            meanwhile={meanwhile}
            mine={{ title, body }}
            onMine={() => void save(meanwhile.article.state, meanwhile.article)}
            onTheirs={() => take(meanwhile.article)}
          />
        )}
        <TextInput
          size="lg"
          label={t('titleField')}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          placeholder={t('titleExample')}
          required
          withAsterisk={false}
          maxLength={500}
          dir="auto"
          autoFocus={article === null}
          mb="md"
        />
        <div className={classes.fields}>
          <Autocomplete
            label={t('section')}
            value={path}
            onChange={setPath}
            data={sections}
            placeholder={t('sectionExample')}
            maxLength={500}
          />
          <Select
            label={t('language')}
            value={locale}
            onChange={(value) => setLocale(value ?? 'en')}
            data={[
              ...languages.map(([value, label]) => ({ value: value as string, label: label as string })),
              ...(languages.some(([known]) => known === locale) ? [] : [{ value: locale, label: locale }]),
            ]}
            allowDeselect={false}
            searchable
          />
          {article !== null && (
            <Select
              label={t('owner')}
              value={ownerId}
              onChange={setOwnerId}
              data={colleagues.map((one) => ({ value: one.id, label: one.name }))}
              searchable
              clearable
              clearButtonProps={{ 'aria-label': t('noOwner') }}
              placeholder={t('noOwner')}
            />
          )}
          <TextInput
            type="date"
            label={t('reviewBy')}
            description={t('reviewByText')}
            value={reviewBy}
            onChange={(event) => setReviewBy(event.currentTarget.value)}
          />
        </div>
        <div className={classes.flags}>
          <Switch
            label={t('internal')}
            description={t('internalText')}
            checked={internal}
            onChange={(event) => setInternal(event.currentTarget.checked)}
          />
        </div>
        <FileButton accept="image/png,image/jpeg,image/gif,image/webp" onChange={(file) => void insertImage(file)}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              size="compact-sm"
              mb="xs"
              leftSection={<IconPhoto size={15} aria-hidden />}
            >
              {t('addImage')}
            </Button>
          )}
        </FileButton>
        <div className={classes.editor} data-one={!preview || undefined}>
          <Textarea
            className={classes.source ?? ''}
            label={t('body')}
            description={t('bodyText')}
            value={body}
            onChange={(event) => setBody(event.currentTarget.value)}
            ref={field}
            autosize
            minRows={18}
            dir="auto"
          />
          {preview && (
            <section className={classes.preview} aria-label={t('preview')}>
              {body.trim() === '' ? (
                <p style={{ color: 'var(--p-dim)' }}>{t('previewEmpty')}</p>
              ) : (
                <MarkdownView text={body} />
              )}
            </section>
          )}
        </div>
        <Button
          variant="subtle"
          size="compact-sm"
          mt="sm"
          leftSection={preview ? <IconPencil size={15} aria-hidden /> : <IconEye size={15} aria-hidden />}
          onClick={() => setPreview(!preview)}
        >
          {t(preview ? 'hidePreview' : 'showPreview')}
        </Button>
      </form>
      {dialog}
    </Page>
  );
}
