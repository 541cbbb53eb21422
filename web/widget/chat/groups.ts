import type { VisitorMessage } from '../../../server/visitors/schema.ts';
import type { ChatState, PendingMessage } from './state.ts';
import { dayOf } from './time.ts';

/** Messages of one author within this time stand together under one name, in ms. */
const groupMs = 5 * 60_000;

/** One balloon: a stored message, or one on its way. */
export interface Line {
  key: string;
  isOwn: boolean;
  author: VisitorMessage['author'];
  at: string;
  text: string;
  attachments: VisitorMessage['attachments'];
  sources: VisitorMessage['sources'];
  via: VisitorMessage['via'];
  /** Of the visitor's own: how far it has come; null for ours. */
  mark: 'sending' | 'sent' | 'seen' | 'refused' | null;
  refused: string | null;
}

export interface Group {
  key: string;
  isOwn: boolean;
  author: Line['author'];
  lines: Line[];
}

export interface Day {
  key: string;
  at: string;
  groups: Group[];
}

/** What the flow shows: days, in them groups by author, in them balloons; what is on its way comes last. Pure. */
export function daysOf(state: Pick<ChatState, 'messages' | 'pending'>): Day[] {
  const days: Day[] = [];
  for (const line of [...state.messages.map(stored), ...state.pending.map(onItsWay)]) {
    let day = days.at(-1);
    if (day === undefined || day.key !== dayOf(line.at)) {
      day = { key: dayOf(line.at), at: line.at, groups: [] };
      days.push(day);
    }
    const group = day.groups.at(-1);
    if (group && belongs(group, line)) group.lines.push(line);
    else day.groups.push({ key: line.key, isOwn: line.isOwn, author: line.author, lines: [line] });
  }
  return days;
}

function belongs(group: Group, line: Line): boolean {
  const last = group.lines.at(-1);
  return (
    group.isOwn === line.isOwn &&
    group.author.kind === line.author.kind &&
    (group.isOwn || group.author.name === line.author.name) &&
    last !== undefined &&
    Date.parse(line.at) - Date.parse(last.at) < groupMs
  );
}

function stored(message: VisitorMessage): Line {
  const isOwn = message.direction === 'inbound';
  return {
    // A message keeps its balloon when it is acknowledged, so that nothing flickers.
    key: message.clientKey ?? message.id,
    isOwn,
    author: message.author,
    at: message.sentAt,
    text: message.text,
    attachments: message.attachments,
    sources: message.sources,
    via: message.via,
    mark: isOwn ? (message.readAt ? 'seen' : 'sent') : null,
    refused: null,
  };
}

function onItsWay(message: PendingMessage): Line {
  return {
    key: message.clientKey,
    isOwn: true,
    author: { kind: 'client', name: '' },
    at: message.at,
    text: message.text,
    attachments: message.attachments,
    sources: [],
    via: 'chat',
    mark: message.refused ? 'refused' : 'sending',
    refused: message.refused,
  };
}
