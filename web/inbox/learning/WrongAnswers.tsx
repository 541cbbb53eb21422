import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { WrongAnswer } from '../../../server/learning/schema.ts';
import { Empty } from '../../shared/ui/Empty.tsx';
import { ago, useLocale, useNow } from '../../shared/ui/format.ts';
import { showError } from '../../shared/ui/problem.ts';
import { useColleagueName } from '../me/queries.ts';
import { Loaded } from '../page/Loaded.tsx';
import page from '../page/Page.module.css';
import { ThreadLink } from '../thread/ThreadLink.tsx';
import classes from './Learning.module.css';
import { resolveWrong, useWrongAnswers } from './queries.ts';

/** Answers of the bot that colleagues found wrong: what was asked, said and corrected, and where it came from. */
export function WrongAnswers() {
  const { t } = useTranslation('learning');
  return (
    <Loaded query={useWrongAnswers('open')}>
      {(items) =>
        items.length === 0 ? (
          <Empty icon={<IconCircleCheck size={28} />} title={t('noWrong')} text={t('noWrongText')} />
        ) : (
          <ul className={page.rows}>
            {items.map((item) => (
              <WrongRow key={item.id} item={item} />
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

function WrongRow({ item }: { item: WrongAnswer }) {
  const { t } = useTranslation('learning');
  const locale = useLocale();
  const now = useNow();
  const nameOf = useColleagueName();
  return (
    <li className={classes.gap}>
      <div className={classes.words}>
        <ThreadLink threadId={item.threadId}>
          <bdi>{item.clientName}</bdi>
        </ThreadLink>
        <dl className={classes.said}>
          <dt>{t('asked')}</dt>
          <dd dir="auto">{item.question}</dd>
          <dt>{t('answered')}</dt>
          <dd dir="auto">{item.answer}</dd>
          {item.correction !== null && (
            <>
              <dt>{t('corrected')}</dt>
              <dd dir="auto">{item.correction}</dd>
            </>
          )}
        </dl>
        <span className={classes.dim}>
          {t('by', { name: nameOf(item.reportedById), ago: ago(item.createdAt, locale, now) })}
        </span>
        <span className={classes.buttons}>
          {item.articleIds.map((articleId) => (
            <Link key={articleId} to="/knowledge/$articleId" params={{ articleId }}>
              {t('openArticle')}
            </Link>
          ))}
          <Button size="compact-sm" onClick={() => void resolveWrong(item.id).catch(showError)}>
            {t('resolve')}
          </Button>
        </span>
      </div>
    </li>
  );
}
