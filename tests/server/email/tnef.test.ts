import fc from 'fast-check';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { describe, expect, it } from 'vitest';
import { parseLetter } from '../../../server/channels/email/mime/parse.ts';
import { isPlainLetter } from '../../../server/channels/email/mime/prescan.ts';
import { unpackRtf } from '../../../server/channels/email/tnef/compressedRtf.ts';
import { Allowance } from '../../../server/channels/email/tnef/properties.ts';
import { readTnef } from '../../../server/channels/email/tnef/read.ts';
import { readRtf } from '../../../server/channels/email/tnef/rtf.ts';
import { attribute, makeTnef, packRtf } from '../../support/tnef.ts';

const fromHtml = String.raw`{\rtf1\ansi\ansicpg1251\fromhtml1 \deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}}
{\*\htmltag19 <html>}{\*\htmltag50 <body>}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0
Where is {\*\htmltag84 <b>}\htmlrtf {\b \htmlrtf0 my\htmlrtf }\htmlrtf0 {\*\htmltag92 </b>} order {\*\htmltag84 &lt;}\htmlrtf <\htmlrtf0 7{\f1 \'c7\'e0\'ea\'e0\'e7} \u8364?\{{\*\htmltag4 <img src="cid:logo@1">}\htmlrtf\par}\htmlrtf0
{\*\htmltag72 </p>}{\*\htmltag58 </body>}{\*\htmltag27 </html>}}`;
const html = '<html><body><p>Where is <b>my</b> order &lt;7Заказ €{<img src="cid:logo@1"></p></body></html>';

const pdf = new Uint8Array(Buffer.from('%PDF-1.4 invoice'));
const packed = makeTnef({
  properties: [[0x1009, packRtf(fromHtml)]],
  files: [
    { title: 'INVOIC~1.PDF', data: pdf, properties: [[0x3707, 'Rechnung März.pdf']] },
    {
      title: 'logo.png',
      data: new Uint8Array(Buffer.from('png')),
      properties: [
        [0x370e, 'image/png'],
        [0x3712, 'logo@1'],
      ],
    },
  ],
});

const letterOf = (content: Uint8Array, more: { text?: string; html?: string; type?: string } = {}) =>
  new MailComposer({
    from: 'ann@client.example',
    to: 'shop@shop.example',
    ...(more.text ? { text: more.text } : {}),
    ...(more.html ? { html: more.html } : {}),
    attachments: [
      { filename: 'winmail.dat', contentType: more.type ?? 'application/ms-tnef', content: Buffer.from(content) },
    ],
  })
    .compile()
    .build();
const letterWith = async (...args: Parameters<typeof letterOf>) => parseLetter(await letterOf(...args));

