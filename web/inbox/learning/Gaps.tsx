import { Button } from '@mantine/core';
import { IconBulb, IconPencilPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Gap } from '../../../server/learning/schema.ts';
import { Empty } from '../../shared/ui/Empty.tsx';
import { ago, count, useLocale, useNow } from '../../shared/ui/format.ts';
import { showError } from '../../shared/ui/problem.ts';
import { Loaded } from '../page/Loaded.tsx';
import page from '../page/Page.module.css';
import { useSubmit } from '../page/useSubmit.ts';
import { ThreadLink } from '../thread/ThreadLink.tsx';
import classes from './Learning.module.css';
import { dismissGap, useGaps, writeArticle } from './queries.ts';

/** Questions that nothing answers, the most asked first; from each an article is one step away. */
export function Gaps() {
  const { t } = useTranslation('learning');
  return (
    <Loaded query={useGaps()}>
      {(gaps) =>
        gaps.length === 0 ? (
          <Empty icon={<IconBulb size={28} />} title={t('noGaps')} text={t('noGapsText')} />
        ) : (
          <ul className={page.rows}>
            {gaps.map((gap) => (
              <GapRow key={gap.id} gap={gap} />
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

function GapRow({ gap }: { gap: Gap }) {
  const { t } = useTranslation('learning');
  const locale = useLocale();
  const now = useNow();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const { busy, submit } = useSubmit(
    async () => {
      const made = await writeArticle(gap.id);
      await navigate({ to: '/knowledge/$articleId', params: { articleId: made.id }, search: { edit: true } });
    },
    { onRefused: showError },
  );
  return (
    <li className={classes.gap}>
      <strong className={classes.count} title={t('clients', { count: gap.count })}>
        {count(gap.count, locale)}
      </strong>
      <div className={classes.words}>
        <bdi className={classes.question}>{gap.question}</bdi>
        <span className={classes.dim}>
          {t('clients', { count: gap.count })} · {t('lastAsked', { ago: ago(gap.lastAt, locale, now) })}
          {gap.rejected > 0 && <> · {t('rejected', { count: gap.rejected })}</>}
        </span>
        {open && (
          <ul className={classes.examples}>
            {gap.examples.map((example) => (
              <li key={example.at + example.question}>
                {example.threadId === null ? (
                  <bdi>{example.question}</bdi>
                ) : (
                  <ThreadLink threadId={example.threadId}>
                    <bdi>{example.question}</bdi>
                  </ThreadLink>
                )}
              </li>
            ))}
          </ul>
        )}
        <span className={classes.buttons}>
          <Button
            size="compact-sm"
            loading={busy}
            leftSection={<IconPencilPlus size={15} aria-hidden />}
            onClick={() => submit()}
          >
            {t('write')}
          </Button>
          <Button size="compact-sm" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('examples')}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            onClick={() => void dismissGap(gap.id).catch(showError)}
          >
            {t('dismiss')}
          </Button>
        </span>
      </div>
    </li>
  );
}
