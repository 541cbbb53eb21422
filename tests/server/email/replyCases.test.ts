import { expect, it } from 'vitest';
import { splitReply } from '../../../server/channels/email/reply/reply.ts';

/** A body, and what of it the person wrote. */
const cases: [string, string][] = [
  ['Ok\n\n2014-10-17 18:38 GMT+03:00 Jeff <jeff@example.com>:\n\n> hello\n', 'Ok'],
  [
    'Ok\n\n-------- Original message --------From: Ann <a@b.example>Date: 03/04/2012 16:19 (GMT+01:00)To: x@y.exampleSubject: Hi\nhello',
    'Ok',
  ],
  ['Ok\n\nSent from my iPhone, please excuse typos.', 'Ok'],
  ['Ok\n\nSent from my BlackBerry® wireless device', 'Ok'],
  [
    '好的\n\n------------------ 原始邮件 ------------------\n发件人: "Ann"<a@b.example>;\n发送时间: 2015年3月3日(星期二) 下午3:12\n收件人: "B"<b@b.example>;\n主题: x\n\n你好',
    '好的',
  ],
  ['Le voici\n\nLe mer. 3 avr. 2024 à 16:19,\nAnn <a@b.example> a\nécrit :\n\n> x', 'Le voici'],
  [
    'Ок\n\n----------------\nКому: shop (shop@x.example);\nТема: заказ;\n03.04.2024, 16:19, "Ann" <a@b.example>:\n\nПривет',
    'Ок',
  ],
  [
    'Ok\n\nGesendet: Mittwoch, 03. April 2024 um 16:19 Uhr\nVon: "Ann" <a@b.example>\nAn: b@b.example\nBetreff: x\nHallo',
    'Ok',
  ],
  ['Ok\n\nAnn Lee schrieb:\n> Hallo', 'Ok'],
  ['Ok\n\nQuoting Ann <a@b.example>:\n\n> Hallo', 'Ok'],
  [
    'Thanks!\n\n***\n\nCONFIDENTIALITY NOTICE: This e-mail is confidential and intended only for the addressee.',
    'Thanks!',
  ],
  ['了解です。\n\n> 2024/04/03 16:19、Ann <a@b.example>のメール:\n> \n> こんにちは', '了解です。'],
  ['네\n\n2024년 4월 3일 (수) 오후 4:19에 Ann <a@b.example>님이 작성:\n\n> 안녕', '네'],
  ['ممنون\n\nدر چهارشنبه ۱۵ فروردین ۱۴۰۳ ساعت ۱۶:۱۹، Ann <a@b.example> نوشت:\n\nسلام', 'ممنون'],
];

for (const [body, wanted] of cases) {
  it(`is told apart: ${JSON.stringify(body.slice(0, 60))}`, () => {
    expect(splitReply({ text: body, html: null, subject: 'Re: x' }).text).toBe(wanted);
  });
}

/** What a person wrote that only looks like a mail program's work. */
for (const body of [
  'Hello,\n\nplease call me on 01/02/2024 at 10:00, I wrote:\n- one\n- two',
  'I want to travel\nFrom: Berlin\nTo: Paris\nDate: 3 May\n\nHow much?',
  'Two options:\n--------\nA: red\nB: blue\n--------\nWhich one?',
  'My address:\nAnn Lee\nMain Street 1\nTo: be delivered on Monday',
  'On Monday I wrote to you:\nno answer came.',
]) {
  it(`is kept whole: ${JSON.stringify(body.slice(0, 60))}`, () => {
    expect(splitReply({ text: body, html: null, subject: null })).toMatchObject({ text: body, rest: null });
  });
}
