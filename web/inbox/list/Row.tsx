import { IconBellZ, IconCheck, IconEye, IconRobot } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ThreadRow } from '../../../server/threads/schema.ts';
import { ChannelGlyph } from '../../shared/ui/ChannelGlyph.tsx';
import { DueClock } from '../../shared/ui/DueClock.tsx';
import { Person } from '../../shared/ui/Person.tsx';
import { ListTime } from '../../shared/ui/Time.tsx';
import { useLookers } from '../feed/presence.ts';
import { useColleagueName, useMe } from '../me/queries.ts';
import { prefetchThread } from '../thread/queries.ts';
import classes from './Row.module.css';
import type { ListSearch } from './search.ts';

/** The height of a row, px; the list is virtualised by it. */
export const ROW_PX = 64;

/** Unread: the client wrote after this user last looked. */
export function isUnread(row: ThreadRow): boolean {
  return row.lastInboundAt !== null && !row.historical && (row.readAt === null || row.lastInboundAt > row.readAt);
}

/** One thread in two lines: who and when; by what, about what, and what it needs. */
export const Row = memo(function Row({ row, open, search }: { row: ThreadRow; open: boolean; search: ListSearch }) {
  const { t } = useTranslation('inbox');
  const nameOf = useColleagueName();
  const me = useMe();
  const lookers = useLookers(row.id);
  const unread = isUnread(row);
  const assignee = row.assigneeId === null ? '' : nameOf(row.assigneeId);
  return (
    <Link
      to="/t/$threadId"
      params={{ threadId: row.id }}
      search={search}
      data-row={row.id}
      data-unread={unread || undefined}
      data-open={open || undefined}
      aria-current={open ? 'true' : undefined}
      className={classes.row}
      onPointerEnter={() => prefetchThread(row.id)}
      onFocus={() => prefetchThread(row.id)}
    >
      <span className={classes.line}>
        {unread && <span className={classes.dot} role="img" aria-label={t('row.unread')} />}
        <bdi className={classes.name}>{row.clientName}</bdi>
        {row.clientLevel !== 'usual' && <span className={classes.level}>{t(`level.${row.clientLevel}`)}</span>}
        {row.companyName !== null && <bdi className={classes.company}>{row.companyName}</bdi>}
        <ListTime at={row.lastMessageAt} className={classes.time} />
      </span>
      <span className={classes.line}>
        <span className={classes.glyph} data-glyph>
          <ChannelGlyph kind={row.channelKind} size={15} />
        </span>
        <Words row={row} />
        {row.status === 'snoozed' && <IconBellZ size={15} role="img" aria-label={t('status.snoozed')} />}
        {row.status === 'closed' && (
          <IconCheck size={15} color="var(--p-green)" role="img" aria-label={t('status.closed')} />
        )}
        {row.botState === 'bot' && <IconRobot size={15} role="img" aria-label={t('bot.bot')} />}
        <DueClock waitingSince={row.waitingSince} dueAt={row.dueAt} always={search.sort === 'waiting'} short />
        {lookers.length > 0 && (
          <span className={classes.lookers} title={t('row.looking', { names: lookers.map(nameOf).join(', ') })}>
            <IconEye size={14} role="img" aria-label={t('row.looking', { names: lookers.map(nameOf).join(', ') })} />
          </span>
        )}
        {assignee !== '' && row.assigneeId !== me.id && (
          <Person name={assignee} size={18} label={t('row.assignee', { name: assignee })} />
        )}
      </span>
    </Link>
  );
});

/**
 * What it is about and what was said last. Client's words run in their own direction and ours stand beside them: a line that
 * mixes the two loses the beginning of one when it is cut.
 */
function Words({ row }: { row: ThreadRow }) {
  const { t } = useTranslation('inbox');
  const call = row.preview.startsWith('☎');
  const whose = row.lastDirection === 'outbound' ? t('row.us') : row.lastDirection === 'note' ? t('row.note') : '';
  const said = call ? row.preview.slice(1).trim() : row.preview;
  return (
    <span className={classes.words}>
      {row.subject !== '' && (
        <span className={`${classes.subject} p-line`} dir="auto">
          {row.subject}
        </span>
      )}
      {row.preview !== '' && (
        <span className={classes.preview}>
          {row.subject !== '' && <span>–</span>}
          {whose !== '' && <span>{whose}</span>}
          {call && <span>{t(`message.call.${row.lastDirection}`)}</span>}
          <span className={`${classes.said} p-line`} dir="auto">
            {said}
          </span>
        </span>
      )}
    </span>
  );
}
