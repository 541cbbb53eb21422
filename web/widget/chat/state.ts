import type {
  VisitorAttachment,
  VisitorDelivery,
  VisitorHello,
  VisitorMessage,
  VisitorState,
} from '../../../server/visitors/schema.ts';

/** A message the visitor wrote that the server has not yet acknowledged. */
export interface PendingMessage {
  clientKey: string;
  text: string;
  attachments: VisitorAttachment[];
  /** ISO time it was written. */
  at: string;
  /** Set when the server refused it; it is sent again only when the visitor asks. */
  refused: string | null;
}

export type Connection = 'connecting' | 'online' | 'lost' | 'refused';

export interface ChatState {
  connection: Connection;
  /** Acknowledged messages, oldest first, each id once. */
  messages: VisitorMessage[];
  pending: PendingMessage[];
  hasMore: boolean;
  about: VisitorState | null;
  /** Name of who is typing on our side; empty when nobody is. */
  typing: string;
  /** The panel is open on the shop's page. */
  isOpen: boolean;
}

export const firstState: ChatState = {
  connection: 'connecting',
  messages: [],
  pending: [],
  hasMore: false,
  about: null,
  typing: '',
  isOpen: false,
};

export type Happened =
  | { type: 'connection'; connection: Connection }
  | { type: 'hello'; hello: Omit<VisitorHello, 'visitorToken'> }
  | { type: 'message'; message: VisitorMessage }
  | { type: 'history'; messages: VisitorMessage[]; hasMore: boolean }
  | { type: 'pending'; pending: PendingMessage[] }
  | { type: 'delivery'; delivery: VisitorDelivery }
  | { type: 'read'; messageId: string; at: string }
  | { type: 'state'; about: VisitorState }
  | { type: 'typing'; name: string }
  | { type: 'open'; isOpen: boolean }
  | { type: 'forget' };

/** Folds one thing that happened into what the screen shows. Pure; the same message twice changes nothing. */
export function fold(state: ChatState, happened: Happened): ChatState {
  switch (happened.type) {
    case 'connection':
      return { ...state, connection: happened.connection, typing: '' };
    case 'hello':
      return welcomed(state, happened.hello);
    case 'message':
      return {
        ...state,
        messages: merge(state.messages, [happened.message]),
        pending: without(state.pending, [happened.message]),
        typing: happened.message.direction === 'outbound' ? '' : state.typing,
      };
    case 'history':
      return { ...state, messages: merge(state.messages, happened.messages), hasMore: happened.hasMore };
    case 'pending':
      return { ...state, pending: without(happened.pending, state.messages) };
    case 'delivery':
      return { ...state, messages: readUpTo(state.messages, 'inbound', happened.delivery) };
    case 'read':
      return { ...state, messages: readUpTo(state.messages, 'outbound', { ...happened, state: 'read' }) };
    case 'state':
      return { ...state, about: happened.about };
    case 'typing':
      return { ...state, typing: happened.name };
    case 'forget':
      return { ...state, messages: [], hasMore: false };
    case 'open':
      return { ...state, isOpen: happened.isOpen };
  }
}

/** Messages of ours that the visitor has not had on the screen; `more` when older ones that are not here may be such too. */
export function unreadCount({ messages, hasMore }: ChatState): { count: number; more: boolean } {
  const ours = messages.filter((message) => message.direction === 'outbound');
  const count = ours.filter((message) => message.readAt === null).length;
  return { count, more: hasMore && count > 0 && count === ours.length };
}

/** The number of them as it is written: `40+` where it may be more, never above 99. */
export function unreadWords({ count, more }: { count: number; more: boolean }, locale: string): string {
  const shown = new Intl.NumberFormat(locale).format(Math.min(count, 99));
  return more || count > 99 ? `${shown}+` : shown;
}

/** The newest message of ours; what a read mark names. */
export function lastOutbound(state: ChatState): VisitorMessage | undefined {
  return state.messages.findLast((message) => message.direction === 'outbound');
}

function welcomed(state: ChatState, { thread, state: about }: Omit<VisitorHello, 'visitorToken'>): ChatState {
  const fresh = thread?.messages ?? [];
  const newest = state.messages.at(-1);
  // When the newest page does not reach back to what is here, something between is missing: begin again from the page.
  const joins = newest === undefined || !thread?.hasMore || fresh.some((message) => message.id === newest.id);
  const messages = joins ? merge(state.messages, fresh) : fresh;
  return {
    ...state,
    connection: 'online',
    messages,
    pending: without(state.pending, messages),
    hasMore: joins && state.messages.length > 0 ? state.hasMore : (thread?.hasMore ?? false),
    about,
    typing: '',
  };
}

function merge(known: VisitorMessage[], news: VisitorMessage[]): VisitorMessage[] {
  const byId = new Map(known.map((message) => [message.id, message]));
  for (const message of news) byId.set(message.id, message);
  return [...byId.values()].sort((a, b) => (a.sentAt < b.sentAt ? -1 : a.sentAt > b.sentAt ? 1 : a.id < b.id ? -1 : 1));
}

function without(pending: PendingMessage[], messages: VisitorMessage[]): PendingMessage[] {
  const stored = new Set(messages.map((message) => message.clientKey));
  return pending.filter((message) => !stored.has(message.clientKey));
}

function readUpTo(messages: VisitorMessage[], direction: 'inbound' | 'outbound', mark: VisitorDelivery) {
  const last = messages.findIndex((message) => message.id === mark.messageId);
  if (mark.state !== 'read' || last === -1) return messages;
  return messages.map((message, index) =>
    index <= last && message.direction === direction && message.readAt === null
      ? { ...message, readAt: mark.at }
      : message,
  );
}
