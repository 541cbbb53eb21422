import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewMessage, Thread } from '../../../server/threads/schema.ts';
import type { CachedMessages } from '../../shared/cached.ts';
import { isFormatted, toHtml, toPlain } from '../../shared/formatting.ts';
import { sayTyping } from '../feed/connection.ts';
import { useMe } from '../me/queries.ts';
import { queryClient } from '../queryClient.ts';
import { messagesKey } from '../thread/queries.ts';
import { send } from '../thread/sending.ts';
import { useAnsweredMeanwhile } from './answeredMeanwhile.ts';
import { clearWriting, draftOf, type Writing } from './draft.ts';

/** The way a reply goes: the chosen channel, else the client's last one. */
export function channelOf(thread: Thread, chosen: string | null): Thread['replyChannels'][number] | undefined {
  return thread.replyChannels.find((each) => each.channelId === chosen) ?? thread.replyChannels[0];
}

/** Sends what is written: at once out of the field and into the flow, whatever the network does. */
export function useSend(thread: Thread, writing: Writing) {
  const { t } = useTranslation('inbox');
  const me = useMe();
  const [problem, setProblem] = useState<string | null>(null);
  const channel = channelOf(thread, writing.channelId);
  const writes = writing.text.trim() !== '' && writing.kind === 'reply';
  const answered = useAnsweredMeanwhile(thread.id, writes);

  const submit = (sendAt?: Date) => {
    const note = writing.kind === 'note';
    const attachmentIds = writing.files.flatMap((file) => (file.id === null ? [] : [file.id]));
    if (writing.text.trim() === '' && attachmentIds.length === 0) return;
    if (!note && channel === undefined) return setProblem(t('composer.noChannel'));
    if (writing.files.some((file) => file.id === null && file.error === null))
      return setProblem(t('composer.uploading'));
    if (!note && answered.stop()) return setProblem(t('composer.answeredStop', { name: answered.name }));
    setProblem(null);
    const mail = !note && channel?.channelKind === 'email';
    const signature = mail && me.preferences.signature.trim() !== '' ? `\n\n${me.preferences.signature}` : '';
    const text = writing.text.trim() + signature;
    const body: NewMessage = {
      clientKey: crypto.randomUUID(),
      kind: writing.kind,
      text: note ? text : toPlain(text),
      ...(!note && isFormatted(text) ? { html: toHtml(text) } : {}),
      ...(note || channel === undefined ? {} : { channelId: channel.channelId }),
      ...(mail && writing.cc.length > 0 ? { cc: writing.cc } : {}),
      ...(mail && writing.bcc.length > 0 ? { bcc: writing.bcc } : {}),
      ...(channel?.channelKind === 'telegram' && !note && writing.quoteId !== null ? { quoteId: writing.quoteId } : {}),
      attachmentIds,
      ...(sendAt === undefined || note ? {} : { sendAt: sendAt.toISOString() }),
      ...seen(thread.id),
      ...(writing.suggestionId === null || note ? {} : { suggestionId: writing.suggestionId }),
      written: draftOf(writing),
    };
    const files = writing.files.filter((file) => file.id !== null).map((file) => file.name);
    const shape = note ? 'note' : mail ? 'mail' : 'chat';
    clearWriting(thread.id);
    sayTyping(thread.id, false);
    send({ threadId: thread.id, body, shape, files });
  };

  return { submit, channel, problem, answeredBy: answered.name };
}

/** The last message on the screen; a thread without any has nothing to have been missed. */
function seen(threadId: string): { seenMessageId: string; force: false } | { force: true } {
  const last = queryClient.getQueryData<CachedMessages>(messagesKey(threadId))?.items.at(-1)?.id;
  return last === undefined ? { force: true } : { seenMessageId: last, force: false };
}
