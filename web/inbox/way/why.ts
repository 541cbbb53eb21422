/** Why a thread went where it went, as the server says it: fixed words, or routing's own with skills and load. */
export type Why =
  | { key: 'owner' | 'substitute' | 'absence' | 'return' | 'notTaken' | 'turn' }
  | { key: 'escalation'; on: string }
  | { key: 'load'; load: string; capacity: string }
  | { key: 'other'; words: string };

const fixed = { owner: 'owner', substitute: 'substitute', absence: 'absence', return: 'return' } as const;

/** Reads the words; skills that decided come apart from the rest. Pure. */
export function readWhy(why: string): { why: Why; skills: string[] } {
  if (why in fixed) return { why: { key: fixed[why as keyof typeof fixed] }, skills: [] };
  const escalation = /^escalation:(\w+)$/.exec(why)?.[1];
  if (escalation !== undefined) return { why: { key: 'escalation', on: escalation }, skills: [] };
  const [last = '', before] = why.split('; ').reverse();
  const skills = before === undefined ? [] : before.split(', ');
  const load = /^least loaded \(([\d.]+) of (\d+)\)$/.exec(last);
  if (load !== null) return { why: { key: 'load', load: load[1] ?? '', capacity: load[2] ?? '' }, skills };
  if (last === 'whose turn it is') return { why: { key: 'turn' }, skills };
  if (last === 'not taken in time') return { why: { key: 'notTaken' }, skills };
  return { why: { key: 'other', words: why }, skills: [] };
}
