import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowLeft,
  IconArrowMerge,
  IconBellZ,
  IconCheck,
  IconDots,
  IconEye,
  IconLink,
  IconRobot,
  IconTag,
  IconUserCircle,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Thread } from '../../../server/threads/schema.ts';
import { bringCode } from '../../shared/ui/bringCode.ts';
import { ChannelGlyph } from '../../shared/ui/ChannelGlyph.tsx';
import { DueClock } from '../../shared/ui/DueClock.tsx';
import { shortDateTime, useLocale } from '../../shared/ui/format.ts';
import { showError } from '../../shared/ui/problem.ts';
import { useLookers } from '../feed/presence.ts';
import { nextAfter } from '../list/nextAfter.ts';
import type { ListSearch } from '../list/search.ts';
import { useColleagueName, useMay } from '../me/queries.ts';
import { Hint } from '../shell/Hint.tsx';
import { useKeys } from '../shell/keys.ts';
import { sayBotReason } from '../suggestions/why.ts';
import { AssignMenu } from './AssignMenu.tsx';
import { close, handToBot, reopen, takeFromBot, undoMove } from './actions.ts';
import { SnoozeMenu } from './SnoozeMenu.tsx';
import { TagPopover } from './TagPopover.tsx';
import classes from './ThreadHeader.module.css';

const MergeDialog = lazy(() =>
  bringCode(() => import('./MergeDialog.tsx')).then((file) => ({ default: file.MergeDialog })),
);

/** Whose thread it is, how it stands, and all that can be done with it. */
export function ThreadHeader({
  thread,
  onBack,
  onClient,
}: {
  thread: Thread;
  onBack: () => void;
  /** Opens the client panel where it does not stand beside the thread. */
  onClient: (() => void) | undefined;
}) {
  const { t } = useTranslation('inbox');
  const may = useMay();
  const locale = useLocale();
  const writable = may('threads.write');
  return (
    <header className={classes.header}>
      <div className={classes.top}>
        <Hint label={t('thread.back')} keys="u">
          <ActionIcon className={classes.back ?? ''} onClick={onBack} aria-label={t('thread.back')}>
            <IconArrowLeft size={18} className="p-mirror" />
          </ActionIcon>
        </Hint>
        <div className={classes.who}>
          <h1 className={classes.name}>
            <bdi>{thread.clientName}</bdi>
            {thread.clientLevel !== 'usual' && (
              <span className={classes.level}>{t(`level.${thread.clientLevel}`)}</span>
            )}
          </h1>
          <p className={classes.subject}>
            <ChannelGlyph kind={thread.channelKind} size={14} />
            <bdi>{thread.subject === '' ? t('thread.noSubject') : thread.subject}</bdi>
          </p>
        </div>
        <div className={classes.actions}>
          {writable && <AssignMenu thread={thread} />}
          {writable && <SnoozeMenu thread={thread} />}
          {writable && <TagPopover thread={thread} />}
          {writable && <CloseButton thread={thread} />}
          {onClient !== undefined && (
            <Hint label={t('client.show')} keys="c">
              <ActionIcon onClick={onClient} aria-label={t('client.show')}>
                <IconUserCircle size={18} />
              </ActionIcon>
            </Hint>
          )}
          <MoreMenu thread={thread} />
        </div>
      </div>
      <div className={classes.state}>
        {thread.status !== 'open' && (
          <span className={classes.chip} data-tone={thread.status === 'closed' ? 'green' : undefined}>
            {thread.status === 'closed' ? <IconCheck size={13} aria-hidden /> : <IconBellZ size={13} aria-hidden />}
            {thread.status === 'snoozed' && thread.snoozedUntil !== null
              ? t('thread.snoozedUntil', { at: shortDateTime(thread.snoozedUntil, locale) })
              : t(`status.${thread.status}`)}
          </span>
        )}
        <DueClock waitingSince={thread.waitingSince} dueAt={thread.dueAt} always />
        <BotChip thread={thread} />
        {thread.tags.map((name) => (
          <span key={name} className={classes.chip}>
            <IconTag size={12} aria-hidden />
            <bdi>{name}</bdi>
          </span>
        ))}
        <Lookers threadId={thread.id} />
      </div>
    </header>
  );
}

