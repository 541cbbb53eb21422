import { Resolver } from 'node:dns/promises';

/**
 * Asks the DNS: records of a type as Node's `resolve` gives them (A and AAAA: addresses; TXT: each record in its strings; MX:
 * objects). Tests put their own in its place.
 */
export type Dns = (name: string, type: string) => Promise<string[] | string[][]>;

const answerWithinMs = 5_000;

/** The machine's own resolver, with an end to waiting. @throws errors with `code`: ENOTFOUND, ENODATA, ETIMEOUT, … */
export const systemDns: Dns = async (name, type) =>
  (await new Resolver({ timeout: answerWithinMs, tries: 2 }).resolve(name, type)) as string[] | string[][];
