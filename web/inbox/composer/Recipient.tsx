import { Menu, TagsInput, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconLock } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Thread } from '../../../server/threads/schema.ts';
import { ChannelGlyph } from '../../shared/ui/ChannelGlyph.tsx';
import { useChannels } from '../me/channels.ts';
import { useMessages } from '../thread/queries.ts';
import classes from './Composer.module.css';
import { type Writing, write } from './draft.ts';
import { othersOn } from './replyAll.ts';
import { channelOf } from './useSend.ts';

/** Whom else a letter goes to, open and blind. */
const copies = ['cc', 'bcc'] as const;

/** Reply or note; and for a reply always: to whom, by which channel. */
export function Recipient({ thread, writing }: { thread: Thread; writing: Writing }) {
  const { t } = useTranslation('inbox');
  const [asked, setAsked] = useState<{ cc: boolean; bcc: boolean }>({ cc: false, bcc: false });
  const fields = useRef<Partial<Record<(typeof copies)[number], HTMLInputElement | null>>>({});
  const [opened, setOpened] = useState<{ name: (typeof copies)[number] } | null>(null);
  // The button that opened the field is gone: the next key belongs to the field.
  useEffect(() => {
    if (opened !== null) fields.current[opened.name]?.focus();
  }, [opened]);
  const ask = (name: (typeof copies)[number]) => {
    setAsked({ ...asked, [name]: true });
    setOpened({ name });
  };
  const channel = channelOf(thread, writing.channelId);
  const mail = channel?.channelKind === 'email';
  const others = useOthers(thread.id, mail).filter((address) => !writing.cc.includes(address));
  return (
    <div className={classes.recipient}>
      <fieldset className={classes.kinds} style={{ border: 0, margin: 0, padding: 0 }}>
        <legend className="mantine-visually-hidden" style={{ position: 'absolute', clipPath: 'inset(50%)' }}>
          {t('composer.kind')}
        </legend>
        {(['reply', 'note'] as const).map((kind) => (
          <UnstyledButton
            key={kind}
            className={classes.kind}
            aria-pressed={writing.kind === kind}
            onClick={() => write(thread.id, { kind, broughtIn: writing.broughtIn + 1 })}
          >
            {t(`composer.kinds.${kind}`)}
          </UnstyledButton>
        ))}
      </fieldset>
      {writing.kind === 'note' ? (
        <span className={classes.to}>
          <IconLock size={14} aria-hidden />
          {t('composer.noteOnly')}
        </span>
      ) : (
        <>
          <ChannelMenu thread={thread} channelId={channel?.channelId ?? null} />
          {mail && others.length > 0 && (
            <UnstyledButton
              className={classes.to}
              title={others.join(', ')}
              onClick={() => {
                ask('cc');
                write(thread.id, { cc: [...writing.cc, ...others] });
              }}
            >
              {t('composer.replyAll', { count: others.length })}
            </UnstyledButton>
          )}
          {mail &&
            copies.map((name) =>
              asked[name] || writing[name].length > 0 ? (
                <TagsInput
                  key={name}
                  ref={(field) => {
                    fields.current[name] = field;
                  }}
                  className={classes.cc ?? ''}
                  size="xs"
                  value={writing[name]}
                  onChange={(addresses) => write(thread.id, { [name]: addresses })}
                  placeholder={t(`composer.${name}`)}
                  aria-label={t(`composer.${name}`)}
                  splitChars={[',', ' ', ';']}
                />
              ) : (
                <UnstyledButton key={name} className={`${classes.to} ${classes.add}`} onClick={() => ask(name)}>
                  {t(`composer.add.${name}`)}
                </UnstyledButton>
              ),
            )}
        </>
      )}
    </div>
  );
}

/** Who else the client wrote to; they are answered only when the writer says so. */
function useOthers(threadId: string, wanted: boolean): string[] {
  const messages = useMessages(threadId).data?.items ?? [];
  const channels = useChannels(wanted);
  if (!wanted) return [];
  const own = channels.flatMap(({ config }) => [config.address, config.aliases].flat());
  return othersOn(
    messages,
    own.filter((address) => typeof address === 'string'),
  );
}

function ChannelMenu({ thread, channelId }: { thread: Thread; channelId: string | null }) {
  const { t } = useTranslation('inbox');
  const chosen = thread.replyChannels.find((each) => each.channelId === channelId);
  if (chosen === undefined) return <span className={classes.to}>{t('composer.noChannel')}</span>;
  const to = (option: typeof chosen) => (option.channelKind === 'email' ? option.to : thread.clientName);
  const words = (
    <>
      <ChannelGlyph kind={chosen.channelKind} size={15} />
      {t('composer.to')}
      <bdi>{to(chosen)}</bdi>
      <span className="p-ellipsis">{t('composer.via', { channel: chosen.name })}</span>
    </>
  );
  if (thread.replyChannels.length < 2) return <span className={`${classes.to} ${classes.whom}`}>{words}</span>;
  return (
    <Menu position="top-start" width={320}>
      <Menu.Target>
        <UnstyledButton
          className={`${classes.to} ${classes.whom}`}
          aria-label={t('composer.chooseChannel', { to: to(chosen), channel: chosen.name })}
        >
          {words}
          <IconChevronDown size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {thread.replyChannels.map((each) => (
          <Menu.Item
            key={`${each.channelId} ${each.to}`}
            leftSection={<ChannelGlyph kind={each.channelKind} size={16} />}
            aria-current={each.channelId === channelId}
            onClick={() => write(thread.id, { channelId: each.channelId })}
          >
            <bdi>{to(each)}</bdi>{' '}
            <span style={{ color: 'var(--p-dim)' }}>{t('composer.via', { channel: each.name })}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
