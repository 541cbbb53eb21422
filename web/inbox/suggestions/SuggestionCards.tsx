import { ActionIcon, Button, Skeleton, Stack, UnstyledButton } from '@mantine/core';
import { IconBulb, IconCornerDownLeft, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Suggestion } from '../../../server/consult/schema.ts';
import { markDirection } from '../../shared/textDirection.ts';
import { Hint } from '../shell/Hint.tsx';
import { Linked } from '../thread/Linked.tsx';
import { confidenceWord, dismiss, insert, useOpenSuggestions } from './queries.ts';
import { Sources } from './Sources.tsx';
import classes from './Suggestions.module.css';
import { sayWhy } from './why.ts';

/**
 * Drafted answers with what they stand on. "Nothing supports an answer" is said too.
 * `folded`: all show their beginning only, where the thread needs the room.
 */
export function SuggestionCards({ threadId, folded = false }: { threadId: string; folded?: boolean }) {
  const { t } = useTranslation('inbox');
  const { open, isLoading } = useOpenSuggestions(threadId);
  if (isLoading)
    return (
      <Stack className="p-late" gap={8} p="sm" aria-hidden>
        <Skeleton height={10} width="80%" />
        <Skeleton height={10} width="95%" />
        <Skeleton height={10} width="60%" />
      </Stack>
    );
  const waiting = open.slice(0, 3);
  if (waiting.length === 0) return null;
  return (
    <section aria-label={t('suggestion.label')} className={classes.cards}>
      {waiting.map((suggestion, index) => (
        <Card key={suggestion.id} suggestion={suggestion} number={index + 1} folded={folded || index > 0} />
      ))}
    </section>
  );
}

function Card({ suggestion, number, folded }: { suggestion: Suggestion; number: number; folded: boolean }) {
  const { t } = useTranslation('inbox');
  const { answer } = suggestion;
  const [open, setOpen] = useState(!folded);
  if (answer === null) return <Abstained suggestion={suggestion} />;
  const word = confidenceWord(answer.confidence);
  return (
    <article className={classes.card} data-word={word}>
      <header className={classes.head}>
        <IconBulb size={15} aria-hidden />
        <h3>{t('suggestion.title')}</h3>
        <span className={classes.word} data-word={word} title={t(`suggestion.wordText.${word}`)}>
          {t(`suggestion.word.${word}`)}
        </span>
        <Dismiss suggestion={suggestion} />
      </header>
      {!open && (
        <UnstyledButton className={classes.folded} dir="auto" aria-expanded={false} onClick={() => setOpen(true)}>
          {markDirection(answer.text)}
        </UnstyledButton>
      )}
      {open && (
        <div>
          <Linked text={answer.text} />
        </div>
      )}
      {open && <Sources citations={answer.citations} />}
      <footer className={classes.foot}>
        <Hint label={t('suggestion.insert')} keys={number === 1 ? 'Tab' : `Alt ${number}`}>
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconCornerDownLeft size={15} className="p-mirror" aria-hidden />}
            onClick={() => insert(suggestion)}
          >
            {t('suggestion.insert')}
          </Button>
        </Hint>
        <span className={classes.by}>{t(`suggestion.source.${answer.source}`)}</span>
      </footer>
    </article>
  );
}

function Abstained({ suggestion }: { suggestion: Suggestion }) {
  const { t } = useTranslation('inbox');
  const { clarify, reason, handover, why } = suggestion;
  const told = handover?.reason ?? reason;
  return (
    <article className={classes.card} data-word="none">
      <header className={classes.head}>
        <IconBulb size={15} aria-hidden />
        <h3>{t(clarify === undefined ? 'suggestion.none' : 'suggestion.clarify')}</h3>
        <Dismiss suggestion={suggestion} />
      </header>
      {clarify === undefined ? (
        told !== undefined && <p className={classes.why}>{sayWhy(t, why, told)}</p>
      ) : (
        <>
          <p className={classes.why} dir="auto">
            {markDirection(clarify.question)}
          </p>
          <ul className={classes.options}>
            {clarify.options.map((option) => (
              <li key={option.label}>
                <bdi>{option.label}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
    </article>
  );
}

function Dismiss({ suggestion }: { suggestion: Suggestion }) {
  const { t } = useTranslation('inbox');
  return (
    <ActionIcon
      size={22}
      onClick={() => dismiss(suggestion)}
      aria-label={t('suggestion.dismiss')}
      title={t('suggestion.dismiss')}
    >
      <IconX size={14} />
    </ActionIcon>
  );
}
