import { describe, expect, it } from 'vitest';
import { isId, newId } from '../../../server/lib/id.ts';

describe('an id', () => {
  it('is a UUID of version 7 that sorts by its time', () => {
    const [early, late] = [newId(1_000), newId(2_000)];
    expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(isId(early)).toBe(true);
    expect(early < late).toBe(true);
  });

  it('comes after those made before it in the same millisecond', () => {
    const ids = Array.from({ length: 2_000 }, () => newId(5_000));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(2_000);
  });
});
