import { describe, expect, it } from 'vitest';
import { type Candidate, choose, type Work } from '../../../server/routing/choose.ts';

const person = (userId: string, more: Partial<Candidate> = {}): Candidate => ({
  userId,
  storeIds: ['riverside'],
  teamIds: ['sales'],
  skills: [],
  load: 0,
  capacity: 10,
  here: true,
  lastGivenAt: null,
  ...more,
});
const work: Work = { storeId: null, teamId: null, wants: [], weight: 1, passedBy: [] };

describe('who gets a thread', () => {
  it('is the least loaded of those who are here, of the place, and have room', () => {
    const people = [
      person('full', { load: 10 }),
      person('away', { here: false }),
      person('elsewhere', { storeIds: ['station'] }),
      person('busy', { load: 5 }),
      person('free', { load: 2 }),
    ];
    expect(choose({ ...work, storeId: 'riverside' }, people, 'load')).toEqual({
      userId: 'free',
      why: 'least loaded (2 of 10)',
    });
  });

  it('is measured by room, not by count: three of twenty is less than two of four', () => {
    const people = [person('part', { load: 2, capacity: 4 }), person('whole', { load: 3, capacity: 20 })];
    expect(choose(work, people, 'load')).toMatchObject({ userId: 'whole' });
  });

  it('is somebody with the skill before somebody with less to do', () => {
    const people = [person('idle'), person('speaks', { load: 4, skills: ['language:fa'] })];
    expect(choose({ ...work, wants: ['language:fa'] }, people, 'load')).toEqual({
      userId: 'speaks',
      why: 'language:fa; least loaded (4 of 10)',
    });
  });

  it('goes round, and not again to who let it lie', () => {
    const people = [person('a', { lastGivenAt: new Date(2) }), person('b', { lastGivenAt: new Date(1) })];
    expect(choose(work, people, 'roundRobin')).toMatchObject({ userId: 'b' });
    expect(choose({ ...work, passedBy: ['b'] }, people, 'roundRobin')).toMatchObject({ userId: 'a' });
    expect(choose({ ...work, passedBy: ['a', 'b'] }, people, 'roundRobin')).toEqual({
      userId: null,
      why: 'nobody took it',
    });
  });

  it('is nobody, with the reason, when nobody can', () => {
    expect(choose(work, [], 'load').why).toBe('nobody of this team and store');
    expect(choose(work, [person('a', { here: false })], 'load').why).toBe('nobody is available');
    expect(choose(work, [person('a', { load: 10 })], 'load').why).toBe('everybody is full');
  });
});
