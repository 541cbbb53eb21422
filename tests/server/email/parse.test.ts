import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../server/channels/email/mime/charset.ts';
import { parseLetter } from '../../../server/channels/email/mime/parse.ts';
import { decodeWords } from '../../../server/channels/email/mime/words.ts';
import { letterFile, plainLetter } from '../../support/letters.ts';

const read = (name: string) => parseLetter(letterFile(name));

describe('a letter', () => {
  it('is read by what its bytes say when the charset is declared wrong', async () => {
    const letter = await read('gb18030-declared-latin1');
    expect(letter.subject).toBe('订单咨询');
    expect(letter.text?.trim()).toBe('您好，请问这个手机还有货吗？谢谢！我们想要两台。');
  });
  it('is read without any declaration', async () => {
    expect((await read('iso-2022-jp-undeclared')).text?.trim()).toBe('こんにちは。注文した商品はいつ届きますか。');
    expect((await read('koi8-r-wrong-windows-1251')).text?.trim()).toBe(
      'Здравствуйте, подскажите пожалуйста, когда будет доставлен мой заказ?',
    );
  });
  it('is read from UTF-7', async () => {
    expect((await read('utf7')).text?.trim()).toBe('Grüße aus Köln + 3 €');
  });
  it('has a subject however its words are broken', async () => {
    expect((await read('broken-words')).subject).toBe('Größe für die Hülle ?? und mehrcafé');
  });
  it('names its attachments by RFC 2231', async () => {
    expect((await read('rfc2231-name')).attachments).toMatchObject([
      { name: 'Rechnung für März.pdf', type: 'application/pdf' },
    ]);
  });
  it('may be empty, or a file alone', async () => {
    expect(await read('empty')).toMatchObject({ subject: null, attachments: [] });
    expect(await read('attachment-only')).toMatchObject({ text: null, attachments: [{ name: 'scan 1.pdf' }] });
  });
  it('may be encrypted, and says so', async () => {
    expect(await read('smime')).toMatchObject({ secured: 'smimeEncrypted', attachments: [{ name: 'smime.p7m' }] });
  });
  it('shows its pictures in place', async () => {
    const letter = await read('no-html-tag');
    expect(letter.html).toContain('cid:pic1@example.com');
    expect(letter.attachments).toMatchObject([{ contentId: 'pic1@example.com', inline: true }]);
  });
  it('shows a letter inside it below its own words', async () => {
    const letter = await read('forward-attached');
    expect(letter.text).toContain('Please see the letter below.');
    expect(letter.text).toContain('From: Bob <bob@example.net>');
    expect(letter.text).toContain('The screen is broken.');
  });
  it('has no Message-ID when that is missing or empty', async () => {
    for (const messageId of [null, '', '<>', '< >', '<@>']) {
      expect((await parseLetter(plainLetter({ messageId }))).messageId).toBeNull();
    }
    expect((await parseLetter(plainLetter({ messageId: 'bare@id' }))).messageId).toBe('<bare@id>');
  });
  it('names the newest of thousands of references', async () => {
    const ids = Array.from({ length: 3_000 }, (_, i) => `<${i}@x>`);
    const letter = await parseLetter(plainLetter({ headers: `References: ${ids.join('\r\n ')}\r\n` }));
    expect(letter.references).toHaveLength(200);
    expect(letter.references[0]).toBe('<2999@x>');
  });
});

describe('text in bytes', () => {
  const samples: [string, string, Buffer][] = [
    ['shift_jis', 'こんにちは、元気ですか。', Buffer.from('82b182f182c982bf82cd81418cb38b4382c582b782a98142', 'hex')],
    ['euc-kr', '안녕하세요 주문', Buffer.from('bec8b3e7c7cfbcbcbfe420c1d6b9ae', 'hex')],
    ['big5', '您好，請問有貨嗎', Buffer.from('b17aa66ea141bdd0b0ddA6b3b366b6dc', 'hex')],
    [
      'windows-1251',
      'Здравствуйте, где мой заказ',
      Buffer.from('c7e4f0e0e2f1f2e2f3e9f2e52c20e3e4e520eceee920e7e0eae0e7', 'hex'),
    ],
    ['windows-1252', 'Grüße für Zoë', Buffer.from('4772fcdf652066fc72205a6feb', 'hex')],
  ];
  for (const [charset, text, bytes] of samples) {
    it(`is ${charset} when declared so, and without a declaration`, () => {
      expect(decodeText(bytes, charset)).toBe(text);
      expect(decodeText(bytes)).toBe(text);
    });
  }
  it('is UTF-8 whatever Latin label it carries', () => {
    expect(decodeText(Buffer.from('Grüße'), 'iso-8859-1')).toBe('Grüße');
    expect(decodeText(Buffer.from('Grüße'), 'us-ascii')).toBe('Grüße');
    expect(decodeText(Buffer.from('Grüße'), 'x-never-heard-of')).toBe('Grüße');
  });
  it('is HZ and ISO-2022-KR in seven bits', () => {
    expect(decodeText(Buffer.from('~{VPND~} ok'), 'hz-gb-2312')).toBe('中文 ok');
    expect(decodeText(Buffer.from('\x1b$)C\x0e>H3g\x0f ok', 'latin1'), 'iso-2022-kr')).toBe('안녕 ok');
  });
});

describe('an encoded word', () => {
  for (const [written, meant] of [
    ['=?utf-8?q?a_b=C3=A4?=', 'a bä'],
    ['=?UTF-8?B?w6Q?= =?UTF-8?B?w7Y?=', 'äö'],
    ['"=?iso-8859-1?Q?Andr=E9?=" <a@b>', '"André" <a@b>'],
    ['=?utf-8?Q?what is this?=', 'what is this'],
    ['=?gb2312?B?1tDOxA==?=', '中文'],
    ['=?koi8-r?B?8NLJ18XU?=', 'Привет'],
    ['=?utf-8*en?Q?x?= tail', 'x tail'],
    ['=?utf-8?X?x?=', '=?utf-8?X?x?='],
    ['=?utf-8?Q?open', '=?utf-8?Q?open'],
  ] as const) {
    it(`${written} is ${meant}`, () => expect(decodeWords(written)).toBe(meant));
  }
});
