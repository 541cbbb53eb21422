import { lookup } from 'node:dns';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { get as httpsGet } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { isPublicAddress } from '../lib/fetchPublic.ts';

/** A feed of a large shop; more is a mistake. */
const mostBytes = 64 * 1024 * 1024;
const patienceMs = 60_000;
const mostRedirects = 5;

/** Why a feed could not be fetched, in words for who set it up. */
export class FeedError extends Error {}

/**
 * Fetches a feed as text. The address is judged where the connection is made, so that no name and no redirect leads inside.
 * @throws FeedError
 */
export async function fetchFeed(url: string, allowPrivate: boolean): Promise<string> {
  let address = url;
  for (let step = 0; step <= mostRedirects; step++) {
    const answer = await ask(address, allowPrivate);
    const { statusCode: status = 0, headers } = answer;
    if (status >= 300 && status < 400 && headers.location !== undefined) {
      answer.resume();
      address = new URL(headers.location, address).href;
      continue;
    }
    if (status !== 200) {
      answer.resume();
      throw new FeedError(`The address answered ${status}.`);
    }
    const bytes = await bodyOf(answer);
    const packed = headers['content-encoding'] === 'gzip' || (bytes[0] === 0x1f && bytes[1] === 0x8b);
    return new TextDecoder().decode(packed ? gunzipSync(bytes, { maxOutputLength: mostBytes * 4 }) : bytes);
  }
  throw new FeedError('The address leads from one to another without end.');
}

function ask(url: string, allowPrivate: boolean): Promise<IncomingMessage> {
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') throw new FeedError('A feed is fetched by http or https.');
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (!allowPrivate && isIP(bare) !== 0 && !isPublicAddress(bare)) throw new FeedError(refused);
  const guarded: LookupFunction = (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      const addresses = found ?? [];
      if (error) return done(error, '', 0);
      if (!allowPrivate && addresses.some(({ address }) => !isPublicAddress(address)))
        return done(new FeedError(refused) as NodeJS.ErrnoException, '', 0);
      if (options.all) return done(null, addresses as never, 0);
      const [first] = addresses;
      done(null, first?.address ?? '', first?.family ?? 4);
    });
  };
  return new Promise((resolve, reject) => {
    const request = (protocol === 'https:' ? httpsGet : httpGet)(
      url,
      {
        lookup: guarded,
        headers: { 'accept-encoding': 'gzip', 'user-agent': 'Parley' },
        signal: AbortSignal.timeout(patienceMs),
      },
      resolve,
    );
    request.on('error', (error) =>
      reject(error instanceof FeedError ? error : new FeedError(`The address cannot be reached: ${error.message}`)),
    );
  });
}

const refused = 'The address lies in the own network; allow that for this feed first.';

async function bodyOf(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of answer) {
    total += (chunk as Buffer).length;
    if (total > mostBytes) throw new FeedError('The feed is too large.');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
