import { Button } from '@mantine/core';
import { IconMessageQuestion } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListedRequest } from '../../../server/requests/schema.ts';
import { ago, exactTime, useLocale, useNow } from '../../shared/ui/format.ts';
import { useColleagueName, useMay, useMe } from '../me/queries.ts';
import { OwedForm } from '../owed/OwedForm.tsx';
import { answer } from '../owed/queries.ts';
import { WordsField } from '../owed/WordsField.tsx';
import page from '../page/Page.module.css';
import classes from '../promises/Promises.module.css';
import { ThreadLink } from '../thread/ThreadLink.tsx';

/** One question: who asks whom about which client, by when, and its answer, which is written here. */
export function QuestionRow({ question }: { question: ListedRequest }) {
  const { t } = useTranslation('promises');
  const locale = useLocale();
  const now = useNow();
  const me = useMe();
  const may = useMay();
  const nameOf = useColleagueName();
  const [answering, setAnswering] = useState(false);
  const open = question.state === 'open';
  return (
    <li className={`${page.row} ${page.folds}`}>
      <IconMessageQuestion size={18} stroke={1.7} aria-hidden className={classes.glyph} />
      <div className={page.rowMain}>
        <span className={page.rowName}>
          <bdi>{question.text}</bdi>
        </span>
        <span className={page.rowDim}>
          {question.mayOpen ? (
            <ThreadLink threadId={question.threadId} className={classes.link}>
              <bdi>{question.clientName}</bdi>
            </ThreadLink>
          ) : (
            <bdi>{question.clientName}</bdi>
          )}{' '}
          ·{' '}
          {t('questions.asks', {
            name: question.askedById === me.id ? t('questions.you') : nameOf(question.askedById),
            to: question.to,
          })}
          {question.dueAt !== null && (
            <>
              {' '}
              ·{' '}
              <time
                dateTime={question.dueAt}
                title={exactTime(question.dueAt, locale)}
                className={question.late ? classes.late : undefined}
              >
                {t(question.late && open ? 'wasDue' : 'due', { time: ago(question.dueAt, locale, now) })}
              </time>
            </>
          )}
        </span>
        {question.answer !== null && (
          <p className={classes.answer}>
            <span className={page.rowDim}>
              {nameOf(question.answeredById)}
              {question.answeredAt !== null && <> · {ago(question.answeredAt, locale, now)}</>}
            </span>
            <bdi>{question.answer}</bdi>
          </p>
        )}
        {answering && <AnswerForm id={question.id} onClose={() => setAnswering(false)} />}
      </div>
      {open && !answering && may('threads.write') && (
        <div className={page.rowEnd}>
          <Button size="compact-sm" variant="light" onClick={() => setAnswering(true)}>
            {t('inbox:owed.answer')}
          </Button>
        </div>
      )}
    </li>
  );
}

function AnswerForm({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('inbox');
  const [text, setText] = useState('');
  return (
    <OwedForm label={t('owed.answer')} disabled={text.trim() === ''} act={() => answer(id, text)} onClose={onClose}>
      <WordsField autoFocus required label={t('owed.answer')} value={text} onChange={setText} />
    </OwedForm>
  );
}
