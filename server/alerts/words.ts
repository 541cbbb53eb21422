import type { NotificationKind } from './schema.ts';

/** The languages of the screens. */
const languages = ['en', 'fa', 'ru', 'ko', 'ro', 'sv'] as const;

/** What an alert says outside of the app, by language; `{name}` is filled from its data. */
const words: Record<(typeof languages)[number], Record<NotificationKind, string>> = {
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
  ru: {
    warning: '{clientName}: скоро пора ответить',
    breach: '{clientName} ждёт слишком долго',
    escalation: '{clientName} всё ещё ждёт: пожалуйста, вмешайтесь',
    promiseDue: '{clientName}: подходит срок обещания',
    promiseLate: '{clientName}: обещание просрочено',
    requestAsked: 'Вас спрашивают о клиенте {clientName}',
    requestAnswered: '{to}: ответ о клиенте {clientName}',
    requestLate: '{to}: нет ответа о клиенте {clientName}',
    threadGiven: '{clientName}: обращение передано вам',
    silentChannel: 'Канал {name} давно молчит',
    queue: 'Ждут клиентов: {waiting}',
    absence: '{name} отсутствует: вы замещаете',
    welcomeBack: 'С возвращением: вот что было без вас',
    overloaded: '{name}: нагрузка выше посильной',
    holdAsked: '{clientName} просит отложить {productName} в магазине {storeName}',
    promiseMade: 'Бот пообещал клиенту {clientName} то, что выполнить вам',
    wrongAnswer: 'Ответ бота клиенту {clientName} был неверным',
    complaints: 'Жалоб на {name} за 30 дней: {n}',
  },
  ko: {
    warning: '{clientName}님께 곧 답해야 합니다',
    breach: '{clientName}님이 너무 오래 기다렸습니다',
    escalation: '{clientName}님이 아직 기다립니다. 나서 주세요',
    promiseDue: '{clientName}님께 한 약속의 기한이 다가옵니다',
    promiseLate: '{clientName}님께 한 약속이 늦었습니다',
    requestAsked: '{clientName}님에 관한 질문을 받았습니다',
    requestAnswered: '{to}님이 {clientName}님에 관해 답했습니다',
    requestLate: '{to}님이 {clientName}님에 관해 아직 답하지 않았습니다',
    threadGiven: '{clientName}님의 문의가 배정되었습니다',
    silentChannel: '{name} 채널이 오래 조용합니다',
    queue: '기다리는 고객 {waiting}명',
    absence: '{name}님 부재: 대신 맡습니다',
    welcomeBack: '돌아오셨군요. 그동안 있었던 일입니다',
    overloaded: '{name}님이 감당할 수 있는 것보다 많습니다',
    holdAsked: '{clientName}님이 {storeName}에 {productName} 보관을 원합니다',
    promiseMade: '봇이 {clientName}님께 지켜야 할 약속을 했습니다',
    wrongAnswer: '{clientName}님께 한 봇의 답이 틀렸습니다',
    complaints: '30일간 {name} 불만 {n}건',
  },
  ro: {
    warning: '{clientName} trebuie să primească răspuns curând',
    breach: '{clientName} a așteptat prea mult',
    escalation: '{clientName} încă așteaptă: vă rugăm să interveniți',
    promiseDue: 'O promisiune către {clientName} ajunge la termen',
    promiseLate: 'O promisiune către {clientName} este întârziată',
    requestAsked: 'Sunteți întrebat despre {clientName}',
    requestAnswered: '{to} a răspuns despre {clientName}',
    requestLate: '{to} nu a răspuns despre {clientName}',
    threadGiven: '{clientName} v-a fost repartizat',
    silentChannel: 'Canalul {name} tace de mult',
    queue: 'Clienți care așteaptă: {waiting}',
    absence: '{name} lipsește: îi țineți locul',
    welcomeBack: 'Bine ați revenit: iată ce s-a întâmplat între timp',
    overloaded: '{name} are mai mult decât poate duce',
    holdAsked: '{clientName} vrea {productName} păstrat la {storeName}',
    promiseMade: 'Botul i-a promis lui {clientName} ceva ce trebuie să respectați',
    wrongAnswer: 'Un răspuns al botului către {clientName} a fost greșit',
    complaints: '{n} plângeri despre {name} în 30 de zile',
  },
  sv: {
    warning: '{clientName} måste få svar snart',
    breach: '{clientName} har väntat för länge',
    escalation: '{clientName} väntar fortfarande: grip in',
    promiseDue: 'Ett löfte till {clientName} ska infrias',
    promiseLate: 'Ett löfte till {clientName} är försenat',
    requestAsked: 'Du tillfrågas om {clientName}',
    requestAnswered: '{to} svarade om {clientName}',
    requestLate: '{to} har inte svarat om {clientName}',
    threadGiven: '{clientName} tilldelades dig',
    silentChannel: 'Kanalen {name} har varit tyst länge',
    queue: '{waiting} kunder väntar',
    absence: '{name} är borta: du vikarierar',
    welcomeBack: 'Välkommen tillbaka: det här hände under tiden',
    overloaded: '{name} har mer än hon eller han hinner',
    holdAsked: '{clientName} vill ha {productName} undanlagd på {storeName}',
    promiseMade: 'Boten lovade {clientName} något som du ska infria',
    wrongAnswer: 'Ett av botens svar till {clientName} var fel',
    complaints: '{n} klagomål om {name} på 30 dagar',
  },
};

/** One line in the user's language; a language we do not speak is English. */
export function alertWords(kind: NotificationKind, data: Record<string, unknown>, locale: string): string {
  return words[languageOf(locale)][kind].replace(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? ''));
}

const toAnswer: Record<(typeof languages)[number], string> = {
  en: 'To answer, reply to this letter: what you write becomes a note in the thread. The client does not see it.',
  fa: 'برای پاسخ، همین نامه را جواب دهید: نوشتهٔ شما یادداشتی در گفتگو می‌شود. مشتری آن را نمی‌بیند.',
  ru: 'Чтобы ответить, ответьте на это письмо: ваш текст станет заметкой в обращении. Клиент его не увидит.',
  ko: '이 메일에 회신하면 내용이 대화의 메모로 남습니다. 고객에게는 보이지 않습니다.',
  ro: 'Pentru a răspunde, răspundeți la acest e-mail: textul devine o notă în conversație. Clientul nu o vede.',
  sv: 'Svara på det här brevet: det du skriver blir en anteckning i ärendet. Kunden ser den inte.',
};

/** How to answer a question that came by mail, in the user's language. */
export function answerWords(locale: string): string {
  return toAnswer[languageOf(locale)];
}

const languageOf = (locale: string) => languages.find((one) => one === locale.toLowerCase().split('-')[0]) ?? 'en';
