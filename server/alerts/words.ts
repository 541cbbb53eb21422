import type { NotificationKind } from './schema.ts';

/** What an alert says outside of the app, by language; `{name}` is filled from its data. */
const words: Record<'en' | 'fa', Record<NotificationKind, string>> = {
  en: {
    warning: '{clientName} must be answered soon',
    breach: '{clientName} has waited too long',
    escalation: '{clientName} still waits: please step in',
    promiseDue: 'A promise to {clientName} is due',
    promiseLate: 'A promise to {clientName} is late',
    requestAsked: 'You are asked about {clientName}',
    requestAnswered: '{to} answered about {clientName}',
    requestLate: '{to} has not answered about {clientName}',
    threadGiven: '{clientName} was given to you',
    silentChannel: 'The channel {name} has been silent for long',
    queue: '{waiting} clients wait',
    absence: '{name} is away: you stand in',
    welcomeBack: 'Welcome back: this happened while you were away',
    overloaded: '{name} has more than they can carry',
    holdAsked: '{clientName} wants {productName} kept at {storeName}',
    promiseMade: 'The bot promised {clientName} something for you to keep',
    wrongAnswer: 'An answer of the bot to {clientName} was wrong',
    complaints: '{n} complaints about {name} in 30 days',
  },
  fa: {
    warning: 'به {clientName} باید زود پاسخ داد',
    breach: '{clientName} بیش از اندازه منتظر مانده',
    escalation: '{clientName} هنوز منتظر است: رسیدگی کنید',
    promiseDue: 'موعد قول به {clientName} نزدیک است',
    promiseLate: 'قول به {clientName} دیر شده',
    requestAsked: 'دربارهٔ {clientName} از شما پرسیده شد',
    requestAnswered: '{to} دربارهٔ {clientName} پاسخ داد',
    requestLate: '{to} دربارهٔ {clientName} پاسخ نداده',
    threadGiven: '{clientName} به شما سپرده شد',
    silentChannel: 'کانال {name} مدتی ساکت است',
    queue: '{waiting} مشتری منتظرند',
    absence: '{name} غایب است: شما جانشینید',
    welcomeBack: 'خوش برگشتید: آنچه در نبود شما رخ داد',
    overloaded: '{name} بیش از توانش کار دارد',
    holdAsked: '{clientName} می‌خواهد {productName} در {storeName} نگه داشته شود',
    promiseMade: 'ربات به {clientName} قولی داد که بر عهدهٔ شماست',
    wrongAnswer: 'پاسخ ربات به {clientName} نادرست بود',
    complaints: '{n} شکایت دربارهٔ {name} در ۳۰ روز',
  },
};

/** One line in the user's language; a language we do not speak is English. */
export function alertWords(kind: NotificationKind, data: Record<string, unknown>, locale: string): string {
  const language = locale.toLowerCase().startsWith('fa') ? 'fa' : 'en';
  return words[language][kind].replace(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? ''));
}
