import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy, IconHelpHexagon, IconPrinter, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showError } from '../../shared/ui/problem.ts';
import { Badge, type Tone } from '../page/Badge.tsx';
import { confidenceWord } from '../suggestions/queries.ts';
import { Sources } from '../suggestions/Sources.tsx';
import { sayWhy } from '../suggestions/why.ts';
import { Linked } from '../thread/Linked.tsx';
import classes from './Consult.module.css';
import { type Answered, noteConsult } from './queries.ts';
import { SendDialog } from './SendDialog.tsx';

const tones: Record<string, Tone> = { sure: 'green', likely: 'plain', check: 'amber' };

/** The answer in words with its sources, or what is missing for one. */
export function AnswerCard({
  answer: { answer, reason, why, clarify, consultId },
  onChoose,
}: {
  answer: Answered;
  onChoose: (option: { label: string; productId?: string | undefined }) => void;
}) {
  const { t } = useTranslation('consult');
  const [sending, setSending] = useState(false);
  const [rejectedId, setRejectedId] = useState<string | null>(null);
  const rejected = consultId !== undefined && rejectedId === consultId;
  const reject = () => {
    setRejectedId(consultId ?? null);
    noteConsult(consultId, { rejected: true }).catch(showError);
  };
  if (answer === null)
    return (
      <section className={classes.answer} aria-label={t('answer')}>
        <div className={classes.none}>
          <IconHelpHexagon size={20} aria-hidden />
          <span dir="auto">{clarify?.question ?? sayWhy(t, why, reason ?? t('nothing'))}</span>
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
        <Button
          size="compact-md"
          variant="default"
          leftSection={<IconPrinter size={15} aria-hidden />}
          onClick={() => window.print()}
        >
          {t('print')}
        </Button>
        {consultId !== undefined && (
          <>
            <Button
              size="compact-md"
              variant="light"
              leftSection={<IconSend size={15} aria-hidden className="p-mirror" />}
              onClick={() => setSending(true)}
            >
              {t('send')}
            </Button>
            <Button size="compact-md" variant="subtle" color="gray" disabled={rejected} onClick={reject}>
              {t(rejected ? 'rejected' : 'reject')}
            </Button>
            <SendDialog
              key={consultId}
              consultId={consultId}
              text={answer.text}
              opened={sending}
              onClose={() => setSending(false)}
            />
          </>
        )}
      </div>
    </section>
  );
}
