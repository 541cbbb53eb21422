import { createTransport, type Transporter } from 'nodemailer';
import type SMTPPool from 'nodemailer/lib/smtp-pool/index.js';
import { type ConnectedChannel, SendError } from '../../channel.ts';
import type { EmailConfig } from '../../schema.ts';

export type Pool = Transporter<SMTPPool.SentMessageInfo, SMTPPool.Options>;

const connectWithinMs = 30_000;
/** A server may think this long about a large letter after its last byte (RFC 5321 4.5.3.2.6 asks for ten minutes). */
const silentForMs = 5 * 60_000;
const connectionsAtOnce = 3;
/** An unused pool is closed. */
const keepForMs = 10 * 60_000;

interface Kept {
  version: string;
  pool: Pool;
  timer: NodeJS.Timeout;
}

const pools = new Map<string, Kept>();

/**
 * The pooled connections of a mailbox's SMTP server; made at first use, made anew when its settings change.
 * @throws SendError, permanent, when the mailbox has none
 */
export function poolOf(channel: ConnectedChannel<EmailConfig>): Pool {
  const { smtp, allowInsecure } = channel.config;
  if (!smtp)
    throw new SendError('This mailbox has no SMTP server to send by: add it in the settings.', {
      permanent: true,
      channelWide: true,
    });
  const version = JSON.stringify([smtp, allowInsecure]);
  const kept = pools.get(channel.id);
  if (kept?.version === version) {
    kept.timer.refresh();
    return kept.pool;
  }
  if (kept) drop(channel.id);
  const pool = makePool(channel.config);
  const timer = setTimeout(() => drop(channel.id), keepForMs);
  timer.unref();
  pools.set(channel.id, { version, pool, timer });
  return pool;
}

/** Closes the pool of a mailbox; letters under way are finished. */
function drop(channelId: string): void {
  const kept = pools.get(channelId);
  pools.delete(channelId);
  if (!kept) return;
  clearTimeout(kept.timer);
  kept.pool.close();
}

/** Closes every pool; at a stop, or a server waits for us until its own time is over. */
export function closePools(): void {
  for (const channelId of [...pools.keys()]) drop(channelId);
}

/** Connections that are not kept: for a test of the settings. The caller closes it. */
export function makePool({ smtp, allowInsecure, address }: EmailConfig): Pool {
  if (!smtp)
    throw new SendError('This mailbox has no SMTP server to send by: add it in the settings.', {
      permanent: true,
      channelWide: true,
    });
  const login = smtp.user
    ? smtp.accessToken
      ? { auth: { type: 'OAuth2' as const, user: smtp.user, accessToken: smtp.accessToken } }
      : { auth: { user: smtp.user, pass: smtp.password ?? '' } }
    : {};
  return createTransport({
    pool: true,
    host: smtp.host,
    port: smtp.port,
    secure: smtp.secure,
    requireTLS: !smtp.secure && !allowInsecure,
    tls: { rejectUnauthorized: !allowInsecure },
    ...login,
    maxConnections: connectionsAtOnce,
    maxMessages: 100,
    connectionTimeout: connectWithinMs,
    greetingTimeout: connectWithinMs,
    socketTimeout: silentForMs,
    name: address.split('@')[1] ?? 'localhost',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
