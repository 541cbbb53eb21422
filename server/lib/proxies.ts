import { BlockList, isIP } from 'node:net';

/** Words for networks, as proxies are configured elsewhere too. */
const named: Record<string, [address: string, prefix: number][]> = {
  loopback: [
    ['127.0.0.0', 8],
    ['::1', 128],
  ],
  uniquelocal: [
    ['10.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
    ['fc00::', 7],
  ],
};

/**
 * Whether a peer is one of the proxies in front of us.
 * @param names `loopback`, `uniquelocal`, addresses and networks (`10.0.0.0/8`)
 * @throws Error when one is none of these
 */
export function trustedProxies(names: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const name of names) {
    for (const [address, prefix] of named[name] ?? [networkOf(name)])
      list.addSubnet(address, prefix, familyOf(address));
  }
  return (address) => {
    const plain = plainAddress(address);
    return isIP(plain) !== 0 && list.check(plain, familyOf(plain));
  };
}

/**
 * Who calls: the peer, or, when the peer is a trusted proxy, whom it names; the last one in the chain that is not a
 * trusted proxy itself. What an untrusted peer writes into X-Forwarded-For counts for nothing.
 */
export function callerAddress(
  peer: string,
  forwarded: string | undefined,
  trusts: (address: string) => boolean,
): string {
  let caller = peer;
  for (const next of (forwarded ?? '')
    .split(',')
    .map((one) => one.trim())
    .reverse()) {
    if (next === '' || !trusts(caller)) break;
    caller = next;
  }
  return caller;
}

/** What is limited as one caller: an IPv4 address, or the /64 of which one household has every IPv6 address. */
export function callerNetwork(address: string): string {
  const plain = plainAddress(address);
  if (isIP(plain) !== 6) return plain;
  const [before = '', after = ''] = plain.split('%')[0]?.split('::') ?? [];
  const [head, tail] = [before, after].map((half) => half.split(':').filter((group) => group !== ''));
  const groups = [...(head ?? []), ...Array(8).fill('0')].slice(0, plain.includes('::') ? 8 - (tail?.length ?? 0) : 8);
  return [...groups, ...(tail ?? [])]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

function networkOf(name: string): [string, number] {
  const [address = '', prefix] = name.split('/');
  const longest = isIP(address) === 6 ? 128 : 32;
  const length = prefix === undefined ? longest : Number(prefix);
  if (isIP(address) === 0 || !Number.isInteger(length) || length < 0 || length > longest) throw new Error(name);
  return [address, length];
}

/** An IPv4 peer of a socket that listens on both is written as IPv6. */
function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
