import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChatPageConfig } from '../../../server/visitors/schema.ts';
import { useAttachments } from './attachments.ts';
import { Composer } from './Composer.tsx';
import type { ChatConnection } from './connection.ts';
import { EmailCard } from './EmailCard.tsx';
import { Flow } from './Flow.tsx';
import { Header } from './Header.tsx';
import type { Keep, Outbox } from './outbox.ts';
import { isSoundOn, setSound } from './sound.ts';
import { type ChatState, unreadCount } from './state.ts';
import { type Store, useChat } from './store.ts';
import type { Words } from './words.ts';

/** Unanswered for so long, the visitor is asked for an e-mail address, in ms. */
const askAfterMs = 60_000;
/** A line cut for less than this is not worth a word, in ms. */
const lostAfterMs = 2_000;

export interface Parts {
  config: ChatPageConfig;
  store: Store;
  outbox: Outbox;
  connection: ChatConnection;
  words: Words;
  storage: Keep;
  /** Under which a half-written message is kept. */
  draftKey: string;
  /** Null when nothing is around that could close the chat. */
  onClose: (() => void) | null;
  onUnread(count: number, more: boolean): void;
}

/** The whole chat. */
export function App({ config, store, outbox, connection, words, storage, draftKey, onClose, onUnread }: Parts) {
  const state = useChat(store);
  const field = useRef<HTMLTextAreaElement>(null);
  const attachments = useAttachments(words, () => connection.token());
  const [sound, setSoundOn] = useState(() => isSoundOn(storage));
  const [isDropping, setDropping] = useState(false);
  const isLost = useLasting(state.connection === 'lost', lostAfterMs);
  const isRefused = state.connection === 'refused';
  const { count: unread, more } = unreadCount(state);

  useEffect(() => onUnread(unread, more), [unread, more, onUnread]);
  useEffect(() => {
    if (state.isOpen) field.current?.focus();
  }, [state.isOpen]);
  useReading(state, connection);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && !event.defaultPrevented && onClose?.();
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [onClose]);

  return (
    <main
      class="chat"
      onDragOver={(event) => {
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget === null) setDropping(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setDropping(false);
        attachments.add([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <Header
        title={config.title}
        logoUrl={config.logoUrl}
        about={state.about}
        words={words}
        sound={sound}
        onSound={(on) => {
          setSound(storage, on);
          setSoundOn(on);
        }}
        onClose={onClose}
      />
      {(isLost || isRefused) && (
        <p class="bar" role="alert">
          {words.say(isRefused ? 'refused' : 'lost')}
        </p>
      )}
      <Flow
        state={state}
        words={words}
        greeting={config.greeting}
        timezone={config.timezone}
        onOlder={() => void connection.older()}
        onRetry={(key) => outbox.retry(key)}
        onDiscard={(key) => outbox.discard(key)}
      >
        <AskEmail state={state} words={words} connection={connection} store={store} />
      </Flow>
      <Composer
        words={words}
        attachments={attachments}
        field={field}
        storage={storage}
        storageKey={draftKey}
        disabled={isRefused}
        onTyping={(typing) => connection.typing(typing)}
        onSend={(text, files) =>
          outbox.add({ clientKey: crypto.randomUUID(), text, attachments: files, at: new Date().toISOString() })
        }
      />
      {isDropping && <div class="drop">{words.say('drop')}</div>}
    </main>
  );
}

/** The offline form, the question after a long wait, or where the answer will go. */
function AskEmail({
  state,
  words,
  connection,
  store,
}: Pick<Parts, 'words' | 'connection' | 'store'> & { state: ChatState }) {
  const [isDismissed, setDismissed] = useState(false);
  const { about } = state;
  const waited = useWaited(about?.waitingSince ?? null);
  if (!about || state.connection === 'refused') return null;
  const hasWritten = state.messages.length + state.pending.length > 0;
  if (about.email !== null) {
    const isWaiting = about.waitingSince !== null && state.messages.at(-1)?.direction === 'inbound';
    return isWaiting ? <p class="hint">{words.say('emailKept', { email: about.email })}</p> : null;
  }
  const isOffline = !about.online && about.answering !== 'bot';
  if (isDismissed || !(isOffline || (hasWritten && waited))) return null;
  return (
    <EmailCard
      words={words}
      text={words.say(isOffline ? 'offlineText' : 'emailAsk')}
      askName={isOffline}
      onDismiss={() => setDismissed(true)}
      onSave={async (email, name) => {
        const answer = await connection.contact(email, name);
        if ('error' in answer) return false;
        store.tell({ type: 'state', about: { ...about, email: answer.email } });
        return true;
      }}
    />
  );
}

/** Marks ours as read once they are really looked at: panel open, tab in front. */
function useReading(state: ChatState, connection: ChatConnection) {
  const [isVisible, setVisible] = useState(!document.hidden);
  useEffect(() => {
    const onChange = () => setVisible(!document.hidden);
    document.addEventListener('visibilitychange', onChange);
    return () => document.removeEventListener('visibilitychange', onChange);
  }, []);
  const isLooking = state.isOpen && isVisible && state.connection === 'online';
  const { count: unread } = unreadCount(state);
  useEffect(() => {
    if (isLooking && unread > 0) connection.read();
  }, [isLooking, unread, connection]);
}

/** True once `is` has been true for `ms`. */
function useLasting(is: boolean, ms: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    setLasts(false);
    if (!is) return;
    const timer = setTimeout(() => setLasts(true), ms);
    return () => clearTimeout(timer);
  }, [is, ms]);
  return is && lasts;
}

/** True once the visitor has waited too long since `since`. */
function useWaited(since: string | null): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (since === null) return;
    const timer = setTimeout(() => setLong(true), Math.max(0, Date.parse(since) + askAfterMs - Date.now()));
    return () => clearTimeout(timer);
  }, [since]);
  return isLong;
}
