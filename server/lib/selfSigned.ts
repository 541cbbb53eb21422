import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const yearMs = 365 * 24 * 3_600_000;
const validForYears = 10;

/**
 * A key and a certificate for a name, signed by itself (X.509 v3, RFC 5280; P-256). It keeps a line from being read along; it
 * proves nobody's name.
 */
export function selfSigned(name: string, now: Date): { key: string; cert: string } {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const serial = randomBytes(16);
  // A positive number of full length: its first bit is no sign, and its first byte no zero.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const signedWith = sequence(objectId(ecdsaWithSha256));
  const subject = sequence(der(0x31, sequence(objectId(commonName), der(0x0c, Buffer.from(name.slice(0, 64))))));
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    signedWith,
    subject,
    sequence(time(new Date(now.getTime() - 24 * 3_600_000)), time(new Date(now.getTime() + validForYears * yearMs))),
    subject,
    createPublicKey(createPrivateKey(key)).export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(objectId(alternativeName), der(0x04, sequence(der(0x82, Buffer.from(name))))))),
  );
  const signature = sign('sha256', content, pair.privateKey);
  const bytes = sequence(content, signedWith, der(0x03, Buffer.from([0]), signature));
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return { key, cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n` };
}

const ecdsaWithSha256 = '2a8648ce3d040302';
const commonName = '550403';
const alternativeName = '551d11';

/** One value of DER: its tag, its length, its content. */
function der(tag: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const { length } = body;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const sequence = (...content: Uint8Array[]) => der(0x30, ...content);
const objectId = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const time = (date: Date) => der(0x18, Buffer.from(date.toISOString().replace(/[-:T]|\.\d+/g, '')));
