import { describe, expect, it } from 'vitest';
import { Limiter, messageLimit } from '../../../server/channels/chat/limit.ts';

describe('the limit of messages', () => {
  it('lets a burst of sixty pass, and says when the next one may come', () => {
    const limiter = new Limiter(messageLimit);
    for (let sent = 0; sent < 60; sent++) expect(limiter.take('visitor', 1_000)).toBe(0);
    expect(limiter.take('visitor', 1_000)).toBe(1_000);
    expect(limiter.take('visitor', 1_900)).toBe(100);
    expect(limiter.take('visitor', 2_000)).toBe(0);
  });

  it('counts each visitor alone', () => {
    const limiter = new Limiter({ burst: 1, perSecond: 1 });
    expect(limiter.take('one', 0)).toBe(0);
    expect(limiter.take('one', 0)).toBeGreaterThan(0);
    expect(limiter.take('other', 0)).toBe(0);
  });

  it('gives nothing for a clock that went back', () => {
    const limiter = new Limiter({ burst: 1, perSecond: 1 });
    expect(limiter.take('one', 10_000)).toBe(0);
    expect(limiter.take('one', 0)).toBe(1_000);
  });
});
