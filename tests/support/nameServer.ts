import type { Dns } from '../../server/lib/dns.ts';

/** `name TYPE` and its records, as Node's `resolve` gives them. */
export type Records = Record<string, string[] | string[][]>;

/** A DNS that knows these names alone; more may be added at any time. */
export function nameServer(records: Records): Dns {
  return async (name, type) => {
    const found = records[`${name.toLowerCase()} ${type}`];
    if (found === undefined) throw Object.assign(new Error(`no ${type} of ${name}`), { code: 'ENOTFOUND' });
    return found;
  };
}