describe('what Outlook packs into winmail.dat', () => {
  it('stands as the attachments and the HTML of the letter, with winmail.dat itself beside them', async () => {
    for (const type of ['application/ms-tnef', 'application/vnd.ms-tnef', 'application/octet-stream']) {
      const letter = await letterWith(packed, { text: 'Where is my order', type });
      expect(letter.text?.trim()).toBe('Where is my order');
      expect(letter.html).toBe(html);
      expect(letter.attachments).toMatchObject([
        { name: 'Rechnung März.pdf', type: 'application/pdf', content: pdf, inline: false },
        { name: 'logo.png', type: 'image/png', contentId: 'logo@1', inline: true },
        { name: 'winmail.dat', content: new Uint8Array(packed) },
      ]);
    }
  });

  it('is the whole letter where nothing else is in it', async () => {
    const letter = await letterWith(makeTnef({ body: 'Grüße\r\naus Köln' }));
    expect(letter).toMatchObject({ text: 'Grüße\r\naus Köln', html: null });
  });

  it('takes nothing from what the writer wrote as HTML', async () => {
    expect((await letterWith(packed, { text: 'Mine', html: '<p>Mine</p>' })).html?.trim()).toBe('<p>Mine</p>');
  });

  it('may hold a letter with files of its own', () => {
    const object = Buffer.concat([
      Buffer.alloc(16),
      makeTnef({ body: 'The forwarded one', files: [{ title: 'a.txt', data: pdf }] }),
    ]);
    const own = makeTnef({ files: [{ title: 'Re: Order', properties: [[0x3701, new Uint8Array(object)]] }] });
    // Outlook marks a packed letter as an object; the type stands in the last list.
    const at = Buffer.from(own).indexOf(Buffer.from([0x02, 0x01, 0x01, 0x37]));
    own[at] = 0x0d;
    own[at + 1] = 0x00;
    const files = readTnef(own)?.files.map(({ name, content }) => [name, Buffer.from(content).toString()]);
    expect(files).toEqual([
      ['Re: Order.txt', 'The forwarded one'],
      ['a.txt', '%PDF-1.4 invoice'],
    ]);
  });

  it('is kept as it is when it is none', async () => {
    const letter = await letterWith(Buffer.from('no TNEF at all'), { text: 'Hi' });
    expect(letter.attachments.map((one) => one.name)).toEqual(['winmail.dat']);
  });

  it('gives what stands before the place where it was cut', () => {
    expect(readTnef(packed.subarray(0, packed.length - 60))?.files[0]).toMatchObject({ name: 'Rechnung März.pdf' });
  });
});

describe('RTF', () => {
  it('unpacks what repeats, and the beginning that every stream knows', () => {
    // The two examples of MS-OXRTFCP 3.
    for (const [packed, meant] of [
      [
        '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0',
        '{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n',
      ],
      ['1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0', '{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}'],
    ] as const) {
      const text = unpackRtf(new Uint8Array(Buffer.from(packed, 'hex')), 1_000);
      expect(Buffer.from(text ?? []).toString('latin1')).toBe(meant);
    }
  });
  it('without HTML in it gives its words', () => {
    const text = String.raw`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\colortbl;\red0\green0\blue0;}{\*\generator x;}\pard\f0 Hall\'f6chen\par Preis:\tab 5 \u8364?\par{\pict\bin3 abc}{\field{\*\fldinst HYPERLINK "http://x.example"}{\fldrslt here}}\par}`;
    expect(readRtf(Buffer.from(text, 'latin1'))).toEqual({ text: 'Hallöchen\nPreis:\t5 €\nhere' });
  });
});

