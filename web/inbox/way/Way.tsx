import { Popover, UnstyledButton } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ThreadStep } from '../../../server/routing/schema.ts';
import { exactTime, shortDateTime, useLocale } from '../../shared/ui/format.ts';
import { useColleagueName } from '../me/queries.ts';
import { useTeams } from '../me/teams.ts';
import { useWay } from './queries.ts';
import classes from './Way.module.css';
import { readWhy } from './why.ts';

/** Why the thread is where it is, in a line; the whole way is one press away. */
export function Way({ threadId }: { threadId: string }) {
  const { t } = useTranslation('times');
  const [open, setOpen] = useState(false);
  const steps = useWay(threadId);
  const say = useStepWords();
  const last = steps.find((step) => step.type === 'thread.assigned' && step.why !== null);
  if (steps.length === 0) return null;
  return (
    <div className={classes.bar}>
      <IconRoute size={14} aria-hidden />
      {last !== undefined && (
        <span className={classes.words}>
          <bdi>{say(last)}</bdi>
        </span>
      )}
      <Popover opened={open} onChange={setOpen} position="bottom-start" width={360} trapFocus returnFocus>
        <Popover.Target>
          <UnstyledButton className={classes.all} aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('way.all')}
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown p={0} aria-label={t('way.title')}>
          <section aria-label={t('way.title')} className={classes.list}>
            <ol>
              {steps.map((step) => (
                <Step key={step.id} step={step} words={say(step)} />
              ))}
            </ol>
          </section>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}

function Step({ step, words }: { step: ThreadStep; words: string }) {
  const locale = useLocale();
  return (
    <li>
      <bdi>{words}</bdi>
      <time dateTime={step.at} title={exactTime(step.at, locale)}>
        {shortDateTime(step.at, locale)}
      </time>
    </li>
  );
}

/** What a step says, in the reader's language. */
function useStepWords(): (step: ThreadStep) => string {
  const { t } = useTranslation('times');
  const nameOf = useColleagueName();
  const teams = useTeams();
  return (step) => {
    const actor = nameOf(step.actorId);
    const name = nameOf(step.assigneeId);
    const by = actor === '' ? '' : ` · ${t('way.by', { name: actor })}`;
    const forWhom = step.forUserId === null ? '' : ` · ${t('way.for', { name: nameOf(step.forUserId) })}`;
    if (step.type !== 'thread.assigned')
      return (
        t(`way.types.${step.type.replace('.', '_')}`, {
          policy: step.policyName ?? '',
          action: step.action === null ? '' : t(`targets.actions.${step.action}`),
        }) +
        (step.policyName === null ? '' : ` · ${step.policyName}`) +
        by +
        forWhom
      );
    const team = teams.find((one) => one.id === step.teamId)?.name;
    const where =
      step.assigneeId === null
        ? team === undefined
          ? t('way.nobody')
          : t('way.team', { name: team })
        : t('way.to', { name });
    if (step.why === null) return where + by + forWhom;
    const { why, skills } = readWhy(step.why);
    const words = t(`way.why.${why.key}`, { ...why, person: nameOf(step.forUserId ?? step.beforeId) });
    return `${where}: ${[...skills.map((skill) => skill.replace(/^\w+:/, '')), words].join(', ')}${by}`;
  };
}
