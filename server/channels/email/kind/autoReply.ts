import { header } from '../mime/headers.ts';
import type { Letter } from '../mime/letter.ts';

/**
 * Says why a letter is an automatic answer (out of office, vacation, "we got your mail"), or null when it is none.
 * RFC 3834 first, then the headers that software used before and beside it, then the subject, which Outlook and
 * webmail write in the language of the absent person.
 */
export function autoReplyWhy({ headers, subject }: Pick<Letter, 'headers' | 'subject'>): string | null {
  const submitted = (header(headers, 'auto-submitted') ?? '').toLowerCase();
  if (submitted.startsWith('auto-replied')) return 'auto-submitted';
  for (const name of replyHeaders) {
    const value = header(headers, name);
    if (value && !/^(no|false|0|none)$/i.test(value)) return name;
  }
  if (/^auto[-_]?reply/i.test(header(headers, 'precedence') ?? '')) return 'precedence';
  if (/^(autoreply|auto-?response)$/i.test(header(headers, 'x-precedence') ?? '')) return 'x-precedence';
  if (subject && replySubject.test(subject)) return 'subject';
  return null;
}

/** Sent by software to nobody in particular (RFC 3834 auto-generated): notifications, receipts, reports. */
export function isGenerated({ headers }: Pick<Letter, 'headers'>): boolean {
  return /^auto-(generated|notified)/i.test(header(headers, 'auto-submitted') ?? '');
}

const replyHeaders = [
  'x-autoreply',
  'x-autorespond',
  'x-auto-respond',
  'x-autoresponder',
  'x-auto-reply',
  'x-auto-reply-from',
  'x-autoreply-from',
  'x-mail-autoreply',
  'x-vacation',
  'x-ms-exchange-inbox-rules-loop',
  'x-amazon-auto-reply',
  'x-cron-auto-reply',
];

const replyWords = [
  // Exchange and Outlook
  'automatic reply',
  'out of (the )?office',
  'automatische antwort',
  'abwesenheits(notiz|meldung|nachricht)',
  'abwesend',
  'réponse automatique',
  'absence du bureau',
  'respuesta automática',
  'fuera de (la )?oficina',
  'risposta automatica',
  'fuori (sede|ufficio)',
  'resposta automática',
  'fora do escritório',
  'ausência temporária',
  'automatisch antwoord',
  'afwezig(heidsbericht)?',
  'niet aanwezig',
  'autosvar',
  'automatiskt svar',
  'automatisk svar',
  'frånvaro(meddelande)?',
  'ikke til stede',
  'automaattinen vastaus',
  'poissaoloviesti',
  'automatyczna odpowied[źz]',
  'odpowied[źz] automatyczna',
  'autoodpowied[źz]',
  'poza biurem',
  'automatická odpověď',
  'automatická odpoveď',
  'mimo kancelář',
  'răspuns automat',
  'raspuns automat',
  'în afara biroului',
  'automatikus válasz',
  'házon kívül',
  'αυτόματη απάντηση',
  'автоматический ответ',
  'автоответ(чик)?',
  'нет на работе',
  'автоматична відповідь',
  'автовідповідь',
  'автоматичен отговор',
  'otomatik (yanıt|cevap)',
  'ofis dışında',
  'پاسخ خودکار',
  'خارج از دفتر',
  'رد تلقائي',
  'الرد التلقائي',
  'خارج المكتب',
  'תשובה אוטומטית',
  'מחוץ למשרד',
  '자동 ?회신',
  '자동 ?응답',
  '부재 ?중',
  '自動応答',
  '自動返信',
  '不在(通知|のお知らせ)',
  '自动(答复|回复|应答)',
  '自動(回覆|回復|答覆)',
  '外出',
  'trả lời tự động',
  'balasan otomatis',
  // webmail and older responders
  'auto(matic)?[ -]?(response|reply|respons(e|der)?)',
  'autorespons?e?',
  'autoreply',
  'vacation (reply|response|notice|message)',
  'on vacation',
  'away from (my|the) (mail|office|desk)',
  'i am (currently )?(out of office|away)',
  'ooo',
].join('|');

/** At the start (after Re:), closed by a colon or the end, so that a person's "Out of office chairs" stays a person's. */
const replySubject = new RegExp(
  `^\\s*(re|aw|sv|antw|odp|vs|ynt|res)?\\s*[:：]?\\s*[\\[(]?(${replyWords})[\\])]?\\s*([:：(\\[<«"“„.!–-]|$|re[:：])|^auto:\\s`,
  'iu',
);