function CloseButton({ thread }: { thread: Thread }) {
  const { t } = useTranslation('inbox');
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const closed = thread.status === 'closed';
  const act = async () => {
    setBusy(true);
    const next = nextAfter(thread.id);
    const done = await (closed ? reopen(thread) : close(thread));
    setBusy(false);
    // On to the next one: that is what the eye wants after "done".
    if (!done || closed) return;
    if (next === null) void navigate({ to: '/', search: (old) => old as ListSearch });
    else void navigate({ to: '/t/$threadId', params: { threadId: next }, search: (old) => old as ListSearch });
  };
  const label = t(closed ? 'thread.reopen' : 'thread.close');
  useKeys([
    // It closes and nothing else: who presses it as a colleague closes must not open it again.
    { keys: 'e', run: () => void (closed || busy || act()), ...(closed ? {} : { label }) },
    { keys: 'p o', run: () => void (closed && !busy && act()), ...(closed ? { label } : {}) },
  ]);
  return (
    <Hint label={label} keys={closed ? 'p o' : 'e'}>
      <Button
        size="compact-md"
        variant="light"
        loading={busy}
        leftSection={
          closed ? <IconArrowBackUp size={16} className="p-mirror" aria-hidden /> : <IconCheck size={16} aria-hidden />
        }
        onClick={() => void act()}
      >
        {label}
      </Button>
    </Hint>
  );
}

function BotChip({ thread }: { thread: Thread }) {
  const { t } = useTranslation('inbox');
  const may = useMay();
  if (thread.botState === 'off' || thread.status === 'closed') return null;
  const reason = thread.botReason === null ? '' : sayBotReason(t, thread.botReason);
  return (
    <span className={classes.chip} data-tone={thread.botState === 'waiting' ? 'amber' : undefined} title={reason}>
      <IconRobot size={13} aria-hidden />
      {t(`bot.${thread.botState}`)}
      {may('threads.write') && (
        <button
          type="button"
          className={classes.link}
          onClick={() => void (thread.botState === 'bot' ? takeFromBot(thread) : handToBot(thread))}
        >
          {t(thread.botState === 'bot' ? 'bot.take' : 'bot.handBack')}
        </button>
      )}
    </span>
  );
}

function Lookers({ threadId }: { threadId: string }) {
  const { t } = useTranslation('inbox');
  const nameOf = useColleagueName();
  const lookers = useLookers(threadId);
  if (lookers.length === 0) return null;
  return (
    <span className={classes.chip} data-tone="accent">
      <IconEye size={13} aria-hidden />
      {t('thread.lookers', { names: lookers.map(nameOf).join(', '), count: lookers.length })}
    </span>
  );
}

function MoreMenu({ thread }: { thread: Thread }) {
  const { t } = useTranslation('inbox');
  const may = useMay();
  const writable = may('threads.write');
  const [merging, setMerging] = useState(false);
  useKeys([{ keys: 'p m', run: () => setMerging(writable), ...(writable ? { label: t('merge.title') } : {}) }]);
  return (
    <>
      <Menu withinPortal={false} position="bottom-end" width={260}>
        <Menu.Target>
          <ActionIcon aria-label={t('common:more')} title={t('common:more')}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconLink size={16} aria-hidden />}
            onClick={() => void navigator.clipboard.writeText(`${window.location.origin}/t/${thread.id}`)}
          >
            {t('thread.copyLink')}
          </Menu.Item>
          {writable && (
            <Menu.Item leftSection={<IconArrowMerge size={16} aria-hidden />} onClick={() => setMerging(true)}>
              {t('merge.title')}
            </Menu.Item>
          )}
          {writable &&
            thread.moves.map((move) => (
              <Menu.Item
                key={move.id}
                leftSection={<IconArrowBackUp size={16} className="p-mirror" aria-hidden />}
                onClick={() => void undoMove(thread.id, move).catch(showError)}
              >
                {t(move.kind === 'merge' ? 'thread.undoMerge' : 'thread.undoSplit')}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      {merging && (
        <Suspense fallback={null}>
          <MergeDialog thread={thread} onClose={() => setMerging(false)} />
        </Suspense>
      )}
    </>
  );
}
