import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import Dkim from 'nodemailer/lib/dkim/index.js';
import { AppError } from '../../errors.ts';
import type { Dns } from '../../lib/dns.ts';
import type { EmailConfig } from '../schema.ts';

type Signing = NonNullable<EmailConfig['dkim']>;

const keyBits = 2_048;
/** RFC 8301 3.2: shorter ones are not believed. */
const leastKeyBits = 1_024;
/** RFC 6376 5.4.1, and what a letter to many must have signed (RFC 8058 4). */
const signedHeaders =
  'From:Sender:Reply-To:Subject:Date:Message-ID:To:Cc:MIME-Version:Content-Type:Content-Transfer-Encoding:In-Reply-To:References:Auto-Submitted:List-Unsubscribe:List-Unsubscribe-Post';

/**
 * The settings with what signing needs filled in: a key pair where none was given, and the DNS record that makes its
 * public half known.
 *
 * @throws AppError 422 when the given key is no RSA key that receivers believe
 */
export function withDkimKey(config: EmailConfig): EmailConfig {
  if (!config.dkim) return config;
  const { selector } = config.dkim;
  const privateKey = config.dkim.privateKey || newKey();
  const record = {
    name: `${selector}._domainkey.${domainOf(config)}`,
    value: `v=DKIM1; k=rsa; p=${publicPart(privateKey)}`,
  };
  return { ...config, dkim: { ...config.dkim, privateKey, record } };
}

/** The letter with its signature (RFC 6376) above the headers; as it is when the mailbox signs nothing. */
export async function signLetter(raw: Buffer, config: EmailConfig): Promise<Buffer> {
  if (!config.dkim?.privateKey) return raw;
  const signer = new Dkim({
    domainName: domainOf(config),
    keySelector: config.dkim.selector,
    privateKey: config.dkim.privateKey,
    headerFieldNames: signedHeaders,
  });
  const parts: Buffer[] = [];
  for await (const part of signer.sign(raw) as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

/**
 * Whether the world finds the key that the letters are signed with, as a step of a channel's test.
 */
export async function findRecord(
  { record = { name: '', value: '' } }: Signing,
  dns: Dns,
): Promise<{ name: string; ok: boolean; message: string }> {
  const step = (ok: boolean, message: string) => ({ name: 'Signing (DKIM)', ok, message });
  const publish = `Publish the TXT record ${record.name} that the settings show; until then receivers cannot check the signature`;
  try {
    const found = (await dns(record.name, 'TXT')).map((strings) => [strings].flat().join(''));
    const key = keyOf(record.value);
    if (found.some((one) => keyOf(one) === key)) return step(true, `${record.name} holds the key`);
    return step(false, found.length === 0 ? publish : `${record.name} holds another key. ${publish}`);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    return step(false, ['ENOTFOUND', 'ENODATA'].includes(code) ? publish : `The DNS did not answer (${code})`);
  }
}

const domainOf = ({ dkim, address }: EmailConfig) => (dkim?.domain ?? address.split('@').at(-1) ?? '').toLowerCase();

const keyOf = (record: string) => /(?:^|;)\s*p=([^;]*)/.exec(record)?.[1]?.replace(/\s/g, '');

function newKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: keyBits });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function publicPart(pem: string): string {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw wrongKey('This is no private key in PEM form (-----BEGIN PRIVATE KEY-----), or it needs a passphrase.');
  }
  if (key.asymmetricKeyType !== 'rsa') throw wrongKey('The key must be an RSA key.');
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < leastKeyBits)
    throw wrongKey(`The key must have at least ${leastKeyBits} bits.`);
  return createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
}

function wrongKey(message: string): AppError {
  return new AppError('invalid', 'input.invalid', 'Some of what was sent is not as it should be.', {
    errors: [{ path: 'config.dkim.privateKey', message }],
  });
}
