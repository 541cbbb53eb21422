import { describe, expect, it } from 'vitest';
import type { Message } from '../../server/threads/schema.ts';
import { firstUnread, flowOf } from '../../web/inbox/thread/flow.ts';
import { moments } from '../../web/inbox/thread/moments.ts';

function said(id: string, at: string, more: Partial<Message> = {}): Message {
  return {
    id,
    channelId: 'c',
    text: '',
    album: null,
    channelKind: 'chat',
    direction: 'inbound',
    classification: 'person',
    author: { kind: 'client', userId: null, name: 'Anna', address: null },
    receivedAt: new Date(at).toISOString(),
    ...more,
  } as Message;
}

const system = { author: { kind: 'system', userId: null, name: '', address: null } } as const;

describe('the flow of a thread', () => {
  it('breaks at days and groups one author’s chat within five minutes', () => {
    const flow = flowOf([
      said('1', '2026-11-20T10:00'),
      said('2', '2026-11-20T10:03'),
      said('3', '2026-11-20T10:20'),
      said('4', '2026-11-21T10:21'),
    ]);
    expect(flow.map((item) => item.kind)).toEqual(['day', 'message', 'message', 'message', 'day', 'message']);
    expect(flow.flatMap((item) => (item.kind === 'message' ? [[item.continued, item.followed]] : []))).toEqual([
      [false, true],
      [true, false],
      [false, false],
      [false, false],
    ]);
  });

  it('shows an album in its first message, up to one with words of its own', () => {
    const flow = flowOf([
      said('1', '2026-11-20T10:00', { album: '9', text: 'Both sides' }),
      said('2', '2026-11-20T10:00', { album: '9' }),
      said('3', '2026-11-20T10:00', { album: '9', text: 'And the bill' }),
      said('4', '2026-11-20T10:00'),
    ]);
    expect(
      flow.flatMap((item) => (item.kind === 'message' ? [[item.key, item.album.map(({ id }) => id)]] : [])),
    ).toEqual([
      ['1', ['2']],
      ['3', []],
      ['4', []],
    ]);
  });

  it('never groups letters, and folds three system lines into one', () => {
    const flow = flowOf([
      said('1', '2026-11-20T10:00', { channelKind: 'email' }),
      said('2', '2026-11-20T10:01', { channelKind: 'email' }),
      said('3', '2026-11-20T10:02', system),
      said('4', '2026-11-20T10:03', system),
      said('5', '2026-11-20T10:04', system),
    ]);
    expect(flow.map((item) => item.kind)).toEqual(['day', 'message', 'message', 'folded']);
    expect(flow.some((item) => item.kind === 'message' && item.continued)).toBe(false);
  });

  it('knows where the unread begins', () => {
    const messages = [
      said('1', '2026-11-20T10:00Z'),
      said('2', '2026-11-20T11:00Z', { direction: 'outbound' }),
      said('3', '2026-11-20T12:00Z'),
    ];
    expect(firstUnread(messages, '2026-11-20T10:30:00.000Z')).toBe('3');
    expect(firstUnread(messages, '2026-11-20T13:00:00.000Z')).toBeNull();
    expect(firstUnread(messages, null)).toBeNull();
  });
});

describe('moments to come', () => {
  it('are all in the future, the nearest first', () => {
    for (const now of [new Date(2026, 10, 22, 0, 30), new Date(2026, 10, 23, 9, 0), new Date(2026, 10, 27, 23, 59)]) {
      const times = moments(now).map((moment) => moment.at.getTime());
      expect(times.every((time) => time > now.getTime())).toBe(true);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
    expect(moments(new Date(2026, 10, 22, 23, 0)).map((moment) => moment.name)).not.toContain('evening');
    expect(moments(new Date(2026, 10, 23, 9, 0)).find((moment) => moment.name === 'monday')?.at).toEqual(
      new Date(2026, 10, 30, 9),
    );
  });
});
