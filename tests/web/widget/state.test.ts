import { describe, expect, it } from 'vitest';
import type { VisitorMessage, VisitorState } from '../../../server/visitors/schema.ts';
import { daysOf } from '../../../web/widget/chat/groups.ts';
import {
  type ChatState,
  firstState,
  fold,
  type PendingMessage,
  unreadCount,
  unreadWords,
} from '../../../web/widget/chat/state.ts';

const about: VisitorState = {
  online: true,
  people: ['Anna'],
  answering: 'nobody',
  waitMs: null,
  waitingSince: null,
  opensAt: null,
  email: null,
};

let count = 0;
function message(part: Partial<VisitorMessage> = {}): VisitorMessage {
  count++;
  return {
    id: `m${count}`,
    threadId: 't',
    clientKey: null,
    direction: 'outbound',
    author: { kind: 'user', name: 'Anna' },
    text: `text ${count}`,
    attachments: [],
    sources: [],
    via: 'chat',
    sentAt: new Date(Date.UTC(2026, 0, 1, 12, 0, count)).toISOString(),
    readAt: null,
    ...part,
  };
}

const pending = (clientKey: string): PendingMessage => ({
  clientKey,
  text: 'x',
  attachments: [],
  at: '',
  refused: null,
});

function hello(state: ChatState, messages: VisitorMessage[], hasMore = false): ChatState {
  return fold(state, {
    type: 'hello',
    hello: { thread: { id: 't', status: 'open', messages, hasMore }, state: about },
  });
}

describe('the chat', () => {
  it('shows a message once, however often it comes', () => {
    const one = message();
    const state = [one, one].reduce((before, next) => fold(before, { type: 'message', message: next }), firstState);
    expect(hello(state, [one]).messages).toEqual([one]);
  });

  it('keeps the order of the messages whatever order they come in', () => {
    const [first, second, third] = [message(), message(), message()];
    const state = [third, first, second].reduce(
      (before, next) => fold(before, { type: 'message', message: next }),
      firstState,
    );
    expect(state.messages).toEqual([first, second, third]);
  });

  it('drops what was on its way once the server shows it, after a reload too', () => {
    const waiting = fold(firstState, { type: 'pending', pending: [pending('k1'), pending('k2')] });
    const stored = message({ direction: 'inbound', clientKey: 'k1' });
    expect(hello(waiting, [stored]).pending.map((one) => one.clientKey)).toEqual(['k2']);
  });

  it('after a long absence begins again from the newest page, so that nothing is missing in the middle', () => {
    const old = hello(firstState, [message(), message()]);
    const page = [message(), message()];
    const state = hello(old, page, true);
    expect(state.messages).toEqual(page);
    expect(state.hasMore).toBe(true);
  });

  it('after a short absence goes on where it was', () => {
    const [first, second, third] = [message(), message(), message()];
    const state = hello(hello(firstState, [first, second], true), [second, third], true);
    expect(state.messages).toEqual([first, second, third]);
  });

  it('counts what was not read, and nothing after it was', () => {
    const [first, second] = [message(), message()];
    const state = hello(firstState, [first, second, message({ direction: 'inbound' })]);
    expect(unreadCount(state)).toEqual({ count: 2, more: false });
    expect(unreadCount(fold(state, { type: 'read', messageId: second.id, at: second.sentAt })).count).toBe(0);
    // The page before may hold more of them: never a smaller number as if it were all.
    expect(unreadWords(unreadCount({ ...state, hasMore: true }), 'en')).toBe('2+');
    expect(unreadWords({ count: 140, more: false }, 'fa')).toBe('۹۹+');
  });

  it('marks the own messages as seen up to the one that was read, and not ours', () => {
    const own = message({ direction: 'inbound' });
    const ours = message();
    const later = message({ direction: 'inbound' });
    const state = fold(hello(firstState, [own, ours, later]), {
      type: 'delivery',
      delivery: { messageId: ours.id, state: 'read', at: later.sentAt },
    });
    expect(state.messages.map((one) => one.readAt !== null)).toEqual([true, false, false]);
  });

  it('puts messages of one author within five minutes under one name', () => {
    const state = hello(firstState, [
      message({ sentAt: '2026-01-01T12:00:00.000Z' }),
      message({ sentAt: '2026-01-01T12:04:00.000Z' }),
      message({ sentAt: '2026-01-01T12:10:00.000Z' }),
      message({ sentAt: '2026-01-01T12:10:01.000Z', author: { kind: 'bot', name: 'Bot' } }),
      message({ sentAt: '2026-01-03T12:10:01.000Z', author: { kind: 'bot', name: 'Bot' } }),
    ]);
    expect(daysOf(state).map((day) => day.groups.map((group) => group.lines.length))).toEqual([[2, 1, 1], [1]]);
  });
});
