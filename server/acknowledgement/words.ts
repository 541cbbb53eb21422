import { DateTime } from 'luxon';

const usual: Record<string, string> = {
  en: 'Thank you for your message. We are closed now and open again {opens}. A person will answer you then.',
  ru: 'Спасибо за сообщение. Сейчас мы закрыты и откроемся {opens}. Тогда вам ответит наш сотрудник.',
  ko: '메시지 감사합니다. 지금은 영업시간이 아니며 {opens}에 다시 엽니다. 그때 담당자가 답변드리겠습니다.',
  ro: 'Vă mulțumim pentru mesaj. Acum suntem închiși și redeschidem {opens}. Atunci vă va răspunde un coleg.',
  fa: 'از پیام شما سپاسگزاریم. اکنون بسته‌ایم و {opens} دوباره باز می‌شویم. آن‌گاه همکار ما به شما پاسخ می‌دهد.',
  sv: 'Tack för ditt meddelande. Vi har stängt nu och öppnar igen {opens}. Då svarar en person dig.',
};

/** The words for a client, with the next opening named in their language and the place's own time. */
export function acknowledgementText(
  texts: Record<string, string>,
  language: string | null,
  opens: Date,
  timezone: string,
): string {
  const wanted = language?.toLowerCase().split('-')[0] ?? 'en';
  const locale = texts[wanted] !== undefined || usual[wanted] !== undefined ? wanted : 'en';
  const template = texts[locale] ?? usual[locale] ?? '';
  const local = DateTime.fromJSDate(opens, { zone: timezone }).setLocale(locale);
  return template.replaceAll(
    '{opens}',
    local.toLocaleString({ weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' }),
  );
}
