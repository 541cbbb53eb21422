import { lookup } from 'node:dns/promises';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP } from 'node:net';

/** What came from a public server. */
export interface PublicFile {
  type: string;
  body: Buffer;
}

/** Why a public address was not fetched; the words are stable. */
export class FetchRefused extends Error {
  readonly why: 'address' | 'private' | 'status' | 'type' | 'size' | 'time' | 'redirects' | 'connection';

  constructor(why: FetchRefused['why']) {
    super(`refused: ${why}`);
    this.why = why;
  }
}

export interface FetchLimits {
  maxBytes: number;
  /** For all of it, redirects included. */
  timeoutMs: number;
  maxRedirects: number;
  isAllowedType: (type: string) => boolean;
}

export interface FetchWorld {
  /** Every address of a name. */
  resolve: (host: string) => Promise<string[]>;
  /** Whether a program of ours may speak to it. */
  mayReach: (address: string, port: number) => boolean;
}

/**
 * Fetches what a stranger named, without telling more than that somebody fetched it: no cookies, no referrer, no language.
 *
 * A name is resolved once, every address of it has to be public, and the connection goes to the very address that was
 * checked, so that a second answer of a name server changes nothing; each redirect is checked anew. Standard ports only.
 *
 * @throws FetchRefused
 */
export async function fetchPublic(
  url: string,
  limits: FetchLimits,
  world: FetchWorld = openInternet,
): Promise<PublicFile> {
  const signal = AbortSignal.timeout(limits.timeoutMs);
  let next = url;
  for (let hops = 0; hops <= limits.maxRedirects; hops++) {
    const answer = await ask(next, world, signal);
    const location = answer.headers.location;
    if (location !== undefined && [301, 302, 303, 307, 308].includes(answer.statusCode ?? 0)) {
      answer.destroy();
      if (!URL.canParse(location, next)) throw new FetchRefused('address');
      next = new URL(location, next).href;
      continue;
    }
    return read(answer, limits, signal);
  }
  throw new FetchRefused('redirects');
}

async function ask(address: string, world: FetchWorld, signal: AbortSignal): Promise<IncomingMessage> {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new FetchRefused('address');
  const secure = url.protocol === 'https:';
  const port = Number(url.port || (secure ? 443 : 80));
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = isIP(host) ? [host] : await withTime(world.resolve(host), signal);
  const [first] = found;
  if (first === undefined) throw new FetchRefused('connection');
  if (!found.every((one) => world.mayReach(one, port))) throw new FetchRefused('private');
  return new Promise((resolve, reject) => {
    const request = (secure ? requestHttps : requestHttp)({
      host: first,
      port,
      path: `${url.pathname}${url.search}`,
      method: 'GET',
      agent: false,
      signal,
      headers: { Host: url.host, Accept: 'image/*', 'User-Agent': 'Mozilla/5.0', 'Accept-Encoding': 'identity' },
      ...(secure && !isIP(host) ? { servername: host } : {}),
    });
    request.once('response', resolve);
    request.once('error', () => reject(new FetchRefused(signal.aborted ? 'time' : 'connection')));
    // A server that speaks of another protocol ends it without an error.
    request.once('close', () => reject(new FetchRefused('connection')));
    request.end();
  });
}

async function read(answer: IncomingMessage, limits: FetchLimits, signal: AbortSignal): Promise<PublicFile> {
  const type = (answer.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const refuse = (why: FetchRefused['why']) => {
    answer.destroy();
    return new FetchRefused(why);
  };
  if (answer.statusCode !== 200) throw refuse('status');
  if (!limits.isAllowedType(type)) throw refuse('type');
  if (Number(answer.headers['content-length'] ?? 0) > limits.maxBytes) throw refuse('size');
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > limits.maxBytes) throw refuse('size');
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof FetchRefused ? error : new FetchRefused(signal.aborted ? 'time' : 'connection');
  }
  return { type, body: Buffer.concat(chunks) };
}

async function withTime<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([
    promise.catch(() => {
      throw new FetchRefused('connection');
    }),
    new Promise<never>((_, reject) => {
      if (signal.aborted) reject(new FetchRefused('time'));
      signal.addEventListener('abort', () => reject(new FetchRefused('time')), { once: true });
    }),
  ]);
}

/** Addresses of our own machine, its network and its cloud, and those that reach nobody (IANA special-purpose registries). */
const closed = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  closed.addSubnet(net, bits, 'ipv4');
/** Only global unicast is public in IPv6; of it, what carries an IPv4 address or is for documents is not. */
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  closed.addSubnet(net, bits, 'ipv6');

/** Whether an address is of the open internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !closed.check(address, 'ipv4');
  return family === 6 && global6.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}

const openInternet: FetchWorld = {
  resolve: async (host) => (await lookup(host, { all: true })).map((one) => one.address),
  mayReach: (address, port) => (port === 80 || port === 443) && isPublicAddress(address),
};
