import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../server/threads/schema.ts';
import { useLocale } from '../../shared/ui/format.ts';
import { sayError } from '../../shared/ui/sayError.ts';
import classes from './Assist.module.css';
import { useTranslationOf } from './queries.ts';

/** A message in the reader's language beside the original; without a model, what was understood of it. */
export function Translation({ message }: { message: Message }) {
  const { t } = useTranslation('inbox');
  const locale = useLocale();
  const found = useTranslationOf(message.id, locale, true);
  if (found.isError) return <p className={classes.translation}>{sayError(found.error)}</p>;
  if (found.data === undefined) return <Skeleton height={12} width="70%" aria-hidden />;
  const { text, gist } = found.data;
  return (
    <aside className={classes.translation} aria-label={t('assist.translation')} lang={locale}>
      {text === null ? (
        <>
          <span className={classes.by}>{t('assist.gist')}</span>
          <bdi>{[t(`assist.reasons.${gist.intent}`), ...gist.products, ...gist.figures].join(' · ')}</bdi>
        </>
      ) : (
        <>
          <span className={classes.by}>{t('assist.byModel')}</span>
          <bdi className={classes.words}>{text}</bdi>
        </>
      )}
    </aside>
  );
}
