import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLetter } from '../../../server/channels/email/mime/read.ts';
import { toInbound } from '../../../server/channels/email/toInbound.ts';

const support = new URL('../../support/mail/', import.meta.url).pathname;
const corpus = process.env.PARLEY_CORPUS;
const raw = [corpus, corpus && join(corpus, 'email')].map((one) => (one ? join(one, 'raw') : '')).find(existsSync);
/** Small enough that reading them in this process is what is measured. */
const maxBytes = 100_000;
const letters = [support, ...(raw ? [raw] : [])]
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile() && !/\.(md|ts|json)$|LICEN/i.test(one.name))
      .map((one) => readFileSync(join(one.parentPath, one.name))),
  )
  .filter((bytes) => bytes.length <= maxBytes);

const slowestMs = 2_000;
const runs = raw ? 400 : 150;

/** One wound: bytes changed, cut out, doubled, or put in from where trouble comes from. */
const wound = fc.oneof(
  fc.record({
    kind: fc.constant('change' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    with: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat(400) }),
  fc.record({
    kind: fc.constant('double' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(2_000),
  }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    text: fc.constantFrom(
      '\r\n\r\n',
      '\n',
      '\0',
      '=?',
      '?=',
      '=?utf-8?B?',
      '--',
      'boundary=',
      'Content-Type: multipart/mixed; boundary=x\r\n',
      'Content-Transfer-Encoding: base64\r\n',
      '<div>'.repeat(300),
      '<'.repeat(500),
      '&'.repeat(500),
      '>'.repeat(500),
      ' '.repeat(5_000),
      '('.repeat(2_000),
      '"'.repeat(999),
      'On 1 May 2020 Ann wrote:\n',
      'From: '.repeat(200),
      `References: ${'<a@b> '.repeat(500)}\r\n`,
    ),
  }),
);

function hurt(letter: Buffer, wounds: (typeof wound extends fc.Arbitrary<infer One> ? One : never)[]): Buffer {
  return wounds.reduce((bytes, one) => {
    const at = Math.floor(one.at * bytes.length);
    if (one.kind === 'cut') return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + one.length)]);
    if (one.kind === 'double') return Buffer.concat([bytes.subarray(0, at + one.length), bytes.subarray(at)]);
    if (one.kind === 'insert') return Buffer.concat([bytes.subarray(0, at), Buffer.from(one.text), bytes.subarray(at)]);
    return Buffer.concat([bytes.subarray(0, at), one.with, bytes.subarray(at + one.with.length)]);
  }, letter);
}

/** Reads bytes as the mailbox would; a refusal by the parser is a quarantine and no fault. Answers how long it took. */
async function tried(bytes: Uint8Array): Promise<number> {
  // Processor time of this thread: what else the machine does is no hang of ours.
  const started = process.cpuUsage();
  const read = await readLetter(bytes).catch(() => null);
  if (read !== null) {
    const message = toInbound(read, {
      externalId: '1',
      arrivedAt: new Date(0),
      historical: false,
      raw: bytes,
      server: { imapHost: null, authservId: null },
      own: { addresses: new Set(['shop@example.org']), isOwnMessageId: () => false },
      readToken: () => null,
    });
    expect(message.text.includes('\0')).toBe(false);
    expect(message.text.isWellFormed() && (message.subject ?? '').isWellFormed()).toBe(true);
    expect(message.references.length).toBeLessThan(500);
    expect(message.html ?? '').not.toMatch(/<(script|iframe|object|embed|form|meta|base|link|svg|math)[\s>]/i);
  }
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1_000;
}

describe('a letter that was mutilated', () => {
  it('is read or refused within two seconds, and never crashes', { timeout: 180_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...letters),
        fc.array(wound, { minLength: 1, maxLength: 6 }),
        async (letter, wounds) => {
          expect(await tried(hurt(letter, wounds))).toBeLessThan(slowestMs);
        },
      ),
      { numRuns: runs, interruptAfterTimeLimit: 60_000 },
    );
  });

  it('may be any bytes at all', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3_000 }), async (bytes) => {
        expect(await tried(bytes)).toBeLessThan(slowestMs);
      }),
      { numRuns: 100, interruptAfterTimeLimit: 30_000 },
    );
  });
});
