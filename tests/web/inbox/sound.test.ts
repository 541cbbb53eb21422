import { describe, expect, it } from 'vitest';
import type { FeedEvent } from '../../../server/realtime/schema.ts';
import { isHeard } from '../../../web/inbox/feed/heard.ts';

const now = new Date('2026-03-02T10:00:00.000Z');
const ears = { meId: 'mira', sounds: true, seeing: null, now };
const written = (assigneeId: string | null, more: Partial<FeedEvent> = {}, classification = 'person'): FeedEvent => ({
  cursor: '1',
  type: 'message.received',
  at: now.toISOString(),
  ids: { threadId: 't' },
  patch: { thread: { assigneeId }, classification },
  ...more,
});

describe('the tone', () => {
  it('sounds when a client writes to me, and for an alert', () => {
    expect(isHeard([written('mira')], ears)).toBe(true);
    expect(isHeard([written(null, { type: 'notification.made', patch: {} })], ears)).toBe(true);
  });

  it('is silent for others’ threads, machines, the thread before my eyes, old news, and who wants none', () => {
    expect(isHeard([written('leo'), written(null)], ears)).toBe(false);
    expect(isHeard([written('mira', {}, 'autoReply')], ears)).toBe(false);
    expect(isHeard([written('mira')], { ...ears, seeing: 't' })).toBe(false);
    expect(isHeard([written('mira', { at: '2026-03-02T09:00:00.000Z' })], ears)).toBe(false);
    expect(isHeard([written('mira')], { ...ears, sounds: false })).toBe(false);
  });
});
