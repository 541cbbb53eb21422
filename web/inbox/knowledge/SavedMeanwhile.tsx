import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Article } from '../../../server/knowledge/schema.ts';
import { ApiError } from '../../shared/api.ts';
import { exactTime, useLocale } from '../../shared/ui/format.ts';
import { DiffView } from './DiffView.tsx';
import classes from './Knowledge.module.css';

/** What a colleague saved while one still wrote. */
export interface Meanwhile {
  article: Article;
  by: string | null;
  at: string;
}

/** The refusal that says so; null for any other error. */
export function meanwhileOf(error: unknown): Meanwhile | null {
  if (!(error instanceof ApiError) || error.code !== 'article.changed') return null;
  const { article, by, at } = error.problem as unknown as Meanwhile;
  return { article, by, at };
}

/** Says who saved it and when, shows the difference to what is written here, and lets the writer decide. */
export function SavedMeanwhile({
  meanwhile,
  mine,
  onMine,
  onTheirs,
}: {
  meanwhile: Meanwhile;
  mine: { title: string; body: string };
  onMine: () => void;
  onTheirs: () => void;
}) {
  const { t } = useTranslation('knowledge');
  const locale = useLocale();
  const [open, setOpen] = useState(false);
  const { article, by, at } = meanwhile;
  return (
    <div className={classes.meanwhile} role="alert">
      <p style={{ marginTop: 0 }}>
        {t(by === null ? 'meanwhile.text' : 'meanwhile.by', { name: by ?? '', at: exactTime(at, locale) })}
      </p>
      <Group gap="xs">
        <Button size="compact-sm" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('meanwhile.difference')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onMine}>
          {t('meanwhile.mine')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onTheirs}>
          {t('meanwhile.theirs')}
        </Button>
      </Group>
      {open && <DiffView before={article} after={mine} />}
    </div>
  );
}
