import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy, IconHelpHexagon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Badge, type Tone } from '../page/Badge.tsx';
import { confidenceWord } from '../suggestions/queries.ts';
import { Sources } from '../suggestions/Sources.tsx';
import { Linked } from '../thread/Linked.tsx';
import classes from './Consult.module.css';
import type { Answered } from './queries.ts';

const tones: Record<string, Tone> = { sure: 'green', likely: 'plain', check: 'amber' };

/** The answer in words with its sources, or what is missing for one. */
export function AnswerCard({
  answer: { answer, reason, clarify },
  onChoose,
}: {
  answer: Answered;
  onChoose: (option: { label: string; productId?: string | undefined }) => void;
}) {
  const { t } = useTranslation('consult');
  if (answer === null)
    return (
      <section className={classes.answer} aria-label={t('answer')}>
        <div className={classes.none}>
          <IconHelpHexagon size={20} aria-hidden />
          <span dir="auto">{clarify?.question ?? reason ?? t('nothing')}</span>
        </div>
        {clarify !== undefined && (
          <div className={classes.options}>
            {clarify.options.map((option) => (
              <Button key={option.productId ?? option.label} variant="default" onClick={() => onChoose(option)}>
                <bdi>{option.label}</bdi>
              </Button>
            ))}
          </div>
        )}
      </section>
    );
  const word = confidenceWord(answer.confidence);
  return (
    <section className={classes.answer} aria-label={t('answer')}>
      <div className={classes.text} dir="auto">
        <Linked text={answer.text} />
      </div>
      <Sources citations={answer.citations} />
      <div className={classes.foot}>
        <Badge tone={tones[word] ?? 'plain'}>{t(`inbox:suggestion.word.${word}`)}</Badge>
        <span>{t(`inbox:suggestion.wordText.${word}`)}</span>
        <CopyButton value={answer.text} timeout={2000}>
          {({ copied, copy }) => (
            <Button
              size="compact-md"
              variant="default"
              leftSection={copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
              onClick={copy}
            >
              {t(copied ? 'common:copied' : 'common:copy')}
            </Button>
          )}
        </CopyButton>
      </div>
    </section>
  );
}
