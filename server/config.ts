import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { z } from 'zod';
import { makeFolder } from './lib/folder.ts';
import { trustedProxies } from './lib/proxies.ts';

/** Everything the environment may set; the table is in README. */
export interface Config {
  port: number;
  host: string;
  /** Without a trailing slash. */
  publicUrl: string;
  dataDir: string;
  /** Undefined: the embedded PostgreSQL under dataDir. */
  databaseUrl: string | undefined;
  s3Url: string | undefined;
  openai: { baseUrl: string; apiKey: string; model: string; embeddingModel: string | undefined } | undefined;
  telegramApiRoot: string;
  roles: Set<ProcessRole>;
  secret: string;
  /** It was made just now and is nowhere yet: `keepSecret` writes it once the start is sure of itself. */
  secretIsNew: boolean;
  admin: { email: string; password: string } | undefined;
  logLevel: string;
  /** Test clock and `now` are accepted. */
  test: boolean;
  /** Whether a peer at that address may say in X-Forwarded-For whom it speaks for. */
  trustsProxy(address: string): boolean;
  /** Built-in SMTP receiver, when set. */
  smtpPort: number | undefined;
  smtpHost: string;
  /** PEM files of its certificate; undefined: a self-made one. */
  smtpCertificate: { cert: string; key: string } | undefined;
  /** Whether a peer at that address is a mail server of the shop's own, which is not checked as a stranger is. */
  isSmtpRelay(address: string): boolean;
}

export const processRoles = ['web', 'channels', 'jobs'] as const;
export type ProcessRole = (typeof processRoles)[number];

/** A wrong or contradictory setting: one plain sentence that names it. */
export class ConfigError extends Error {}

const optional = (value: unknown) => (value === '' ? undefined : value);
const text = z.preprocess(optional, z.string().optional());
const port = z.preprocess(
  optional,
  z.coerce
    .number('must be a port number')
    .int('must be a port number')
    .min(0, 'must be a port number')
    .max(65535, 'must be a port number')
    .optional(),
);
const url = z.preprocess(
  optional,
  z.url({ protocol: /^https?$/, error: 'must be a URL that begins with http:// or https://' }).optional(),
);

const environment = z.object({
  PORT: port,
  HOST: text,
  PUBLIC_URL: url,
  DATA_DIR: text,
  DATABASE_URL: z.preprocess(
    optional,
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://')
      .refine((value) => URL.canParse(value), 'is not a URL as postgresql://user:password@host:5432/database is')
      .optional(),
  ),
  S3_URL: url,
  OPENAI_BASE_URL: url,
  OPENAI_API_KEY: text,
  OPENAI_MODEL: text,
  OPENAI_EMBEDDING_MODEL: text,
  TELEGRAM_API_ROOT: url,
  // Empty is no way to say all of them.
  PARLEY_ROLES: z.string().optional(),
  PARLEY_SECRET: z.preprocess(optional, z.string().min(16, 'must have at least 16 characters').optional()),
  PARLEY_ADMIN_EMAIL: z.preprocess(optional, z.email('must be an e-mail address').optional()),
  PARLEY_ADMIN_PASSWORD: z.preprocess(
    optional,
    z.string().min(10, 'must have at least 10 characters').max(200, 'must have at most 200 characters').optional(),
  ),
  PARLEY_TEST: z.preprocess(optional, z.enum(['0', '1'], 'must be 0 or 1').optional()),
  PARLEY_TRUSTED_PROXIES: text,
  PARLEY_SMTP_PORT: port,
  PARLEY_SMTP_HOST: text,
  PARLEY_SMTP_CERT: text,
  PARLEY_SMTP_KEY: text,
  PARLEY_SMTP_RELAYS: text,
  LOG_LEVEL: z.preprocess(
    optional,
    z
      .enum(
        ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
        'must be one of fatal, error, warn, info, debug, trace, silent',
      )
      .optional(),
  ),
});

