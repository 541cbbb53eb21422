import type { ImapFlow } from 'imapflow';
import type { EmailConfig } from '../../schema.ts';
import { maxLetterBytes } from '../mime/limits.ts';

const connectWithinMs = 30_000;
const silentForMs = 5 * 60_000;
/** IDLE is renewed before servers end it (RFC 2177 asks for 29 minutes, home routers for less). */
const renewIdleMs = 9 * 60_000;

/**
 * Connects and signs in to the mailbox's IMAP server. The caller closes it; after that, when the connection breaks, or when
 * `signal` aborts (which closes it at once, also while it is being made), its commands reject. Errors are to be told with
 * {@link imapTrouble}.
 */
export async function openImap(config: EmailConfig, signal?: AbortSignal): Promise<ImapFlow> {
  const { imap, allowInsecure } = config;
  if (!imap) throw new Error('this mailbox has no IMAP server to read');
  // A large module, and no mailbox may be connected: loaded with the first one, and not at the start.
  const { ImapFlow: Client } = await import('imapflow');
  const client = new Client({
    host: imap.host,
    port: imap.port,
    secure: imap.secure,
    auth: {
      user: imap.user,
      ...(imap.accessToken ? { accessToken: imap.accessToken } : { pass: imap.password ?? '' }),
    },
    // Undefined takes STARTTLS where it is offered; true refuses to send a password without it.
    ...(imap.secure || allowInsecure ? {} : { doSTARTTLS: true }),
    tls: { rejectUnauthorized: !allowInsecure },
    logger: false,
    disableAutoIdle: true,
    disableCompression: true,
    maxIdleTime: renewIdleMs,
    connectionTimeout: connectWithinMs,
    greetingTimeout: connectWithinMs,
    socketTimeout: silentForMs,
    maxLiteralSize: maxLetterBytes + 1024 * 1024,
    clientInfo: { name: 'Parley' },
  });
  // Without a listener an error between two commands would end the process; the next command rejects anyway.
  client.on('error', () => undefined);
  const close = () => client.close();
  client.once('close', () => signal?.removeEventListener('abort', close));
  signal?.addEventListener('abort', close, { once: true });
  if (signal?.aborted) close();
  try {
    await client.connect();
  } catch (error) {
    client.close();
    throw error;
  }
  return client;
}

export interface Trouble {
  /** Only a person can mend it: the login is refused, the certificate is not trusted. */
  needsPerson: boolean;
  /** A sentence: what is wrong and what to do. */
  words: string;
}

/** Says in words what is wrong with a connection to a mail server. */
export function imapTrouble(error: unknown, server: { host: string; port: number }): Trouble {
  const failure = (error ?? {}) as {
    code?: string;
    authenticationFailed?: boolean;
    responseText?: string;
    message?: string;
  };
  const place = `${server.host}:${server.port}`;
  if (failure.authenticationFailed || failure.code === 'EAUTH') {
    const said = failure.responseText ? ` It said: ${failure.responseText}` : '';
    return {
      needsPerson: true,
      words: `${place} refuses the login. Check user and password; many providers want an app password.${said}`,
    };
  }
  const known = troubles[failure.code ?? ''];
  if (known) return { needsPerson: known.needsPerson, words: known.words.replace('%s', place) };
  const said = failure.responseText ?? failure.message ?? String(error);
  return { needsPerson: false, words: `${place} does not work as it should: ${said}`.slice(0, 400) };
}

const certificate = (words: string): Trouble => ({ needsPerson: true, words });
const troubles: Record<string, Trouble> = {
  ECONNREFUSED: {
    needsPerson: false,
    words: '%s refuses the connection. Is the server running, and are host and port right?',
  },
  ENOTFOUND: { needsPerson: true, words: 'There is no server named %s. Check the host name.' },
  EAI_AGAIN: { needsPerson: false, words: 'The name of %s cannot be looked up now.' },
  ETIMEDOUT: { needsPerson: false, words: '%s does not answer.' },
  CONNECT_TIMEOUT: { needsPerson: false, words: '%s does not answer.' },
  GREEETING_TIMEOUT: { needsPerson: false, words: '%s takes the connection and says nothing.' },
  GREETING_TIMEOUT: { needsPerson: false, words: '%s takes the connection and says nothing.' },
  ECONNRESET: { needsPerson: false, words: '%s closed the connection.' },
  EHOSTUNREACH: { needsPerson: false, words: '%s cannot be reached from here.' },
  ENETUNREACH: { needsPerson: false, words: '%s cannot be reached from here.' },
  NoConnection: { needsPerson: false, words: '%s closed the connection.' },
  EConnectionClosed: { needsPerson: false, words: '%s closed the connection.' },
  ClosedAfterConnectTLS: {
    needsPerson: false,
    words: '%s closed the connection during the TLS handshake. Is it really a TLS port?',
  },
  ClosedAfterConnectText: { needsPerson: false, words: '%s closed the connection at once. Does the port want TLS?' },
  CERT_HAS_EXPIRED: certificate('The TLS certificate of %s has expired.'),
  DEPTH_ZERO_SELF_SIGNED_CERT: certificate(
    '%s shows a self-signed TLS certificate. Allow it only for a server of your own (allowInsecure).',
  ),
  SELF_SIGNED_CERT_IN_CHAIN: certificate(
    'The TLS certificate of %s is signed by nobody known. Allow it only for a server of your own.',
  ),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: certificate('The TLS certificate of %s cannot be verified.'),
  ERR_TLS_CERT_ALTNAME_INVALID: certificate('The TLS certificate of %s belongs to another name.'),
  ERR_SSL_WRONG_VERSION_NUMBER: certificate(
    '%s does not speak TLS on this port. Choose another port or switch TLS off.',
  ),
  EPROTO: certificate('%s does not speak TLS on this port. Choose another port or switch TLS off.'),
};
