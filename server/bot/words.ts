import type { SpokenLanguage } from '../consult/understand/lexicon.ts';

/** What the bot says of itself, by language. Facts come from the consult's answer only. */
export interface BotWords {
  name: string;
  hello: string;
  passedOn: string;
  nobodyNow: string;
}

export const BOT_WORDS: Readonly<Record<SpokenLanguage, BotWords>> = {
  en: {
    name: 'Bot',
    hello: 'Hello, I am the shop’s bot. What would you like to know?',
    passedOn: 'I cannot answer this reliably. Your question now waits for a colleague, who will answer here.',
    nobodyNow: 'Nobody is here at the moment.',
  },
  ru: {
    name: 'Бот',
    hello: 'Здравствуйте, я бот магазина. Что вы хотите узнать?',
    passedOn: 'Я не могу ответить на это надёжно. Ваш вопрос передан сотруднику, он ответит здесь.',
    nobodyNow: 'Сейчас никого нет на месте.',
  },
  ko: {
    name: '봇',
    hello: '안녕하세요, 매장 봇입니다. 무엇이 궁금하신가요?',
    passedOn: '정확히 답변드리기 어렵습니다. 질문을 담당자에게 전달했으며 여기에서 답변드립니다.',
    nobodyNow: '지금은 담당자가 자리에 없습니다.',
  },
  ro: {
    name: 'Bot',
    hello: 'Bună ziua, sunt botul magazinului. Ce doriți să aflați?',
    passedOn: 'Nu pot răspunde sigur la aceasta. Întrebarea dvs. așteaptă acum un coleg, care va răspunde aici.',
    nobodyNow: 'Momentan nu este nimeni aici.',
  },
  fa: {
    name: 'ربات',
    hello: 'سلام، من ربات فروشگاه هستم. چه می‌خواهید بدانید؟',
    passedOn: 'نمی‌توانم با اطمینان پاسخ دهم. پرسش شما به همکارم سپرده شد و همین‌جا پاسخ می‌دهد.',
    nobodyNow: 'اکنون کسی حضور ندارد.',
  },
  sv: {
    name: 'Bot',
    hello: 'Hej, jag är butikens bot. Vad vill du veta?',
    passedOn: 'Det kan jag inte svara säkert på. Din fråga väntar nu på en medarbetare, som svarar här.',
    nobodyNow: 'Just nu är ingen här.',
  },
  de: {
    name: 'Bot',
    hello: 'Hallo, ich bin der Bot des Geschäfts. Was möchten Sie wissen?',
    passedOn:
      'Das kann ich nicht sicher beantworten. Ihre Frage wartet jetzt auf eine Kollegin oder einen Kollegen; die Antwort kommt hier.',
    nobodyNow: 'Im Moment ist niemand da.',
  },
  es: {
    name: 'Bot',
    hello: 'Hola, soy el bot de la tienda. ¿Qué desea saber?',
    passedOn: 'No puedo responder a esto con seguridad. Su pregunta espera ahora a un compañero, que responderá aquí.',
    nobodyNow: 'Ahora mismo no hay nadie.',
  },
};
