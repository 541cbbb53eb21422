import { Button, Group } from '@mantine/core';
import { IconAlertCircleFilled, IconClock, IconPaperclip } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { sayError } from '../../shared/ui/sayError.ts';
import { bringBack } from '../composer/draft.ts';
import { useMe } from '../me/queries.ts';
import { Linked } from './Linked.tsx';
import classes from './Message.module.css';
import { addMessage } from './queries.ts';
import { drop, isOffline, type Sending, send } from './sending.ts';

/** A message of one's own before the server has it; when that fails, why, and the ways on. */
export function SendingView({ sending }: { sending: Sending }) {
  const { t } = useTranslation('inbox');
  const me = useMe();
  const { body, state } = sending;
  const offline = isOffline(sending);
  const again = (force: boolean) =>
    void send(sending.threadId, force ? { ...body, force: true } : body, sending, addMessage);
  const edit = () => {
    drop(body.clientKey);
    bringBack(sending.threadId, {
      kind: body.kind,
      text: body.text,
      channelId: body.channelId ?? null,
      attachmentIds: body.attachmentIds,
      cc: body.cc ?? [],
      bcc: body.bcc ?? [],
      quoteId: body.quoteId ?? null,
    });
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
          <span className={classes.mark} data-bad={!offline || undefined} role="alert">
            {offline ? <IconClock size={15} aria-hidden /> : <IconAlertCircleFilled size={15} aria-hidden />}
            {state === 'refused' ? t('delivery.refused') : offline ? t('delivery.offline') : sayError(sending.error)}
            <Button
              size="compact-xs"
              variant="light"
              color={state === 'refused' ? 'accent' : offline ? 'gray' : 'red'}
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
