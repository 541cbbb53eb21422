import { createReadStream } from 'node:fs';
import type { Dns } from '../../../lib/dns.ts';
import type { Authentication } from '../authentication.ts';

/** Who hands in a letter, as SMTP tells it. */
export interface Caller {
  ip: string;
  helo: string;
  /** MAIL FROM; empty for the null sender. */
  from: string;
}

/** What was found of a letter's writer. */
export interface Findings {
  found: Authentication;
  /** The domain of From that DMARC spoke of. */
  fromDomain: string | null;
  /** Header lines that say it (RFC 8601, RFC 7208 9.1), each ended by CRLF. */
  headers: string;
}

/** All look-ups for one letter; a DNS that is slower leaves the matter open. */
const checkWithinMs = 20_000;

/** SPF of the caller (RFC 7208): `pass`, `fail`, `softfail`, `neutral`, `none`, `permerror`, `temperror`. Never throws. */
export async function spfOf(caller: Caller, dns: Dns, name: string): Promise<string> {
  const asked = mailauth()
    .then(({ spf }) => spf({ ...identity(caller), mta: name, resolver: dns }))
    .then(
      ({ status }) => status.result as string,
      () => 'temperror',
    );
  return within(asked, 'temperror');
}

/** SPF, DKIM and DMARC of a letter on disk. Null when nothing could be found out in time. Never throws. */
export async function checkLetter(path: string, caller: Caller, dns: Dns, name: string): Promise<Findings | null> {
  const options = { ...identity(caller), mta: name, resolver: dns, disableArc: true, disableBimi: true };
  const checked = mailauth().then(({ authenticate }) => authenticate(createReadStream(path), options));
  const asked = checked.then(
    ({ spf: sent, dkim, dmarc, headers }): Findings => {
      const signatures = dkim.results.map((one) => one.status.result as string);
      const signed = signatures.includes('pass') ? 'pass' : signatures.find((one) => one !== 'none');
      return {
        found: {
          ...(sent ? { spf: sent.status.result } : {}),
          ...(signed === undefined ? {} : { dkim: signed }),
          ...(dmarc ? { dmarc: dmarc.status.result } : {}),
        },
        fromDomain: dmarc ? (dmarc.status.header?.from ?? null) : null,
        headers,
      };
    },
    () => null,
  );
  return within(asked, null);
}

/** Loaded when the first stranger calls: most installations read mailboxes and need none of it. */
const mailauth = () => import('mailauth');

/** RFC 7208 2.4: the null sender is postmaster at the name in HELO. */
function identity({ ip, helo, from }: Caller): { ip: string; helo: string; sender: string } {
  return { ip, helo, sender: from === '' ? `postmaster@${helo}` : from };
}

async function within<T>(asked: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), checkWithinMs);
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