describe('mutilated TNEF', () => {
  it('never throws, never hangs, and makes nothing larger than itself by much', { timeout: 60_000 }, () => {
    const rtf = Buffer.from(fromHtml, 'latin1');
    fc.assert(
      fc.property(
        fc.array(fc.record({ at: fc.nat(packed.length - 1), byte: fc.nat(255) }), { maxLength: 12 }),
        fc.nat(packed.length),
        fc.uint8Array({ maxLength: 400 }),
        (changes, end, tail) => {
          const bytes = new Uint8Array(Buffer.concat([packed.subarray(0, end), tail, packed.subarray(end)]));
          for (const { at, byte } of changes) bytes[Math.max(at, 4)] = byte;
          const read = readTnef(bytes);
          const size = (read?.files ?? []).reduce((sum, one) => sum + one.content.length, 0);
          expect(size).toBeLessThanOrEqual(bytes.length * 3);
          readRtf(Buffer.concat([rtf.subarray(0, end), tail]));
          unpackRtf(tail, 1_000);
        },
      ),
      { numRuns: 500, interruptAfterTimeLimit: 30_000 },
    );
  });
  it('is no bomb: groups a million deep, a body that unpacks to more than is looked at', () => {
    expect(readRtf(Buffer.from(`${'{'.repeat(1_000_000)}x${'}'.repeat(1_000_000)}y`))).toEqual({ text: 'y' });
    const header = Buffer.alloc(16);
    header.writeUInt32LE(0xffffffff, 0);
    header.writeUInt32LE(0xffffffff, 4);
    header.writeUInt32LE(0x75465a4c, 8);
    const bomb = Buffer.concat([header, Buffer.alloc(4_000_000, 0xff)]);
    expect(unpackRtf(bomb, 100_000)?.length).toBeLessThanOrEqual(100_000);
  });
  it('is no bomb: values without bytes, ten thousand a property, in one block or in many', async () => {
    const blocks = (times: number) =>
      Buffer.concat([start, ...Array.from({ length: times }, () => emptyValues(4_000))]);
    for (const times of [1, 2, 50]) {
      const allowance = new Allowance();
      const before = allowance.left;
      expect(readTnef(blocks(times), allowance)).toEqual({ text: null, html: null, files: [] });
      // The attributes themselves, and the one property that ends the list.
      expect(before - allowance.left).toBe(times + 1);
    }
    const raw = await letterOf(blocks(1), { text: 'Hello' });
    expect(isPlainLetter(raw)).toBe(false);
    const letter = await parseLetter(raw);
    expect(letter.text?.trim()).toBe('Hello');
    expect(letter.attachments.map((one) => one.name)).toEqual(['winmail.dat']);
  });
  it('costs no more than one letter may, however many blocks, files and packed letters share it', async () => {
    const inner = makeTnef({ properties: Array.from({ length: 300 }, (_, i) => [0x6000 + i, new Uint8Array(4)]) });
    const files = Array.from({ length: 20 }, () => ({
      title: 'x',
      properties: [[0x3701, Uint8Array.from(inner)] as [number, Uint8Array]],
    }));
    const allowance = new Allowance(1_000);
    expect(readTnef(makeTnef({ body: 'Hello', files }), allowance)?.text).toBe('Hello');
    expect(allowance.left).toBe(0);
    expect(readTnef(makeTnef({ body: 'Not any more' }), allowance)).toEqual({ text: null, html: null, files: [] });
  });
  it('stays within what is allowed whatever its blocks say and however they repeat', () => {
    const property = fc.record({
      type: fc.constantFrom(0, 1, 2, 3, 0x1e, 0x1f, 0x102, 0x0d, 0x1000, 0x1001, 0x1002, 0x101e, 0x1102, 0x7777),
      count: fc.constantFrom(0, 1, 3, 9_999, 10_000, 0xffffffff),
      tail: fc.uint8Array({ maxLength: 24 }),
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(property, { maxLength: 20 }), { maxLength: 10 }),
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom(0x69003, 0x69005),
        (lists, times, id) => {
          const some = lists.map((one) => attribute(id === 0x69003 ? 1 : 2, id, block(one)));
          const file = attribute(2, 0x69002, Buffer.alloc(14));
          const bytes = Buffer.concat([start, file, ...Array.from({ length: times }, () => some).flat()]);
          const allowance = new Allowance();
          const before = allowance.left;
          expect(readTnef(bytes, allowance)).not.toBeNull();
          // A step takes two bytes at least; what repeats is read once.
          expect(before - allowance.left).toBeLessThanOrEqual(bytes.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});

const start = Buffer.from([0x78, 0x9f, 0x3e, 0x22, 1, 0]);

function block(properties: { type: number; count: number; tail: Uint8Array }[]): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(properties.length);
  return Buffer.concat([
    head,
    ...properties.map(({ type, count, tail }, index) => {
      const bytes = Buffer.alloc(8);
      bytes.writeUInt16LE(type, 0);
      bytes.writeUInt16LE(0x6000 + index, 2);
      bytes.writeUInt32LE(count, 4);
      return Buffer.concat([bytes, tail]);
    }),
  ]);
}

/** A block of properties of the type that has no bytes (PT_UNSPECIFIED), each of ten thousand values. */
function emptyValues(count: number): Buffer {
  const one = { type: 0x1000, count: 10_000, tail: new Uint8Array() };
  return attribute(1, 0x69003, block(Array.from({ length: count }, () => one)));
}
