import { Button, SegmentedControl } from '@mantine/core';
import { IconCalendarCheck, IconMessageQuestion, IconX } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../shared/ui/Empty.tsx';
import { Filters } from '../filters/Filters.tsx';
import { useMay } from '../me/queries.ts';
import { Loaded } from '../page/Loaded.tsx';
import { Page } from '../page/Page.tsx';
import classes from '../promises/Promises.module.css';
import { QuestionRow } from './QuestionRow.tsx';
import { useQuestions } from './queries.ts';
import { boxes, type QuestionSearch, questionFilters, questionSearch } from './search.ts';

/** What colleagues are asked: what I am asked and can answer here, what I asked, and for who sees all threads everybody's. */
export function QuestionsPlace() {
  const { t } = useTranslation('promises');
  const may = useMay();
  const asked = questionSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const { box = 'me', shown, due, ...only } = asked;
  const questions = useQuestions(asked);
  const ask = (search: QuestionSearch) => void navigate({ to: '/questions', search: search as never, replace: true });
  const kept: QuestionSearch = {
    ...(asked.box === undefined ? {} : { box: asked.box }),
    ...(shown === undefined ? {} : { shown }),
    ...(due === undefined ? {} : { due }),
  };
  const without = (name: 'box' | 'shown' | 'due') => {
    const { [name]: _, ...others } = kept;
    return others;
  };
  return (
    <Page
      title={t('questions.title')}
      lead={t('questions.lead')}
      actions={
        <Button
          component={Link}
          to="/promises"
          variant="default"
          leftSection={<IconCalendarCheck size={16} aria-hidden />}
        >
          {t('title')}
        </Button>
      }
    >
      <div className={classes.controls}>
        <SegmentedControl
          aria-label={t('whose')}
          value={box}
          // What is asked of me is of no other place.
          onChange={(value) =>
            ask(value === 'me' ? without('box') : { ...without('box'), box: value as 'mine' | 'all' })
          }
          data={boxes
            .filter((value) => value !== 'all' || may('threads.readAll'))
            .map((value) => ({ value, label: t(`questions.box.${value}`) }))}
        />
        <SegmentedControl
          aria-label={t('show')}
          value={shown ?? 'open'}
          onChange={(value) =>
            ask({ ...only, ...without('shown'), ...(value === 'answered' ? { shown: 'answered' } : {}) })
          }
          data={[
            { value: 'open', label: t('open') },
            { value: 'answered', label: t('questions.answered') },
          ]}
        />
        {due === 'late' && shown === undefined && (
          <Button
            size="compact-xs"
            variant="light"
            rightSection={<IconX size={13} aria-hidden />}
            onClick={() => ask({ ...only, ...without('due') })}
          >
            {t('onlyLate')}
          </Button>
        )}
      </div>
      {box === 'all' && <Filters names={questionFilters} only={only} onOnly={(next) => ask({ ...kept, ...next })} />}
      <Loaded query={questions}>
        {(data) => {
          const items = data.pages.flatMap((page) => page.items);
          return items.length === 0 ? (
            <Empty
              icon={<IconMessageQuestion size={28} />}
              title={t('questions.none')}
              text={t('questions.noneText')}
            />
          ) : (
            <ul className={classes.list}>
              {items.map((item) => (
                <QuestionRow key={item.id} question={item} />
              ))}
            </ul>
          );
        }}
      </Loaded>
      {questions.hasNextPage && (
        <Button variant="subtle" loading={questions.isFetchingNextPage} onClick={() => void questions.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Page>
  );
}
