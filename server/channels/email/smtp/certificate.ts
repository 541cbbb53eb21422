import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../../lib/folder.ts';
import { selfSigned } from '../../../lib/selfSigned.ts';

export interface Certificate {
  key: string;
  cert: string;
}

/** Paths of PEM files that somebody renews; read again whenever asked. */
export interface CertificateFiles {
  cert: string;
  key: string;
}

/**
 * What the receiver shows for STARTTLS: the files that are set, else a self-made one that is kept in `dir`. Mail servers of the
 * internet take any (RFC 7435).
 *
 * @throws the system's error when a file that is set cannot be read
 */
export function receiverCertificate(
  files: CertificateFiles | undefined,
  { dir, name, now }: { dir: string; name: string; now: Date },
): Certificate {
  if (files !== undefined) return { key: readFileSync(files.key, 'utf8'), cert: readFileSync(files.cert, 'utf8') };
  const path = (part: string) => join(dir, `smtp-${part}.pem`);
  try {
    const kept = { key: readFileSync(path('key'), 'utf8'), cert: readFileSync(path('cert'), 'utf8') };
    const { validTo, subjectAltName } = new X509Certificate(kept.cert);
    if (subjectAltName === `DNS:${name}` && Date.parse(validTo) > now.getTime()) return kept;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const made = selfSigned(name, now);
  makeFolder(dir);
  writeFileSync(path('key'), made.key, { mode: 0o600 });
  writeFileSync(path('cert'), made.cert);
  return made;
}
