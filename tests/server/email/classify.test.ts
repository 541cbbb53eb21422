import { describe, expect, it } from 'vitest';
import { classify } from '../../../server/channels/email/kind/classify.ts';
import { parseLetter } from '../../../server/channels/email/mime/parse.ts';
import { letterFile, plainLetter } from '../../support/letters.ts';

const own = { addresses: new Set(['shop@example.org']), isOwnMessageId: (id: string) => id === '<ours@parley>' };
const kindOf = async (bytes: Uint8Array) => classify(await parseLetter(bytes), own);

describe('what a letter is', () => {
  it('a bounce in words names the address, the code and our letter', async () => {
    expect(await kindOf(letterFile('bounce-exim'))).toEqual({
      classification: 'bounce',
      detail: {
        why: 'x-failed-recipients',
        originalMessageId: '<delivery-1@parley.example.org>',
        bounces: [
          { address: 'nobody@example.net', status: '5.1.1', replyCode: '550', reason: 'userunknown', hard: true },
        ],
      },
    });
  });
  it('a delay is no bounce', async () => {
    expect(await kindOf(letterFile('delay-postfix'))).toEqual({
      classification: 'delay',
      detail: { why: 'dsn-delayed', originalMessageId: '<delivery-2@parley.example.org>' },
    });
  });
  it('an invitation is for the calendar', async () => {
    expect((await kindOf(letterFile('calendar'))).classification).toBe('calendar');
  });
  it('a newsletter is bulk', async () => {
    expect(await kindOf(letterFile('newsletter'))).toMatchObject({
      classification: 'bulk',
      detail: { why: 'list-unsubscribe' },
    });
  });
  it('our own letter come back is a loop', async () => {
    expect(await kindOf(plainLetter({ messageId: '<ours@parley>' }))).toMatchObject({ classification: 'loop' });
  });
  for (const headers of [
    'Auto-Submitted: auto-replied\r\n',
    'Auto-Submitted: auto-replied (vacation)\r\n',
    'X-Autoreply: yes\r\n',
    'Precedence: auto_reply\r\n',
    'X-Autorespond: Re: hi\r\n',
  ]) {
    it(`an automatic answer is one by its headers: ${headers.trim()}`, async () => {
      expect((await kindOf(plainLetter({ headers }))).classification).toBe('autoReply');
    });
  }
  for (const subject of [
    'Automatic reply: Your order',
    'Out of Office: Re: order',
    'Automatische Antwort: Bestellung',
    'Abwesenheitsnotiz: bis 5. Mai',
    'Réponse automatique : commande',
    'Respuesta automática: pedido',
    'Risposta automatica: ordine',
    'Resposta automática: pedido',
    'Automatisch antwoord: bestelling',
    'Autosvar: order',
    'Automaattinen vastaus: tilaus',
    'Automatyczna odpowiedź: zamówienie',
    'Automatická odpověď: objednávka',
    'Răspuns automat: comandă',
    'Автоматический ответ: заказ',
    'Автоматична відповідь: замовлення',
    'Otomatik Yanıt: sipariş',
    'پاسخ خودکار: سفارش',
    'رد تلقائي: الطلب',
    '자동 회신: 주문',
    '自動応答: 注文',
    '自动答复: 订单',
  ]) {
    it(`an absence is known by its subject: ${subject}`, async () => {
      const encoded = `=?utf-8?B?${Buffer.from(subject).toString('base64')}?=`;
      expect((await kindOf(plainLetter({ subject: encoded }))).classification).toBe('autoReply');
    });
  }
  for (const [subject, text] of [
    [
      'Undelivered mail returned to sender - please help',
      'I get this message about a failed delivery, user unknown. What can I do?',
    ],
    ['Delivery failed', 'The courier could not deliver the parcel, it was returned to sender.'],
    ['Out of office chairs?', 'Do you have any left?'],
    ['Vacation phone', 'I am on vacation and lost my phone. Automatic reply is not what I want.'],
    ['Re: your mailbox is full', 'My mailbox is full, please write to my other address.'],
    ['Fwd: Mail delivery failed: returning message to sender', 'See below, your address does not work'],
    ['Auto insurance', 'Is the car holder an automatic one?'],
  ] as const) {
    it(`a person is a person: ${subject}`, async () => {
      expect(await kindOf(plainLetter({ subject, text }))).toEqual({ classification: 'person', detail: null });
    });
  }
  it('a person on a discussion list is a person', async () => {
    const headers =
      'List-Id: <users.example.com>\r\nList-Post: <mailto:users@example.com>\r\nPrecedence: list\r\nList-Unsubscribe: <https://x>\r\n';
    expect((await kindOf(plainLetter({ headers }))).classification).toBe('person');
  });
});
