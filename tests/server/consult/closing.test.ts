import { describe, expect, it } from 'vitest';
import { closingOf } from '../../../server/consult/understand/closing.ts';

const told = 'It is ready, open until eight.';

/** What closes a talk, in the eight languages, and what looks like it and does not. */
const closes: [string, string][] = [
  ['thanks', 'thx'],
  ['thanks', 'Thank you very much for your quick help!'],
  ['thanks', 'Thanks for the info 👍'],
  ['thanks', 'Ok, thanks. Best regards, Nadja Weiss'],
  ['acknowledgement', 'ok'],
  ['acknowledgement', '👍🏽'],
  ['farewell', 'Have a nice day'],
  ['thanks', 'Vielen Dank für die schnelle Antwort!'],
  ['thanks', 'Alles klar, danke. Mit freundlichen Grüßen'],
  ['thanks', 'Спасибо большое за помощь'],
  ['acknowledgement', 'Хорошо, понятно'],
  ['thanks', 'Muchas gracias por la información'],
  ['acknowledgement', 'vale, perfecto'],
  ['thanks', 'Mulțumesc frumos pentru ajutor'],
  ['acknowledgement', 'Am înțeles'],
  ['thanks', 'Tack så mycket för hjälpen!'],
  ['acknowledgement', 'okej, toppen'],
  ['thanks', '답변 감사합니다'],
  ['acknowledgement', '네 알겠습니다'],
  ['thanks', 'خیلی ممنون از کمکتان'],
  ['acknowledgement', 'باشه'],
];

const asks = [
  'Thanks, and when do you open',
  'ok?',
  'Thanks, please answer now',
  'Thanks in advance',
  'ok but it is still broken',
  'Thanks, the blue one',
  'ok 2 pieces',
  'thanks 😡',
  'Hello',
  'Danke im Voraus',
  'Danke, bitte noch die Rechnung',
  'ok und das Ladegerät',
  'Спасибо, а цена',
  'Спасибо заранее',
  'Gracias, necesito la factura',
  'Gracias de antemano',
  'Mersi, dar factura',
  'Mulțumesc anticipat',
  'Svar tack',
  'Tack på förhand',
  '감사합니다 그런데 가격은',
  'ممنون، قیمت را بفرمایید',
  'thanks https://shop.example/phone',
  '',
];

describe('mere thanks', () => {
  it.each(closes)('is %s: %s', (kind, words) => {
    expect(closingOf(words, told, ['Nadja Weiss'])).toBe(kind);
  });

  it.each(asks)('is not: %s', (words) => {
    expect(closingOf(words, told, ['Nadja Weiss'])).toBeNull();
  });

  it.each([
    'Shall we order it?',
    'I can put one aside until Saturday.',
    'Wenn Sie möchten, legen wir es zurück.',
    'Могу отложить до субботы.',
    'Si quiere, se lo guardamos.',
    'Dacă doriți, îl păstrăm.',
    'Jag kan lägga undan en.',
    '하나 남겨 드릴까요.',
    'اگر بخواهید نگه می‌داریم.',
  ])('is an answer after: %s', (said) => {
    expect(closingOf('ok, thanks', said)).toBeNull();
  });

  it('is nothing where we have said nothing', () => {
    expect(closingOf('thanks', null)).toBeNull();
  });
});
