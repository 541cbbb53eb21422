import { Button, Group } from '@mantine/core';
import { IconAlertCircleFilled, IconClock, IconPaperclip } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../shared/api.ts';
import { sayError } from '../../shared/ui/sayError.ts';
import { bringBack } from '../composer/draft.ts';
import { useMe } from '../me/queries.ts';
import { Linked } from './Linked.tsx';
import classes from './Message.module.css';
import { answeredBy, drop, type Sending, send } from './sending.ts';

/** A message of one's own before the server has it; when that fails, why, and the ways on. */
export function SendingView({ sending }: { sending: Sending }) {
  const { t } = useTranslation('inbox');
  const me = useMe();
  const { body, state } = sending;
  const waiting = state === 'waiting';
  const again = (force: boolean) => send({ ...sending, body: force ? { ...body, force: true } : body });
  const edit = () => {
    drop(body.clientKey);
    if (body.written !== undefined) bringBack(sending.threadId, body.written);
  };
  return (
    <article
      className={classes.message}
      data-shape={sending.shape}
      data-direction={body.kind === 'note' ? 'note' : 'outbound'}
      aria-busy={state === 'sending'}
    >
      <header className={classes.head}>
        <bdi className={classes.author}>{me.name}</bdi>
      </header>
      <div className={`${classes.ground} ${state === 'sending' ? classes.sending : ''}`}>
        <Linked text={body.text} />
        {sending.files.map((name) => (
          <Group key={name} gap={4} fz="xs" c="dimmed">
            <IconPaperclip size={13} aria-hidden />
            <bdi>{name}</bdi>
          </Group>
        ))}
      </div>
      <footer className={classes.foot}>
        {state === 'sending' ? (
          <span className={classes.mark}>
            <IconClock size={15} role="img" aria-label={t('delivery.sending')} />
          </span>
        ) : (
          <span className={classes.mark} data-bad={!waiting || undefined} role="alert">
            {waiting ? <IconClock size={15} aria-hidden /> : <IconAlertCircleFilled size={15} aria-hidden />}
            {sayWhy(t, sending)}
            <Button
              size="compact-xs"
              variant="light"
              color={state === 'refused' ? 'accent' : waiting ? 'gray' : 'red'}
              onClick={() => again(state === 'refused')}
            >
              {t(state === 'refused' ? 'delivery.sendAnyway' : 'common:retry')}
            </Button>
            <Button size="compact-xs" variant="subtle" color="gray" onClick={edit}>
              {t('delivery.edit')}
            </Button>
          </span>
        )}
      </footer>
    </article>
  );
}

/** Why it is not there yet, and what becomes of it. */
function sayWhy(t: TFunction<'inbox'>, { state, error }: Sending): string {
  if (state === 'waiting') return t('delivery.offline');
  const name = answeredBy(error);
  if (state === 'refused') return name === null ? t('delivery.refused') : t('delivery.answered', { name });
  return error instanceof ApiError && error.code === 'outbox.old' ? t('delivery.old') : sayError(error);
}
