import type { Namespace, Socket } from 'socket.io';
import type { Address } from '../channels/channel.ts';
import type { Chat } from '../channels/chat/find.ts';
import type { Visitor } from '../channels/chat/token.ts';
import type { OwnThread, VisitorScope } from '../visitors/history.ts';
import type { FromVisitor, ToVisitor } from '../visitors/schema.ts';

/** What a visitor's socket carries with it. */
export interface LineData {
  chat: Chat;
  visitor: Visitor;
  /** Where they call from; what is limited for all visitors there together. */
  network: string;
  /** The writer's addresses for ingest, in the order that decides the client. */
  from: Address[];
  language: string | undefined;
  scope: VisitorScope;
  /** Newest first; read again when a message opens another. */
  threads: OwnThread[];
  /** Keys of messages that this screen itself has sent and need not be shown. */
  own: Set<string>;
  /** Receipt of the last message, ms; the next is later, so that a burst keeps its order. */
  lastAtMs: number;
}

export type Line = Socket<FromVisitor, ToVisitor, Record<string, never>, LineData>;
export type Lines = Namespace<FromVisitor, ToVisitor, Record<string, never>, LineData>;

/** Who types, in a typing notice, when it is the client and no user. */
export const clientTyper = 'client';

/** All screens of one address (browser or shop user) in one chat. */
export const visitorRoom = (channelId: string, address: string) => `visitor:${channelId}:${address}`;
/** The rooms of a visitor's screen: the browser's own and, logged in at the shop, the user's. */
export function roomsOfVisitor(channelId: string, { id, shopUser }: Visitor): string[] {
  return [id, ...(shopUser === null ? [] : [shopUser])].map((address) => visitorRoom(channelId, address));
}

/** All screens that show a thread. */
export const threadRoom = (threadId: string) => `thread:${threadId}`;
export const isThreadRoom = (room: string) => room.startsWith('thread:');

/** The screens in any of these rooms, in this process; each once. */
export function linesIn(lines: Lines, ...rooms: string[]): Line[] {
  const ids = new Set(rooms.flatMap((room) => [...(lines.adapter.rooms.get(room) ?? [])]));
  return [...ids].flatMap((id) => lines.sockets.get(id) ?? []);
}
