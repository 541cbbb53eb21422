import { io, type Socket } from 'socket.io-client';
import type {
  Answer,
  FromVisitor,
  ShopUser,
  ToVisitor,
  VisitorAuth,
  VisitorMessage,
} from '../../../server/visitors/schema.ts';
import { watchLine } from '../../shared/watchLine.ts';
import { passing } from './outbox.ts';
import { lastOutbound } from './state.ts';
import type { Store } from './store.ts';

/** How long an acknowledgement may take before the message counts as unanswered, in ms. */
const answerTimeoutMs = 10_000;
/** So long without an acknowledgement the visitor is told that there is no connection, in ms. */
const slowMs = 3_000;
/** A typing mark is repeated while the visitor types, and ends after a pause, in ms. */
const typingEveryMs = 3_000;
const typingEndsMs = 5_000;

/** A chat that turned the visitor away (paused, too busy) is asked again after, in ms. */
const askAgainMs = 30_000;

export interface ConnectionOptions {
  store: Store;
  channelKey: string;
  token: string | null;
  user: ShopUser | null;
  locale: string;
  onToken(token: string, user: string | null): void;
  /** A message of ours that was not there before. */
  onNews(message: VisitorMessage): void;
}

/** The visitor's line to the server; reconnects by itself, and each `hello` brings what was missed. */
export class ChatConnection {
  private readonly socket: Socket<ToVisitor, FromVisitor>;
  private readonly auth: VisitorAuth;
  private readonly greeted: Promise<void>;
  private typedAt = 0;
  private typingEnd: ReturnType<typeof setTimeout> | undefined;
  private oursEnd: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: ConnectionOptions) {
    this.auth = {
      channelKey: options.channelKey,
      visitorToken: options.token,
      identity: options.user,
      locale: options.locale,
    };
    this.socket = io('/visitor', {
      transports: ['websocket', 'polling'],
      auth: (give) => give(this.auth),
      reconnectionDelay: 500,
      reconnectionDelayMax: 3_000,
    });
    this.greeted = new Promise((resolve) => this.socket.once('hello', () => resolve()));
    this.listen();
  }

  /** Sends one message; rejects when the server does not answer in time. */
  send = (message: { clientKey: string; text: string; attachmentIds: string[] }) => {
    this.typing(false);
    const { store } = this.options;
    let isSlow = false;
    const slow = setTimeout(() => {
      isSlow = true;
      store.tell({ type: 'connection', connection: 'lost' });
    }, slowMs);
    const answer = this.socket.timeout(answerTimeoutMs).emitWithAck('message', message);
    return answer
      .then((stored) => {
        if (isSlow && this.socket.connected) store.tell({ type: 'connection', connection: 'online' });
        return stored;
      })
      .catch((error: unknown) => {
        // It is silent although it stands: a new one, which says hello.
        if (isSlow && this.socket.connected) this.socket.io.engine.close();
        throw error;
      })
      .finally(() => clearTimeout(slow));
  };

  /** The visitor types, or has stopped. */
  typing(typing: boolean): void {
    clearTimeout(this.typingEnd);
    const now = Date.now();
    if (typing) {
      this.typingEnd = setTimeout(() => this.typing(false), typingEndsMs);
      if (now - this.typedAt < typingEveryMs) return;
    } else if (this.typedAt === 0) return;
    this.typedAt = typing ? now : 0;
    this.socket.volatile.emit('typing', { typing });
  }

  /** Everything of ours has been on the visitor's screen. */
  read(): void {
    const last = lastOutbound(this.options.store.state);
    if (last === undefined || last.readAt !== null || !this.socket.connected) return;
    this.socket.emit('read', { messageId: last.id });
    this.options.store.tell({ type: 'read', messageId: last.id, at: new Date().toISOString() });
  }

  /** Fetches the page before the oldest message that is here. */
  async older(): Promise<void> {
    const first = this.options.store.state.messages[0];
    if (first === undefined) return;
    const answer = await this.socket.timeout(answerTimeoutMs).emitWithAck('history', { before: first.id });
    if (!('error' in answer)) this.options.store.tell({ type: 'history', ...answer });
  }

  /** Leaves an e-mail address. */
  contact(email: string, name?: string): Promise<Answer<{ email: string }>> {
    return this.socket.timeout(answerTimeoutMs).emitWithAck('contact', name ? { email, name } : { email });
  }

  /** The shop says who is logged in: the line is made anew as that user. */
  identify(user: ShopUser): void {
    if (this.auth.identity?.user === user.user) return;
    this.auth.identity = user;
    this.socket.disconnect().connect();
  }

  /** The visitor's token, for uploads; the first one comes with the first `hello`. */
  async token(): Promise<string> {
    await this.greeted;
    return this.auth.visitorToken ?? '';
  }

  private listen(): void {
    const { store, onToken, onNews } = this.options;
    watchLine(
      this.socket.io,
      () => store.tell({ type: 'connection', connection: 'lost' }),
      () => this.socket.active && !this.socket.connected && this.socket.disconnect().connect(),
    );
    this.socket.on('hello', ({ visitorToken, ...hello }) => {
      // Somebody else now (logged in, or as another): what is here is read anew and not mixed.
      if (this.auth.visitorToken && this.auth.visitorToken !== visitorToken) store.tell({ type: 'forget' });
      this.auth.visitorToken = visitorToken;
      onToken(visitorToken, this.auth.identity?.user ?? null);
      store.tell({ type: 'hello', hello });
    });
    this.socket.on('message', (message) => {
      const isNew = !store.state.messages.some((known) => known.id === message.id);
      store.tell({ type: 'message', message });
      if (isNew && message.direction === 'outbound') onNews(message);
    });
    this.socket.on('delivery', (delivery) => store.tell({ type: 'delivery', delivery }));
    this.socket.on('state', (about) => store.tell({ type: 'state', about }));
    this.socket.on('read', ({ messageId }) => store.tell({ type: 'read', messageId, at: new Date().toISOString() }));
    this.socket.on('typing', ({ name, typing }) => {
      clearTimeout(this.oursEnd);
      store.tell({ type: 'typing', name: typing ? name : '' });
      if (typing) this.oursEnd = setTimeout(() => store.tell({ type: 'typing', name: '' }), typingEndsMs + 1_000);
    });
    this.socket.on('disconnect', (reason) => {
      store.tell({ type: 'connection', connection: 'lost' });
      // Cut on purpose: the library does not come again by itself, and the answer then says why.
      if (reason === 'io server disconnect') this.socket.connect();
    });
    this.socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
      // The shop signed its user wrongly: they can write all the same, as somebody nobody vouches for.
      if (error.data?.code === 'identity.invalid' && this.auth.identity) {
        console.error(
          `Parley: the signature of user "${this.auth.identity.user}" is not right, so they are nobody's user here. It is HMAC-SHA256 of the user id under this chat's identity secret, in hex.`,
        );
        this.auth.identity = null;
        return void this.socket.connect();
      }
      // Still active: the line is down, and the library tries on. Else the server turned us away and said why.
      if (!this.socket.active) {
        console.warn(`Parley: ${error.message}`);
        setTimeout(() => this.socket.connect(), askAgainMs);
      }
      const isRefused = !this.socket.active && !passing.has(error.data?.code ?? '');
      store.tell({ type: 'connection', connection: isRefused ? 'refused' : 'lost' });
    });
  }
}
