import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnyLetter, readIsolated } from '../../../server/channels/email/mime/parseIsolated.ts';
import { isPlainLetter } from '../../../server/channels/email/mime/prescan.ts';
import { readLetter } from '../../../server/channels/email/mime/read.ts';
import { toInbound } from '../../../server/channels/email/toInbound.ts';
import { letterFile, plainLetter } from '../../support/letters.ts';

const names = [
  'bounce-exim',
  'broken-words',
  'calendar',
  'delay-postfix',
  'forward-attached',
  'no-html-tag',
  'rfc2231-name',
  'smime',
  'newsletter',
  'utf7',
];

describe('any bytes', () => {
  it('are read the same in a worker and here', async () => {
    for (const name of names) {
      const bytes = letterFile(name);
      const inWorker = await readIsolated(bytes);
      expect(inWorker, name).toEqual(await readAnyLetter(bytes));
      expect(inWorker).toHaveProperty('read');
    }
  });

  it('end as a letter or a reason within two seconds, whatever is done to a letter', { timeout: 120_000 }, async () => {
    const bytes = fc
      .constantFrom(...names.map(letterFile))
      .chain((original) =>
        fc
          .array(
            fc.tuple(
              fc.nat(original.length),
              fc.constantFrom('cut', 'double', 'flip', 'fill', 'insert'),
              fc.uint8Array({ maxLength: 40 }),
            ),
            { maxLength: 8 },
          )
          .map((edits) => mutate(original, edits)),
      );
    await fc.assert(
      fc.asyncProperty(bytes, async (letter) => {
        const started = performance.now();
        const outcome = await readAnyLetter(letter);
        expect('read' in outcome || outcome.quarantine.length > 0).toBe(true);
        expect(performance.now() - started).toBeLessThan(2_000);
      }),
      { numRuns: 400 },
    );
  });

  it('end so when they are no letter at all', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async (letter) => {
        expect(await readAnyLetter(letter)).toBeTypeOf('object');
      }),
      { numRuns: 200 },
    );
  });

  const head = 'From: a@example.com\r\nSubject: x\r\nMIME-Version: 1.0\r\n';
  const bombs: Record<string, () => string> = {
    'ten thousand parts': () =>
      `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(10_000)}--b--`,
    'a thousand nested parts': () =>
      `${head}${Array.from({ length: 1_000 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`).join('')}`,
    'a thousand nested letters': () => head + 'Content-Type: message/rfc822\r\n\r\n'.repeat(1_000),
    'a header of three megabytes': () => `${head}X: ${'a'.repeat(3_000_000)}\r\n\r\nx`,
    'a hundred thousand headers': () => `${head}${'X: y\r\n'.repeat(100_000)}\r\nx`,
    'a hundred thousand addresses': () => `${head}To: ${'a@example.com, '.repeat(100_000)}\r\n\r\nx`,
    'nested comments in an address': () => `${head}To: ${'('.repeat(50_000)}a@example.com\r\n\r\nx`,
    'encoded words without end': () => `${head}Subject: ${'=?utf-8?Q?'.repeat(30_000)}\r\n\r\nx`,
    'a line of two megabytes': () => `${head}\r\n${'a '.repeat(1_000_000)}`,
    'two hundred thousand open elements': () => `${head}Content-Type: text/html\r\n\r\n${'<b>'.repeat(200_000)}`,
    'elements that close what never opened': () =>
      `${head}Content-Type: text/html\r\n\r\n${'<i>'.repeat(60_000)}${'</u>'.repeat(60_000)}`,
    'attributes without end': () => `${head}Content-Type: text/html\r\n\r\n<p ${'a=b '.repeat(100_000)}>x`,
    'a hundred thousand colons': () => `${head}\r\n${'On Mon, wrote:\r\n'.repeat(100_000)}`,
    'a hundred thousand quotation marks': () =>
      `${head}\r\n${'>'.repeat(100_000)}\r\n${'> > > From: a\r\n'.repeat(20_000)}`,
    'From lines without end': () => `${head}\r\n${'From: a\r\nTo: b\r\nx\r\n'.repeat(30_000)}`,
  };
  const many = 450_000;
  // Each is small enough to be read in the process that everybody waits for.
  const waits: Record<string, () => string> = {
    'a Message-ID of blanks': () => `Message-ID: <${' '.repeat(60_000)}x\r\n${head}\r\nhello`,
    'a subject of blanks': () => `Subject: re${' '.repeat(60_000)}x\r\n\r\nhello`,
    'a date of blanks': () => `Date: x${' '.repeat(60_000)}x\r\n${head}\r\nhello`,
    'a recipient without end': () => `Delivered-To: ${'a+'.repeat(30_000)}x\r\n${head}\r\nhello`,
    'a return path of at-signs': () => `Return-Path: <${'a@'.repeat(30_000)}x\r\n\r\nhello`,
    'one line of blanks': () => `${head}\r\nx${' '.repeat(many)}x`,
    'blanks behind a verb of writing': () => `${head}\r\nOn 1.1.2020 Ann wrote${' '.repeat(many)}x`,
    'blanks in a rule': () => `${head}\r\nhello\r\n\r\n--${' '.repeat(many)}x\r\nFrom: a@b\r\nSent: x\r\nSubject: y`,
    'a rule without end': () => `${head}\r\nhello\r\n\r\n--${'-'.repeat(many)}x\r\nFrom: a@b\r\nSent: x\r\nSubject: y`,
    'words without end below a greeting': () =>
      `${head}\r\nhello\r\n\r\nBest regards\r\nAnn\r\n${'a'.repeat(many)}\r\n1`,
    'blank lines below a quotation': () =>
      `${head}\r\nOn 1.1.2020, Ann <a@b.c> wrote:\r\n> x${'\r\n'.repeat(many / 20)}> x`,
    'a bounce of blanks': () =>
      `From: MAILER-DAEMON@x.example\r\nReturn-Path: <>\r\nSubject: Undeliverable\r\n\r\n<a@b.c>: ${' '.repeat(many)}x`,
    'a tag without end in deep HTML': () =>
      `${head}Content-Type: text/html\r\n\r\n${'<div>'.repeat(410)}<${'a'.repeat(many)}x`,
    'a picture with a path of trackers': () =>
      `${head}Content-Type: text/html\r\n\r\n<img src="https://x.example/${'zendesk.com/'.repeat(many / 12)}">`,
  };
  for (const [name, build] of Object.entries(waits)) {
    it(`hold nobody up with ${name}`, async () => {
      const bytes = Buffer.from(build());
      const used = process.cpuUsage();
      const read = await readLetter(bytes);
      const message = toInbound(read, {
        externalId: '1',
        arrivedAt: new Date(),
        historical: false,
        raw: bytes,
        server: { imapHost: null, authservId: null },
        own: { addresses: new Set(['shop@shop.example']), isOwnMessageId: () => false },
        readToken: () => null,
      });
      const { user, system } = process.cpuUsage(used);
      expect(message.text).toBeTypeOf('string');
      expect((user + system) / 1000).toBeLessThan(2_000);
    });
  }

  for (const [name, build] of Object.entries(bombs)) {
    it(`end so when they are ${name}`, { timeout: 30_000 }, async () => {
      const bytes = Buffer.from(build());
      const started = performance.now();
      const outcome = await readAnyLetter(bytes);
      expect(outcome).toBeTypeOf('object');
      expect(performance.now() - started, JSON.stringify(outcome).slice(0, 100)).toBeLessThan(15_000);
    });
  }

  it('are put aside with the reason when they take too long, take too much, or are too large', {
    timeout: 30_000,
  }, async () => {
    const dear = Buffer.from(`${head}Content-Type: text/html\r\n\r\n${'<p>hello <b>you</b></p>'.repeat(300_000)}`);
    expect(isPlainLetter(dear)).toBe(false);
    expect(await readIsolated(dear, { timeoutMs: 1 })).toEqual({ quarantine: 'timed-out' });
    expect(await readIsolated(dear, { heapMb: 16 })).toEqual({ quarantine: 'out-of-memory' });
    expect(await readAnyLetter(Buffer.alloc(61 * 1024 * 1024, 'x'))).toEqual({ quarantine: 'too-large' });
    expect(await readAnyLetter(plainLetter())).toHaveProperty('read');
  });
});

function mutate(original: Uint8Array, edits: [number, string, Uint8Array][]): Uint8Array {
  let bytes = Buffer.from(original);
  for (const [at, how, extra] of edits) {
    const before = bytes.subarray(0, at);
    const after = bytes.subarray(at);
    if (how === 'cut') bytes = Buffer.concat([before, after.subarray(extra.length * 4)]);
    else if (how === 'double') bytes = Buffer.concat([before, after.subarray(0, 400), after]);
    else if (how === 'insert') bytes = Buffer.concat([before, extra, after]);
    else if (how === 'fill') bytes = Buffer.concat([before, Buffer.alloc(extra.length * 10, extra[0] ?? 0), after]);
    else if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (extra[0] ?? 0xff);
  }
  return bytes;
}
