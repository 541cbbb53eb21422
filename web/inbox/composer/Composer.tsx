import { Textarea } from '@mantine/core';
import { type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Thread } from '../../../server/threads/schema.ts';
import { type Selected, toggleMark } from '../../shared/formatting.ts';
import { sayTyping } from '../feed/connection.ts';
import { useMay } from '../me/queries.ts';
import { useKeys } from '../shell/keys.ts';
import { InlineSuggestion } from '../suggestions/InlineSuggestion.tsx';
import { useInsertSuggestion } from '../suggestions/queries.ts';
import classes from './Composer.module.css';
import { changeFiles, useWriting, write } from './draft.ts';
import { FileList } from './FileList.tsx';
import { newFile, upload } from './files.ts';
import { Quoted } from './Quoted.tsx';
import { Recipient } from './Recipient.tsx';
import { SendButtons } from './SendButtons.tsx';
import { Toolbar } from './Toolbar.tsx';
import { UndoBar } from './UndoBar.tsx';
import { useSend } from './useSend.ts';

/** How often the others hear that one types, ms. */
const TYPING_MS = 2500;
/** An empty composer becomes one line again so long after the focus left it, ms. */
const LEAVE_MS = 250;

/** Where answers and notes are written: one line until it is needed. */
export function Composer({ thread }: { thread: Thread }) {
  const { t } = useTranslation('inbox');
  const may = useMay();
  const writing = useWriting(thread.id);
  const field = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const [focused, setFocused] = useState(false);
  const [dragged, setDragged] = useState(false);
  const { submit, channel, problem, answeredBy } = useSend(thread, writing);
  const suggestion = useInsertSuggestion(thread.id);
  const typedAt = useRef(0);
  const note = writing.kind === 'note';
  const open = focused || writing.text !== '' || writing.files.length > 0 || writing.cc.length > 0 || note;

  const leaving = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const stay = () => clearTimeout(leaving.current);
  const leave = (dock: HTMLElement, to: EventTarget | null) => {
    // A menu of ours opens in a portal at the end of the page.
    if (to instanceof Element && (dock.contains(to) || to.closest('[data-portal]') !== null)) return;
    sayTyping(thread.id, false);
    // Not before the click that took the focus has landed: shrinking moves what it aims at.
    leaving.current = setTimeout(() => setFocused(false), LEAVE_MS);
  };
  useEffect(() => () => clearTimeout(leaving.current), []);

  const focus = (kind: 'reply' | 'note') => {
    stay();
    if (writing.kind !== kind) write(thread.id, { kind });
    setFocused(true);
    field.current?.focus();
  };
  useKeys([
    { keys: 'r', run: () => focus('reply'), label: t('composer.kinds.reply') },
    { keys: 'n', run: () => focus('note'), label: t('composer.kinds.note') },
    { keys: 'alt+1', run: () => suggestion.insert(0), inText: true },
    { keys: 'alt+2', run: () => suggestion.insert(1), inText: true },
    { keys: 'alt+3', run: () => suggestion.insert(2), inText: true },
  ]);
  // Words that came in from outside (a suggestion, an undone send) want to be read before they go.
  useEffect(() => {
    if (writing.broughtIn === 0) return;
    setFocused(true);
    const element = field.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, [writing.broughtIn]);
  useEffect(() => () => sayTyping(thread.id, false), [thread.id]);

  const change = (text: string) => {
    write(thread.id, { text });
    const now = Date.now();
    if (!note && now - typedAt.current > TYPING_MS) {
      typedAt.current = now;
      sayTyping(thread.id, true);
    }
  };
  const format = (by: (selected: Selected) => Selected) => {
    const element = field.current;
    if (element === null) return;
    const next = by({ text: element.value, start: element.selectionStart, end: element.selectionEnd });
    change(next.text);
    requestAnimationFrame(() => {
      element.focus();
      element.setSelectionRange(next.start, next.end);
    });
  };
  const attach = (files: Iterable<File>) => {
    for (const file of files) void attachOne(thread.id, file);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const mod = event.ctrlKey || event.metaKey;
    if (mod && event.key === 'Enter') {
      event.preventDefault();
      submit();
    } else if (mod && event.code === 'KeyB') {
      event.preventDefault();
      format((selected) => toggleMark(selected, '**'));
    } else if (mod && event.code === 'KeyI') {
      event.preventDefault();
      format((selected) => toggleMark(selected, '_'));
    } else if (event.key === 'Escape') {
      setFocused(false);
      field.current?.blur();
    } else if (event.key === 'Tab' && !event.shiftKey && !note && writing.text === '' && suggestion.count > 0) {
      event.preventDefault();
      suggestion.insert(0);
    }
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setDragged(false);
    attach(event.dataTransfer.files);
  };

  if (!may('threads.write')) return null;
  const placeholder = note
    ? t('composer.note')
    : channel === undefined
      ? t('composer.noChannel')
      : t(suggestion.count > 0 && focused ? 'composer.replyTab' : 'composer.reply', { name: thread.clientName });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only follows the focus of what is in it
    <div
      className={classes.dock}
      data-typing
      onFocus={stay}
      onBlur={(event) => leave(event.currentTarget, event.relatedTarget)}
    >
      <UndoBar threadId={thread.id} />
      <InlineSuggestion threadId={thread.id} />
      <form
        ref={form}
        className={classes.composer}
        data-note={note || undefined}
        data-open={open || undefined}
        data-dragged={dragged || undefined}
        aria-label={t(note ? 'composer.noteLabel' : 'composer.replyLabel')}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onDragOver={(event) => {
          event.preventDefault();
          setDragged(true);
        }}
        onDragLeave={() => setDragged(false)}
        onDrop={onDrop}
      >
        {open && <Recipient thread={thread} writing={writing} />}
        {open && !note && channel?.channelKind === 'telegram' && <Quoted thread={thread} quoteId={writing.quoteId} />}
        <Textarea
          ref={field}
          variant="unstyled"
          autosize
          minRows={open ? 3 : 1}
          maxRows={16}
          value={writing.text}
          placeholder={placeholder}
          aria-label={placeholder}
          // An empty field reads as the screen does; what is written, in its own direction.
          {...(writing.text === '' ? {} : { dir: 'auto' })}
          classNames={{ input: classes.field ?? '' }}
          onFocus={() => setFocused(true)}
          onChange={(event) => change(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            if (event.clipboardData.files.length === 0) return;
            event.preventDefault();
            attach(event.clipboardData.files);
          }}
        />
        <FileList threadId={thread.id} files={writing.files} />
        {problem === null && answeredBy !== null && (
          <p className={classes.problem} role="status">
            {t('composer.answered', { name: answeredBy })}
          </p>
        )}
        {problem !== null && (
          <p className={classes.problem} role="alert">
            {problem}
          </p>
        )}
        {open && (
          <div className={classes.tools}>
            <Toolbar onFormat={format} onAttach={attach} />
            <SendButtons note={note} onSend={(sendAt) => submit(sendAt)} disabled={!note && channel === undefined} />
          </div>
        )}
        {dragged && <div className={classes.drop}>{t('composer.drop')}</div>}
      </form>
    </div>
  );
}

async function attachOne(threadId: string, file: File): Promise<void> {
  const entry = newFile(file);
  changeFiles(threadId, (files) => [...files, entry]);
  try {
    const stored = await upload(file, entry.name);
    changeFiles(threadId, (files) => files.map((each) => (each.key === entry.key ? { ...each, id: stored.id } : each)));
  } catch (error) {
    changeFiles(threadId, (files) => files.map((each) => (each.key === entry.key ? { ...each, error } : each)));
  }
}
