import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { VisitorAttachment } from '../../../server/visitors/schema.ts';
import type { Attachments } from './attachments.ts';
import { FileName } from './FileName.tsx';
import { Icon } from './icons.tsx';
import type { Keep } from './outbox.ts';
import { size } from './time.ts';
import type { Words } from './words.ts';

/** Where the visitor writes: Enter sends, Shift+Enter breaks the line; what is half-written outlives a reload. */
export function Composer(props: {
  words: Words;
  attachments: Attachments;
  field: RefObject<HTMLTextAreaElement>;
  storage: Pick<Keep, 'getItem' | 'setItem'>;
  storageKey: string;
  disabled: boolean;
  onTyping(typing: boolean): void;
  onSend(text: string, attachments: VisitorAttachment[]): void;
}) {
  const { words, attachments, field, storage, storageKey, disabled } = props;
  const [text, setText] = useState(() => storage.getItem(storageKey) ?? '');
  const picker = useRef<HTMLInputElement>(null);
  const isUploading = attachments.files.some((file) => file.stored === null);
  const [waits, setWaits] = useState(false);
  const isEmpty = text.trim() === '' && attachments.files.length === 0;

  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    // Measured at one line, whatever it was before: it also shrinks.
    element.style.height = 'auto';
    if (text !== '') element.style.height = `${element.scrollHeight}px`;
  }, [text, field]);

  function change(value: string) {
    storage.setItem(storageKey, value);
    setText(value);
  }

  function submit() {
    if (isEmpty || disabled) return;
    // A file still on its way: it goes as soon as that is here.
    setWaits(isUploading);
    if (isUploading) return;
    props.onSend(
      text.trim(),
      attachments.files.flatMap((file) => (file.stored ? [file.stored] : [])),
    );
    change('');
    attachments.clear();
    field.current?.focus();
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is sent is what stands there when the files are here
  useEffect(() => {
    if (!waits || isUploading) return;
    setWaits(false);
    // What failed is said, and nothing goes without it.
    if (attachments.problem === '') submit();
  }, [waits, isUploading]);

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {attachments.problem && (
        <p class="problem" role="alert">
          {attachments.problem}
        </p>
      )}
      {attachments.files.length > 0 && <Chosen attachments={attachments} words={words} />}
      {waits && (
        <p class="waits" role="status">
          {words.say('waitsForFile')}
        </p>
      )}
      <div class="field">
        <button
          type="button"
          class="quiet"
          aria-label={words.say('attach')}
          title={words.say('attach')}
          disabled={disabled}
          onClick={() => picker.current?.click()}
        >
          <Icon name="attach" />
        </button>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            attachments.add([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          maxLength={10_000}
          value={text}
          placeholder={words.say('write')}
          aria-label={words.say('write')}
          enterkeyhint="send"
          disabled={disabled}
          onInput={(event) => {
            setWaits(false);
            change(event.currentTarget.value);
            props.onTyping(event.currentTarget.value !== '');
          }}
          onKeyDown={(event) => {
            // While letters are being composed (Korean, Japanese), Enter chooses among them.
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            submit();
          }}
          onPaste={(event) => {
            const files = [...(event.clipboardData?.files ?? [])];
            if (files.length === 0) return;
            event.preventDefault();
            attachments.add(files);
          }}
        />
        <button
          type="submit"
          class="send"
          aria-label={words.say('send')}
          title={words.say('send')}
          disabled={isEmpty || disabled}
        >
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}

function Chosen({ attachments, words }: { attachments: Attachments; words: Words }) {
  return (
    <ul class="chosen">
      {attachments.files.map((file) => (
        <li key={file.key}>
          <Icon name="file" />
          <FileName name={file.name} />
          {file.stored ? (
            <span>{size(file.sizeBytes, words.locale)}</span>
          ) : (
            <progress value={file.progress} aria-label={words.say('uploading', { name: file.name })} />
          )}
          <button
            type="button"
            class="quiet"
            aria-label={words.say('remove', { name: file.name })}
            onClick={() => attachments.remove(file.key)}
          >
            <Icon name="remove" />
          </button>
        </li>
      ))}
    </ul>
  );
}
