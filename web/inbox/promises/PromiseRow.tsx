import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  type Icon,
  IconBell,
  IconCheck,
  IconDots,
  IconFileInvoice,
  IconHelp,
  IconMapPin,
  IconPhone,
  IconShoppingBag,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ClientPromise, PromiseKind } from '../../../server/promises/schema.ts';
import { ago, duration, exactTime, useLocale, useNow } from '../../shared/ui/format.ts';
import { showError } from '../../shared/ui/problem.ts';
import { offerUndo } from '../../shared/ui/undo.tsx';
import { useColleagueName, useMe } from '../me/queries.ts';
import page from '../page/Page.module.css';
import { ThreadLink } from '../thread/ThreadLink.tsx';
import { HoldAnswer } from './HoldAnswer.tsx';
import classes from './Promises.module.css';
import { reopen, settle } from './queries.ts';

const glyphs: Record<PromiseKind, Icon> = {
  callBack: IconPhone,
  quote: IconFileInvoice,
  visit: IconMapPin,
  hold: IconShoppingBag,
  findOut: IconHelp,
  tellWhenBack: IconBell,
};

/** One promise: what, to whom, by when, and how it is settled. */
export function PromiseRow({ promise }: { promise: ClientPromise }) {
  const { t } = useTranslation('promises');
  const locale = useLocale();
  const now = useNow();
  const me = useMe();
  const nameOf = useColleagueName();
  const Glyph = glyphs[promise.kind];
  const put = (state: 'kept' | 'broken' | 'cancelled') => {
    settle(promise.id, state).then(
      () => offerUndo(t(`done.${state}`, { name: promise.clientName }), () => reopen(promise.id)),
      showError,
    );
  };
  const owner = promise.ownerId !== null && promise.ownerId !== me.id ? nameOf(promise.ownerId) : '';
  return (
    <li className={`${page.row} ${page.folds}`}>
      <Glyph size={18} stroke={1.7} aria-hidden className={classes.glyph} />
      <div className={page.rowMain}>
        <span className={page.rowName}>
          <span>
            {t(`kinds.${promise.kind}`)}
            {promise.storeName !== null && (
              <>
                {' '}
                · <bdi>{promise.storeName}</bdi>
              </>
            )}{' '}
            ·{' '}
            {promise.threadId === null ? (
              <Link to="/clients/$clientId" params={{ clientId: promise.clientId }} className={classes.link}>
                <bdi>{promise.clientName}</bdi>
              </Link>
            ) : (
              <ThreadLink threadId={promise.threadId} className={classes.link}>
                <bdi>{promise.clientName}</bdi>
              </ThreadLink>
            )}
          </span>
        </span>
        <span className={page.rowDim}>
          {promise.dueAt !== null && (
            <time
              dateTime={promise.dueAt}
              title={exactTime(promise.dueAt, locale)}
              className={promise.late ? classes.late : undefined}
            >
              {t(promise.late && promise.state === 'open' ? 'wasDue' : 'due', {
                time: ago(promise.dueAt, locale, now),
              })}
            </time>
          )}
          {owner !== '' && <> · {owner}</>}
          {promise.handedFromId !== null && <> · {t('for', { name: nameOf(promise.handedFromId) })}</>}
          {promise.text !== '' && (
            <>
              {' '}
              · <bdi>{promise.text}</bdi>
            </>
          )}
          {promise.confirmedAt !== null && promise.confirmMs !== null && (
            <> · {t('confirmedIn', { time: duration(promise.confirmMs, locale) })}</>
          )}
          {promise.outcome !== null && (
            <>
              {' '}
              · <bdi>{promise.outcome === 'expired' ? t('expired') : promise.outcome}</bdi>
            </>
          )}
        </span>
      </div>
      {promise.state === 'open' && promise.confirmBy !== null && promise.confirmedAt === null ? (
        <div className={page.rowEnd}>
          <HoldAnswer promise={promise} />
        </div>
      ) : promise.state === 'open' ? (
        <div className={page.rowEnd}>
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconCheck size={14} aria-hidden />}
            onClick={() => put('kept')}
          >
            {t('keep')}
          </Button>
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" aria-label={t('other')}>
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => put('broken')}>{t('break')}</Menu.Item>
              <Menu.Item onClick={() => put('cancelled')}>{t('cancel')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
      ) : (
        <span className={page.rowEnd}>
          {t(promise.state === 'kept' && promise.late ? 'states.keptLate' : `states.${promise.state}`)}
        </span>
      )}
    </li>
  );
}
