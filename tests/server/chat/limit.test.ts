import { describe, expect, it } from 'vitest';
import { Limiter, messageLimit, Room } from '../../../server/channels/chat/limit.ts';
import { callerNetwork } from '../../../server/lib/proxies.ts';

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

  it('counts bytes as well as times', () => {
    const limiter = new Limiter({ burst: 100, perSecond: 10 });
    expect(limiter.take('one', 0, 90)).toBe(0);
    expect(limiter.take('one', 0, 60)).toBe(5_000);
    expect(limiter.take('one', 5_000, 60)).toBe(0);
  });

  it('takes a household of IPv6 addresses as one caller', () => {
    expect(callerNetwork('2001:db8:0:1::1')).toBe(callerNetwork('2001:DB8::1:a:b:c:d'));
    expect(callerNetwork('2001:db8::1')).not.toBe(callerNetwork('2001:db8:0:1::1'));
    expect(callerNetwork('::1')).toBe('0:0:0:0');
    expect(callerNetwork('::ffff:192.0.2.7')).toBe('192.0.2.7');
  });
});

describe('the room for uploads', () => {
  it('is never taken by one caller alone, and is free again afterwards', () => {
    const room = new Room({ bytes: 100, bytesEach: 60 });
    const leave = room.enter('one', 60);
    expect(leave).not.toBeNull();
    expect(room.enter('one', 1)).toBeNull();
    expect(room.enter('other', 40)).not.toBeNull();
    expect(room.enter('third', 1)).toBeNull();
    leave?.();
    expect(room.enter('third', 60)).not.toBeNull();
  });
});
