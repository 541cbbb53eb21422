/** Somebody who could be given a thread. */
export interface Candidate {
  userId: string;
  storeIds: readonly string[];
  teamIds: readonly string[];
  /** "language:fa", "topic:repair", "product:…". */
  skills: readonly string[];
  /** Units of work they have, and may have. */
  load: number;
  capacity: number;
  /** Says they are available, is on shift and not away. */
  here: boolean;
  lastGivenAt: Date | null;
}

/** What is to be given. */
export interface Work {
  storeId: string | null;
  teamId: string | null;
  /** Skills that would help: the client's language, the thread's topics. */
  wants: readonly string[];
  /** Units it costs. */
  weight: number;
  /** Who had it and did not take it. */
  passedBy: readonly string[];
}

export type Choice = { userId: string; why: string } | { userId: null; why: string };

/**
 * Who gets a thread: here, of its team and store, with room for it; of these the ones with most of the wanted skills; of
 * these the least loaded, or whose turn it is longest. Pure; says why in words that a screen can show.
 */
export function choose(work: Work, candidates: readonly Candidate[], mode: 'load' | 'roundRobin'): Choice {
  const placed = candidates.filter(
    (person) =>
      (work.teamId === null || person.teamIds.includes(work.teamId)) &&
      (work.storeId === null || person.storeIds.includes(work.storeId)),
  );
  if (placed.length === 0) return { userId: null, why: 'nobody of this team and store' };
  const here = placed.filter((person) => person.here);
  if (here.length === 0) return { userId: null, why: 'nobody is available' };
  const free = here.filter((person) => person.load + work.weight <= person.capacity);
  if (free.length === 0) return { userId: null, why: 'everybody is full' };
  const fresh = free.filter((person) => !work.passedBy.includes(person.userId));
  if (fresh.length === 0) return { userId: null, why: 'nobody took it' };
  const skilled = (person: Candidate) => work.wants.filter((skill) => person.skills.includes(skill)).length;
  const most = Math.max(...fresh.map(skilled));
  const order = mode === 'load' ? byLoad : byTurn;
  const best = fresh.filter((person) => skilled(person) === most).sort((a, b) => order(a, b) || byId(a, b))[0];
  if (best === undefined) return { userId: null, why: 'nobody is available' };
  const known = work.wants.filter((skill) => best.skills.includes(skill));
  const reason = mode === 'load' ? `least loaded (${best.load} of ${best.capacity})` : 'whose turn it is';
  return { userId: best.userId, why: known.length === 0 ? reason : `${known.join(', ')}; ${reason}` };
}

const byLoad = (a: Candidate, b: Candidate) => a.load / a.capacity - b.load / b.capacity || byTurn(a, b);
const byTurn = (a: Candidate, b: Candidate) => (a.lastGivenAt?.getTime() ?? 0) - (b.lastGivenAt?.getTime() ?? 0);
const byId = (a: Candidate, b: Candidate) => (a.userId < b.userId ? -1 : 1);
