import { Menu, UnstyledButton } from '@mantine/core';
import {
  IconArrowsSplit2,
  IconCopy,
  IconDots,
  IconFileText,
  IconFlag,
  IconLanguage,
  IconLock,
  IconMailForward,
  IconPhone,
  IconQuote,
  IconRobot,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message, Thread } from '../../../server/threads/schema.ts';
import { ChannelGlyph } from '../../shared/ui/ChannelGlyph.tsx';
import { clockTime, exactTime, useLocale } from '../../shared/ui/format.ts';
import { Translation } from '../assist/Translation.tsx';
import { quoteMessage } from '../composer/draft.ts';
import { mayBeWrong, WrongDialog, WrongMark } from '../learning/WrongAnswer.tsx';
import { useChannels } from '../me/channels.ts';
import { useMay } from '../me/queries.ts';
import { Hint } from '../shell/Hint.tsx';
import { Sources } from '../suggestions/Sources.tsx';
import { Attachments } from './Attachments.tsx';
import { giveToForwarded, split } from './actions.ts';
import { Body } from './Body.tsx';
import { ClassificationLine } from './ClassificationLine.tsx';
import { DeliveryMark } from './DeliveryMark.tsx';
import classes from './Message.module.css';
import { QuoteOf } from './QuoteOf.tsx';
import { SystemLine } from './SystemLine.tsx';

/** One message: a letter as paragraphs, chat as a compact balloon, a note on its own ground. */
export function MessageView({
  thread,
  message,
  continued,
  followed,
  newest,
  album = [],
}: {
  thread: Thread;
  message: Message;
  /** It stands under the one before, of the same author. */
  continued: boolean;
  /** Another of the same author stands under it. */
  followed: boolean;
  newest: boolean;
  /** The other messages of its album: their pictures stand with its own. */
  album?: Message[];
}) {
  const { t } = useTranslation('inbox');
  const automatic = message.classification !== 'person';
  const [open, setOpen] = useState(!automatic);
  const [translated, setTranslated] = useState(false);
  if (message.author.kind === 'system') return <SystemLine message={message} />;
  const files = [message, ...album].flatMap((each) => each.attachments.filter((file) => !file.inline));
  const shape = message.direction === 'note' ? 'note' : message.channelKind === 'email' ? 'mail' : 'chat';
  return (
    <article
      className={classes.message}
      data-shape={shape}
      data-direction={message.direction}
      data-continued={continued || undefined}
      data-message={message.id}
      aria-label={t(`message.${message.direction}`, { name: message.author.name })}
    >
      {!continued && <Head message={message} shape={shape} />}
      <div className={classes.ground}>
        {message.channelKind === 'phone' && (
          <span className={classes.noteMark} style={{ color: 'inherit' }}>
            <IconPhone size={13} aria-hidden />
            {t(`message.call.${message.direction}`)}
          </span>
        )}
        {message.direction === 'note' && (
          <span className={classes.noteMark}>
            <IconLock size={13} aria-hidden />
            {t('message.noteMark')}
          </span>
        )}
        {automatic && <ClassificationLine message={message} open={open} onToggle={() => setOpen(!open)} />}
        <ForwardedBy thread={thread} message={message} />
        {message.quote !== null && <QuoteOf quote={message.quote} />}
        {open && <Body message={message} newest={newest} />}
        {translated && <Translation message={message} />}
        {files.length > 0 && <Attachments files={files} />}
        {message.citations !== null && message.citations.length > 0 && <Sources citations={message.citations} />}
        <WrongMark message={message} />
      </div>
      <Foot message={message} shape={shape} followed={followed} />
      <Actions
        thread={thread}
        message={message}
        translated={translated}
        onTranslate={() => setTranslated(!translated)}
      />
    </article>
  );
}

function Head({ message, shape }: { message: Message; shape: string }) {
  const { t } = useTranslation('inbox');
  const locale = useLocale();
  const [details, setDetails] = useState(false);
  const { author, participants } = message;
  const others = participants === null ? 0 : participants.to.length + participants.cc.length - 1;
  return (
    <header className={classes.head}>
      {author.kind === 'bot' && <IconRobot size={15} aria-hidden />}
      <bdi className={classes.author}>{author.name}</bdi>
      {author.kind === 'bot' && author.name !== t('message.bot') && (
        <span className={classes.address}>{t('message.bot')}</span>
      )}
      {shape === 'mail' && author.address !== null && author.address !== author.name && (
        <bdi className={classes.address}>{author.address}</bdi>
      )}
      {shape === 'mail' && participants !== null && (
        <UnstyledButton className={classes.more} aria-expanded={details} onClick={() => setDetails(!details)}>
          {others > 0 ? t('message.others', { count: others }) : t('message.details')}
        </UnstyledButton>
      )}
      <span className={classes.when}>
        {message.channelKind !== null && message.direction !== 'note' && (
          <ChannelGlyph kind={message.channelKind} size={14} />
        )}
        {message.alsoTo.length > 0 && <AlsoTo channelIds={message.alsoTo} />}
        {message.editedAt !== null && <span title={exactTime(message.editedAt, locale)}>{t('message.edited')}</span>}
        <time dateTime={message.receivedAt} title={exactTime(message.receivedAt, locale)}>
          {clockTime(message.receivedAt, locale)}
        </time>
      </span>
      {details && <Details message={message} />}
    </header>
  );
}

