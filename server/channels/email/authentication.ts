import type { LetterHeader } from './mime/letter.ts';

export interface Authentication {
  spf?: string;
  dkim?: string;
  dmarc?: string;
}

/** What is known of the server that received a letter. */
export interface ReceivingServer {
  /** Where the mailbox is read; null when the letter came to our own SMTP receiver. */
  imapHost: string | null;
  /** The authserv-id of the server's findings, when somebody set it; then it alone counts. */
  authservId: string | null;
  /** What our own SMTP receiver found; then that alone counts. */
  findings?: { found: Authentication; fromDomain: string | null };
  /**
   * Our own SMTP receiver took the letter earlier and its findings are known only from what it wrote above its Received;
   * whether a relay or a stranger handed the letter in is not, so nothing below speaks for the writer.
   */
  onlyOwnTrace?: boolean;
}

/**
 * What the receiving server found about the writer (RFC 8601 Authentication-Results), and whether it proves that they are
 * who From says. Pure.
 *
 * Anybody can write such a header, so a finding counts in their favour only when the receiving server surely wrote it:
 * - it has the authserv-id that the mailbox is set to, whose forgeries that server removes (RFC 8601 5); or
 * - nothing is set, and it stands above the topmost Received, which no sender can reach (RFC 5321 4.4); or
 * - nothing is set, and it is the topmost of a provider that is known to add one to each letter, below no Received of others.
 *
 * What speaks against the writer is believed of anybody: nobody forges it in their own letter.
 * @param fromDomain the domain of From; null when there are several writers, or none
 */
export function authenticationOf(
  headers: LetterHeader[],
  server: ReceivingServer,
  fromDomain: string | null,
): { found: Authentication | null; verified: boolean } {
  if (server.findings) {
    const { found, fromDomain: spokenOf } = server.findings;
    return { found: orNull(found), verified: found.dmarc === 'pass' && fromDomain !== null && spokenOf === fromDomain };
  }
  const ours = server.onlyOwnTrace ? untilReceived(headers) : findingsOf(headers, server);
  if (ours.length > 0) {
    const found = read(ours);
    const speaksOf = ours.map(domainOf).find((domain) => domain !== null) ?? fromDomain;
    const verified = found.dmarc === 'pass' && fromDomain !== null && speaksOf === fromDomain;
    return { found: orNull(found), verified };
  }
  const topmost = headers.find(isFinding);
  const claimed = topmost === undefined ? {} : read([plain(topmost.value)]);
  const against = Object.entries(claimed).filter(([, value]) => value !== 'pass');
  return { found: orNull(Object.fromEntries(against)), verified: false };
}

/** Providers that add their findings to each letter, by the name of their IMAP server. O365 writes no authserv-id. */
const providers: readonly { imap: RegExp; id: RegExp }[] = [
  { imap: /(^|\.)(gmail|googlemail|google)\.com$/, id: /^mx\.google\.com$/ },
  { imap: /(^|\.)(office365|outlook|hotmail|live)\.com$/, id: /^$|\.(outlook|office365)\.com$/ },
  { imap: /(^|\.)fastmail\.com$/, id: /^mx\d*\.messagingengine\.com$/ },
  { imap: /(^|\.)(yahoo|aol)\.com$/, id: /\.(yahoo|aol)\.com$/ },
  { imap: /(^|\.)(gmx|web)\.(net|de|com)$/, id: /^(gmx|web)\.(net|de)$/ },
  { imap: /(^|\.)yandex\.(com|ru)$/, id: /\.yandex\.(net|ru)$/ },
  { imap: /(^|\.)mail\.ru$/, id: /(^|\.)mail\.ru$/ },
  { imap: /(^|\.)zoho\.(com|eu)$/, id: /^mx\.zohomail\.(com|eu)$/ },
];

/** Values, without comments, of the headers that the receiving server surely wrote, the topmost first. */
function findingsOf(headers: LetterHeader[], { imapHost, authservId }: ReceivingServer): string[] {
  if (authservId !== null) {
    const id = authservId.toLowerCase();
    const first = headers.findIndex((one) => isFinding(one) && idOf(plain(one.value)) === id);
    if (first < 0) return [];
    // Several checks write several headers, side by side; below the next Received is somebody else's.
    return untilReceived(headers.slice(first)).filter((value) => idOf(value) === id);
  }
  if (imapHost === null) return [];
  const above = untilReceived(headers);
  if (above.length > 0) return above;
  const known = providers.find(({ imap }) => imap.test(imapHost.toLowerCase()));
  const at = headers.findIndex(isFinding);
  const topmost = plain(headers[at]?.value ?? '');
  if (known === undefined || at < 0 || !known.id.test(idOf(topmost))) return [];
  return headers.slice(0, at).some((one) => isForeignHop(one, known)) ? [] : [topmost];
}

/** Received by a host that names itself, in another domain than the provider's. */
function isForeignHop({ name, value }: LetterHeader, { id, imap }: (typeof providers)[number]): boolean {
  if (name !== 'received') return false;
  const by = /\bby\s+([a-z0-9.-]+\.[a-z]{2,})\b/i.exec(plain(value))?.[1]?.toLowerCase();
  return by !== undefined && !id.test(by) && !imap.test(by);
}

const isFinding = ({ name }: LetterHeader) => name === 'authentication-results';

function untilReceived(headers: LetterHeader[]): string[] {
  const received = headers.findIndex(({ name }) => name === 'received');
  return (received < 0 ? headers : headers.slice(0, received)).filter(isFinding).map(({ value }) => plain(value));
}

const maxValueChars = 10_000;

/** Without quoted words and comments, in which a sender's own words may stand. */
function plain(value: string): string {
  const bare = value.slice(0, maxValueChars).replace(/"(?:[^"\\]|\\.)*"/g, ' ');
  return bare.replace(/\([^()]*\)/g, ' ').replace(/\([^()]*\)/g, ' ');
}

/** The authserv-id; '' where the value begins with a finding. */
function idOf(value: string): string {
  const [first = ''] = (value.split(';')[0] ?? '').trim().split(/\s+/);
  return first.includes('=') ? '' : first.toLowerCase();
}

/** Of each method the topmost header that names it. */
function read(values: string[]): Authentication {
  const found: Authentication = {};
  for (const method of ['spf', 'dkim', 'dmarc'] as const) {
    for (const value of values) {
      // Several signatures: one that passes is enough (RFC 6376 6.1).
      const all = [...value.matchAll(new RegExp(`(?:^|[;\\s])${method}\\s*=\\s*([a-z]+)`, 'gi'))].map(
        (one) => one[1]?.toLowerCase() ?? '',
      );
      const result = method === 'dkim' && all.includes('pass') ? 'pass' : (all.find((one) => one !== 'pass') ?? all[0]);
      if (result) found[method] ??= result;
    }
  }
  return found;
}

/** The domain that a DMARC finding speaks of. */
function domainOf(value: string): string | null {
  return /\bdmarc\s*=[^;]*\bheader\.from\s*=\s*"?(?:[^\s;"@]*@)?([^\s;"@]+)/i.exec(value)?.[1]?.toLowerCase() ?? null;
}

function orNull(found: Authentication): Authentication | null {
  return Object.keys(found).length > 0 ? found : null;
}
