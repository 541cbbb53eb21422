import { Button, Skeleton } from '@mantine/core';
import { IconArrowUp, IconCoffee, IconInbox, IconPlugConnected, IconSearchOff } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CachedList } from '../../shared/cached.ts';
import { Empty } from '../../shared/ui/Empty.tsx';
import { Broken } from '../../shared/ui/ErrorBoundary.tsx';
import { useChannelsQuery } from '../me/channels.ts';
import { useMay } from '../me/queries.ts';
import { useKeys } from '../shell/keys.ts';
import { filters } from './FilterMenu.tsx';
import { ListHeader } from './ListHeader.tsx';
import { listQueryOf, loadMore, useThreadList } from './queries.ts';
import { ROW_PX, Row } from './Row.tsx';
import type { ListSearch } from './search.ts';
import { clearSelection, toggle, useSelected } from './selection.ts';
import classes from './ThreadList.module.css';
import { useKeptScroll } from './useKeptScroll.ts';

const route = getRouteApi('/shell/inbox');

/** The list of threads: tabs, filters, rows; moves by j and k, opens by o or Enter. */
export function ThreadList({ openId }: { openId: string | null }) {
  const { t } = useTranslation('inbox');
  const search = route.useSearch();
  const navigate = useNavigate();
  const may = useMay();
  const query = listQueryOf(search);
  const list = useThreadList(query);
  const rows = list.data?.items ?? [];
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 10,
  });
  const above = useKeptScroll(scroller, rows, JSON.stringify(query));
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const hasMore = list.data !== undefined && list.data.nextCursor !== null;
  useEffect(() => {
    if (hasMore && last >= rows.length - 15) void loadMore(query);
  });

  // A row further down is drawn a frame later; keys pressed meanwhile mean that row already.
  const aimed = useRef<string | null>(null);
  const focusRow = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    virtual.scrollToIndex(index, { align: 'auto' });
    aimed.current = row.id;
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-row="${row.id}"]`)?.focus();
      if (aimed.current === row.id) aimed.current = null;
    });
  };
  const current = () => {
    const focused = aimed.current ?? document.activeElement?.getAttribute('data-row') ?? openId;
    return rows.findIndex((row) => row.id === focused);
  };
  const open = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    virtual.scrollToIndex(index, { align: 'auto' });
    void navigate({ to: '/t/$threadId', params: { threadId: row.id }, search: (old) => old as ListSearch });
  };
  const ids = rows.map((row) => row.id);
  const mark = (id: string, range: boolean) => may('threads.write') && toggle(id, ids, range);
  const marked = useSelected();
  const selected = rows.filter((row) => marked.has(row.id));
  const listKey = JSON.stringify(query);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins with nothing marked
  useEffect(() => clearSelection, [listKey]);
  const step = (by: number) => Math.max(0, Math.min(rows.length - 1, current() + by));
  const go = (tab: ListSearch['tab']) => () => void navigate({ to: '/', search: tab === undefined ? {} : { tab } });
  useKeys([
    { keys: 'j', run: () => focusRow(step(1)) },
    { keys: 'k', run: () => focusRow(step(-1)) },
    { keys: 'o', run: () => open(Math.max(0, current())) },
    { keys: 'x', run: () => mark(rows[current()]?.id ?? '', false) },
    { keys: ']', run: () => open(step(1)) },
    { keys: '[', run: () => open(step(-1)) },
    { keys: 'g i', run: go(undefined), label: t('common:help.keys.mine') },
    { keys: 'g u', run: go('unassigned'), label: t('common:help.keys.unassigned') },
    { keys: 'g a', run: go('all'), label: t('common:help.keys.all') },
  ]);

  return (
    <section className={classes.list} aria-label={t('list.label')}>
      <ListHeader search={search} selected={selected} />
      {above > 0 && (
        <div className={classes.above}>
          <Button
            size="compact-sm"
            radius="xl"
            leftSection={<IconArrowUp size={14} aria-hidden />}
            onClick={() => scroller.current?.scrollTo({ top: 0 })}
          >
            {t('list.above', { count: above })}
          </Button>
        </div>
      )}
      <div ref={scroller} className={classes.rows}>
        {list.isPending && <RowSkeletons />}
        {list.isError && list.data === undefined && <Broken error={list.error} onRetry={() => void list.refetch()} />}
        {list.data !== undefined && rows.length === 0 && <NoRows list={list.data} search={search} />}
        <ul
          style={{ height: virtual.getTotalSize() }}
          className={classes.sizer}
          data-marking={selected.length > 0 || undefined}
          data-busy={list.isPlaceholderData || undefined}
        >
          {shown.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <li
                key={item.key}
                className={classes.item}
                data-marked={marked.has(row.id) || undefined}
                onContextMenu={(event) => {
                  // A long press of a finger; the mouse has the checkbox.
                  if (!window.matchMedia('(hover: none)').matches) return;
                  event.preventDefault();
                  mark(row.id, false);
                }}
                style={{ transform: `translateY(${item.start}px)` }}
                aria-setsize={hasMore ? -1 : rows.length}
                aria-posinset={item.index + 1}
              >
                <Row row={row} open={row.id === openId} search={search} />
                {may('threads.write') && (
                  <input
                    type="checkbox"
                    className={classes.mark}
                    checked={marked.has(row.id)}
                    aria-label={t('list.select', { name: row.clientName })}
                    tabIndex={-1}
                    onChange={() => undefined}
                    onClick={(event) => mark(row.id, event.shiftKey)}
                  />
                )}
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}

function RowSkeletons() {
  return (
    <div className="p-late" aria-hidden>
      {Array.from({ length: 9 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <div key={index} className={classes.skeleton}>
          <Skeleton height={10} width={`${70 - ((index * 13) % 30)}%`} />
          <Skeleton height={8} width={`${90 - ((index * 17) % 40)}%`} />
        </div>
      ))}
    </div>
  );
}

function NoRows({ list, search }: { list: CachedList; search: ListSearch }) {
  const { t } = useTranslation('inbox');
  const navigate = useNavigate();
  const channels = useChannelsQuery();
  if (search.q !== undefined)
    return (
      <Empty
        icon={<IconSearchOff size={26} />}
        title={t('empty.search', { query: search.q })}
        text={t('empty.searchText')}
      />
    );
  const filtered = filters.some((name) => search[name] !== undefined);
  if (filtered)
    return (
      <Empty icon={<IconSearchOff size={26} />} title={t('empty.filtered')}>
        <Button
          variant="light"
          onClick={() => void navigate({ to: '/', search: search.tab === undefined ? {} : { tab: search.tab } })}
        >
          {t('empty.clear')}
        </Button>
      </Empty>
    );
  if (channels.isLoading) return null;
  if (channels.data?.length === 0) return <NoChannel />;
  if (list.query.assignee === 'me')
    return (
      <Empty icon={<IconCoffee size={26} />} title={t('empty.mine')} text={t('empty.mineText')}>
        <Button variant="light" onClick={() => void navigate({ to: '/', search: { tab: 'unassigned' } })}>
          {t('empty.toUnassigned')}
        </Button>
      </Empty>
    );
  const name = list.query.assignee === 'none' ? 'unassigned' : 'all';
  return <Empty icon={<IconInbox size={26} />} title={t(`empty.${name}`)} text={t(`empty.${name}Text`)} />;
}

/** The first thing that a new store sees here. */
function NoChannel() {
  const { t } = useTranslation('inbox');
  const connects = useMay()('channels.manage');
  return (
    <Empty
      icon={<IconPlugConnected size={26} />}
      title={t('empty.noChannel')}
      text={t(connects ? 'empty.noChannelText' : 'empty.noChannelWait')}
    >
      {connects && (
        <Button component={Link} to="/settings/channels/new">
          {t('empty.connect')}
        </Button>
      )}
    </Empty>
  );
}