const secretive = /SECRET|PASSWORD|KEY|DATABASE_URL|S3_URL/;
const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/**
 * Reads the environment; the only place that does.
 * @throws ConfigError with one sentence that names the setting.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0]);
    // What may hold a password is not put on a screen or into a log.
    const shown = secretive.test(name) ? '' : `; it is ${JSON.stringify(env[name])}`;
    throw new ConfigError(`${name} ${issue?.message}${shown}.`);
  }
  const set = parsed.data;
  const listenPort = set.PORT ?? 3000;
  const host = set.HOST ?? '127.0.0.1';
  const test = set.PARLEY_TEST === '1';
  if (test && !loopback.has(host))
    throw new ConfigError(`PARLEY_TEST=1 is refused on HOST=${host}: it works only on a loopback address.`);
  if ((set.PARLEY_ADMIN_EMAIL === undefined) !== (set.PARLEY_ADMIN_PASSWORD === undefined)) {
    throw new ConfigError('PARLEY_ADMIN_EMAIL and PARLEY_ADMIN_PASSWORD go together; one of them is not set.');
  }
  if (set.OPENAI_BASE_URL !== undefined && set.OPENAI_MODEL === undefined) {
    throw new ConfigError('OPENAI_BASE_URL is set but OPENAI_MODEL is not; name the model to use.');
  }
  if (set.OPENAI_BASE_URL === undefined && (set.OPENAI_MODEL ?? set.OPENAI_EMBEDDING_MODEL) !== undefined) {
    throw new ConfigError('OPENAI_MODEL is set but OPENAI_BASE_URL is not; name the server that has the model.');
  }
  if (set.PARLEY_SMTP_PORT !== undefined && set.PARLEY_SMTP_PORT !== 0 && set.PARLEY_SMTP_PORT === listenPort) {
    throw new ConfigError(`PARLEY_SMTP_PORT and PORT are both ${listenPort}; letters need a port of their own.`);
  }
  checkPublicUrl(set.PUBLIC_URL);
  checkS3Url(set.S3_URL);
  const trustsProxy = readNetworks('PARLEY_TRUSTED_PROXIES', set.PARLEY_TRUSTED_PROXIES ?? 'loopback');
  const dataDir = resolve(set.DATA_DIR ?? 'data');
  const known = set.PARLEY_SECRET ?? keptSecret(dataDir);
  return {
    port: listenPort,
    host,
    publicUrl: (set.PUBLIC_URL ?? `http://localhost:${listenPort}`).replace(/\/+$/, ''),
    dataDir,
    databaseUrl: set.DATABASE_URL,
    s3Url: set.S3_URL,
    openai:
      set.OPENAI_BASE_URL === undefined
        ? undefined
        : {
            baseUrl: set.OPENAI_BASE_URL,
            apiKey: set.OPENAI_API_KEY ?? 'none',
            model: set.OPENAI_MODEL ?? '',
            embeddingModel: set.OPENAI_EMBEDDING_MODEL,
          },
    telegramApiRoot: (set.TELEGRAM_API_ROOT ?? 'https://api.telegram.org').replace(/\/+$/, ''),
    roles: readRoles(set.PARLEY_ROLES),
    secret: known ?? randomBytes(32).toString('base64url'),
    secretIsNew: known === undefined,
    admin:
      set.PARLEY_ADMIN_EMAIL === undefined
        ? undefined
        : { email: set.PARLEY_ADMIN_EMAIL, password: set.PARLEY_ADMIN_PASSWORD ?? '' },
    logLevel: set.LOG_LEVEL ?? 'warn',
    test,
    trustsProxy,
    smtpPort: set.PARLEY_SMTP_PORT,
    smtpHost: set.PARLEY_SMTP_HOST ?? host,
    smtpCertificate: readSmtpCertificate(set.PARLEY_SMTP_CERT, set.PARLEY_SMTP_KEY),
    isSmtpRelay: readNetworks('PARLEY_SMTP_RELAYS', set.PARLEY_SMTP_RELAYS ?? 'loopback,uniquelocal'),
  };
}

/**
 * Keeps a secret that was made just now under DATA_DIR, readable by its owner only; returns the one that is kept there.
 * @throws ConfigError with one sentence
 */
export function keepSecret({ dataDir, secret, secretIsNew }: Config): string {
  if (!secretIsNew) return secret;
  try {
    makeFolder(dataDir);
    writeFileSync(secretFile(dataDir), `${secret}\n`, { mode: 0o600, flag: 'wx' });
    return secret;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // Another process on the same folder was faster.
    if (code === 'EEXIST') return keptSecret(dataDir) ?? secret;
    if (code === 'ENOSPC') throw new ConfigError(`The disk of DATA_DIR ${dataDir} is full.`);
    throw new ConfigError(`DATA_DIR ${dataDir} cannot be written: ${message}.`);
  }
}

/** Screens, links and the widget are served from the root of an origin. */
function checkPublicUrl(value: string | undefined): void {
  if (value === undefined) return;
  const { pathname, search, hash, username } = new URL(value);
  if (pathname !== '/' || search !== '' || hash !== '' || username !== '')
    throw new ConfigError(
      `PUBLIC_URL must be an address without a path, such as https://parley.your-shop.example; it is ${JSON.stringify(value)}.`,
    );
}

function checkS3Url(value: string | undefined): void {
  if (value === undefined) return;
  const { pathname, username, password } = new URL(value);
  if (pathname.split('/').filter(Boolean).length !== 1 || username === '' || password === '')
    throw new ConfigError('S3_URL must name key, secret and bucket: https://KEY:SECRET@host/bucket?region=eu-west-1.');
}

function readNetworks(setting: string, value: string): (address: string) => boolean {
  const names = value.split(',').map((name) => name.trim());
  try {
    return trustedProxies(names.filter((name) => name !== '' && name !== 'none'));
  } catch {
    throw new ConfigError(
      `${setting} must list addresses, networks such as 10.0.0.0/8, or loopback; it is ${JSON.stringify(value)}.`,
    );
  }
}

/** Read here once, so that a wrong path is told at the start. */
function readSmtpCertificate(cert: string | undefined, key: string | undefined): Config['smtpCertificate'] {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined)
    throw new ConfigError('PARLEY_SMTP_CERT and PARLEY_SMTP_KEY go together; one of them is not set.');
  try {
    createSecureContext({ cert: readFileSync(cert), key: readFileSync(key) });
  } catch (error) {
    throw new ConfigError(
      `The certificate of PARLEY_SMTP_CERT and PARLEY_SMTP_KEY cannot be used: ${(error as Error).message}.`,
    );
  }
  return { cert, key };
}

function readRoles(value: string | undefined): Set<ProcessRole> {
  if (value === undefined) return new Set(processRoles);
  const names = value.split(',').flatMap((name) => name.trim() || []);
  if (names.length === 0)
    throw new ConfigError('PARLEY_ROLES names no role; name some of web, channels and jobs, or unset it for all.');
  const wrong = names.find((name) => !(processRoles as readonly string[]).includes(name));
  if (wrong !== undefined)
    throw new ConfigError(`PARLEY_ROLES names ${JSON.stringify(wrong)}; the roles are web, channels and jobs.`);
  return new Set(names as ProcessRole[]);
}

/** What an earlier start kept; undefined when there was none. */
function keptSecret(dataDir: string): string | undefined {
  try {
    return readFileSync(secretFile(dataDir), 'utf8').trim();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new ConfigError(`The secret in DATA_DIR ${dataDir} cannot be read: ${message}.`);
  }
}

const secretFile = (dataDir: string) => join(dataDir, 'secret');