/** The other mailboxes that got the same letter. */
function AlsoTo({ channelIds }: { channelIds: string[] }) {
  const { t } = useTranslation('inbox');
  const channels = useChannels(true);
  const names = channelIds.flatMap((id) => channels.find((channel) => channel.id === id)?.name ?? []);
  if (names.length === 0) return null;
  return <span className={classes.also}>{t('message.alsoTo', { names: names.join(', ') })}</span>;
}

function Details({ message }: { message: Message }) {
  const { t } = useTranslation('inbox');
  const locale = useLocale();
  const rows: [string, string][] = [
    ['to', message.participants?.to.join(', ') ?? ''],
    ['cc', message.participants?.cc.join(', ') ?? ''],
    ['bcc', message.participants?.bcc?.join(', ') ?? ''],
    ['subject', message.subject ?? ''],
    ['sent', exactTime(message.sentAt, locale)],
    [
      'proof',
      Object.entries(message.authentication ?? {})
        .map(([name, result]) => `${name.toUpperCase()} ${result}`)
        .join(' · '),
    ],
  ];
  return (
    <dl className={classes.details}>
      {rows
        .filter(([, value]) => value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{t(`message.field.${name}`)}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** Offers who wrote a forwarded letter as the client: it is them that one wants to answer. */
function ForwardedBy({ thread, message }: { thread: Thread; message: Message }) {
  const { t } = useTranslation('inbox');
  const may = useMay();
  const detail = (message.detail ?? {}) as { forwarded?: { name: string; address: string }; forwardedFor?: string };
  const { forwarded } = detail;
  // What the message says may be older than the thread: whom one answers now is the thread's to know.
  const given =
    detail.forwardedFor === thread.clientId || thread.replyChannels.some(({ to }) => to === forwarded?.address);
  if (message.direction !== 'inbound' || forwarded === undefined || given) return null;
  const name = forwarded.name || forwarded.address;
  return (
    <p className={classes.forwarded}>
      <IconMailForward size={15} aria-hidden />
      <span>{t('message.forwarded', { name })}</span>
      {may('threads.write') && (
        <UnstyledButton className={classes.more} onClick={() => void giveToForwarded(thread, message.id, name)}>
          {t('message.forwardedUse')}
        </UnstyledButton>
      )}
    </p>
  );
}

function Foot({ message, shape, followed }: { message: Message; shape: string; followed: boolean }) {
  if (message.delivery === null) return null;
  // One tick under a group says it for all that went well.
  if (followed && ['sent', 'delivered', 'read'].includes(message.delivery.state)) return null;
  return (
    <footer className={classes.foot} data-shape={shape}>
      <DeliveryMark message={message} />
    </footer>
  );
}

function Actions({
  thread,
  message,
  translated,
  onTranslate,
}: {
  thread: Thread;
  message: Message;
  translated: boolean;
  onTranslate: () => void;
}) {
  const { t } = useTranslation('inbox');
  const may = useMay();
  const [wrong, setWrong] = useState(false);
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <Hint label={t('message.actions')}>
            <UnstyledButton className={classes.actions} aria-label={t('message.actions')}>
              <IconDots size={16} aria-hidden />
            </UnstyledButton>
          </Hint>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconCopy size={16} aria-hidden />}
            onClick={() => void navigator.clipboard.writeText(message.text)}
          >
            {t('message.copy')}
          </Menu.Item>
          {message.hasRaw && (
            <Menu.Item
              leftSection={<IconFileText size={16} aria-hidden />}
              component="a"
              href={`/api/v1/messages/${message.id}/raw`}
              target="_blank"
              rel="noreferrer"
            >
              {t('message.original')}
            </Menu.Item>
          )}
          {message.channelKind === 'telegram' && may('threads.write') && (
            <Menu.Item
              leftSection={<IconQuote size={16} aria-hidden />}
              onClick={() => quoteMessage(thread.id, message)}
            >
              {t('message.quote')}
            </Menu.Item>
          )}
          {message.direction === 'inbound' && message.text.trim() !== '' && (
            <Menu.Item leftSection={<IconLanguage size={16} aria-hidden />} onClick={onTranslate}>
              {t(translated ? 'assist.hideTranslation' : 'assist.translate')}
            </Menu.Item>
          )}
          {mayBeWrong(message) && (
            <Menu.Item leftSection={<IconFlag size={16} aria-hidden />} onClick={() => setWrong(true)}>
              {t('message.wrong')}
            </Menu.Item>
          )}
          {thread.messageCount > 1 && (
            <Menu.Item
              leftSection={<IconArrowsSplit2 size={16} aria-hidden />}
              onClick={() => void split(thread, [message.id])}
            >
              {t('message.split')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {wrong && <WrongDialog message={message} opened onClose={() => setWrong(false)} />}
    </>
  );
}
