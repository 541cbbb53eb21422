import { fold } from '../../knowledge/analysis/fold.ts';
import { type SpokenLanguage, spokenLanguages } from '../languages.ts';
import {
  ACKNOWLEDGEMENTS,
  type ActWords,
  COMPLAINTS,
  FAREWELLS,
  FILLERS,
  GREETINGS,
  MATTERS,
  STORIES,
  THANKS,
} from '../words/acts.ts';
import { compilePhrases, findPhrases, type Phrase } from './phrases.ts';
import { tokenise } from './quantities.ts';

/**
 * What a message does. `question` asks, or names a thing and leaves the question unsaid; `statement` tells something and
 * asks nothing; `complaint` is about how somebody was treated; `matter` is for one of us (an appointment, a call, work);
 * the rest is small talk, which needs no answer.
 */
export type Act = 'question' | 'statement' | 'complaint' | 'matter' | SmallTalk;
export type SmallTalk = 'thanks' | 'farewell' | 'greeting' | 'acknowledgement';

/** Reads what a message does, without understanding what it is about. Pure. */
export function actOf(message: string, language: SpokenLanguage): Act {
  const folded = fold(message);
  const texts = tokenise(message).map((token) => token.text);
  const talk = smallTalkIn(folded, texts, language);
  if (talk) return talk;
  if (holds(COMPLAINTS, texts, language)) return 'complaint';
  if (holds(MATTERS, texts, language)) return 'matter';
  if (/[?？؟]/u.test(message) || ASKS[language].test(folded)) return 'question';
  if (holds(STORIES, texts, language)) return 'statement';
  return TELLS[language].test(folded.replace(OPENING, '')) ? 'statement' : 'question';
}

/** True for what needs no answer whatever it says. */
export function isSmallTalk(act: Act): act is SmallTalk {
  return act === 'thanks' || act === 'farewell' || act === 'greeting' || act === 'acknowledgement';
}

/** Small talk has nothing else in it; so short, it may be in any language we speak. */
function smallTalkIn(folded: string, texts: readonly string[], language: SpokenLanguage): SmallTalk | null {
  if (texts.length === 0) return /\p{Extended_Pictographic}/u.test(folded) ? 'acknowledgement' : null;
  if (texts.length > MOST_TALK || /[?？؟\d]/u.test(folded)) return null;
  for (const spoken of [language, ...spokenLanguages.filter((other) => other !== language)]) {
    const heard = (table: ActWords) => wordsHeard(table, texts, spoken);
    const kinds = [
      ['thanks', heard(THANKS)],
      ['farewell', heard(FAREWELLS)],
      ['greeting', heard(GREETINGS)],
      ['acknowledgement', heard(ACKNOWLEDGEMENTS)],
    ] as const;
    const said = new Set(kinds.flatMap(([, places]) => places));
    const filled = new Set([...said, ...heard(FILLERS)]);
    const [kind] = kinds.find(([, places]) => places.length > 0) ?? [];
    if (kind && texts.every((_, at) => filled.has(at))) return kind;
  }
  return null;
}

const MOST_TALK = 12;

function holds(table: ActWords, texts: readonly string[], language: SpokenLanguage): boolean {
  // English is written to a shop everywhere, and a short message may be taken for it.
  return [language, 'en' as const].some((one) => wordsHeard(table, texts, one).length > 0);
}

/** Places of the words that phrases of a table stand on, each as it is spelt. */
export function wordsHeard(table: ActWords, texts: readonly string[], language: SpokenLanguage): number[] {
  return placesOf(phrasesOf(table, language), texts);
}

function placesOf(phrases: readonly Phrase[], texts: readonly string[]): number[] {
  return findPhrases(texts, phrases, 'exact').flatMap((hit) => hit.places);
}

const compiled = new Map<ActWords, Map<SpokenLanguage, Phrase[]>>();

function phrasesOf(table: ActWords, language: SpokenLanguage): Phrase[] {
  const known = compiled.get(table) ?? new Map<SpokenLanguage, Phrase[]>();
  compiled.set(table, known);
  const phrases = known.get(language) ?? compilePhrases(table[language]);
  known.set(language, phrases);
  return phrases;
}

/** What a sentence may begin with before it says anything. */
const OPENING =
  /^(?:(?:hello|hi|hey|hallo|guten tag|hej|hola|buenos dias|buna(?: ziua)?|salut|здравствуйте|привет|добрый день|안녕하세요|سلام|sorry|so|well|ok|but|and|also|also|perdon|entschuldigung|извините|oj|scuze|ببخشید)[\s,.!:–-]+)+/u;

const words = (list: string) => `(?<!\\p{L})(?:${list})(?!\\p{L})`;

/** Question words, verbs that ask, wishes: with one of them something is asked, whatever the mark at the end. */
const ASKS: Readonly<Record<SpokenLanguage, RegExp>> = {
  en: new RegExp(
    `^(?:do|does|did|is|are|was|can|could|will|would|has|have|may|should|any|got)\\b|${words(
      'what|whats|which|how|hows|when|where|wheres|who|why|whether|do you|have you|can i|can you|could you|would you|will you|is there|are there|is it|does it|you got|u got|you have|u have|you guys|got any|need|needs|want|wants|looking for|would like|d like|wanna|search\\p{L}*|show|recommend|suggest|advise|help|tell me|wonder\\p{L}*|budget|interested|prefer|compare|price|cost|please|pls|plz',
    )}`,
    'u',
  ),
  de: new RegExp(
    `^(?:ist|sind|hat|habt|haben|kann|konnt|konnen|gibt|passt|geht|darf|soll|wird|lohnt)(?!\\p{L})|${words(
      'was|wie|wieviel|wann|wo|wer|welche\\p{L}*|warum|wieso|ob|gibt es|gibts|habt ihr|haben sie|kann ich|kann man|konnen sie|konnt ihr|brauche|suche|mochte|wurde gern\\p{L}*|hatte gern\\p{L}*|will|zeigen|empfehl\\p{L}*|hilfe|budget|vergleich\\p{L}*|preis|kostet|kosten|bitte|interessier\\p{L}*',
    )}`,
    'u',
  ),
  ru: new RegExp(
    words(
      'что|чем|как|какой|какая|какое|какие|каков\\p{L}*|какого|какую|сколько|скока|когда|где|кто|почему|зачем|куда|откуда|ли|можно|есть|нужен|нужна|нужно|нужны|хочу|хотел\\p{L}*|хотим|ищу|интересует|подскажите|посовет\\p{L}*|порекоменд\\p{L}*|подбер\\p{L}*|покажите|помогите|скажите|бюджет|цена|почем|пожалуйста|плиз|сравн\\p{L}*',
    ),
    'u',
  ),
  es: new RegExp(
    `^(?:tienen|tienes|hay|puedo|pueden|es|son|venden|se puede)(?!\\p{L})|${words(
      'que|cual|cuales|cuanto|cuanta|cuantos|cuantas|cuando|donde|como|quien|por que|hay|tienen|tiene|tienes|puedo|se puede|necesito|quiero|quisiera|busco|me gustaria|recomiend\\p{L}*|muestr\\p{L}*|ayuda|presupuesto|precio|cuesta|por favor|porfa|comparar',
    )}`,
    'u',
  ),
  ro: new RegExp(
    `^(?:aveti|este|sunt|exista|pot|se poate|are|ai)(?!\\p{L})|${words(
      'ce|care|cat|cata|cati|cate|cand|unde|cum|cine|de ce|aveti|exista|pot|se poate|vreau|as vrea|as dori|doresc|caut|am nevoie|imi trebuie|recomand\\p{L}*|aratati|ajuta\\p{L}*|buget|pret\\p{L}*|costa|va rog|compar\\p{L}*',
    )}`,
    'u',
  ),
  sv: new RegExp(
    `^(?:har|finns|ar|kan|gar|far|ska|passar|stoder)(?!\\p{L})|${words(
      'vad|hur|nar|var|vem|vilken|vilket|vilka|varfor|om|finns det|har ni|kan jag|kan man|behover|vill|soker|letar|skulle|onskar|rekommendera|visa|hjalp|budget|pris|kostar|snalla|jamfor',
    )}`,
    'u',
  ),
  ko: /얼마|무엇|무슨|뭐|뭔|뭘|어떤|어떻게|어디|언제|몇|누구|왜|어느|있나|있어|있습니까|되나|돼요|될까|까요|나요|가요|인지|습니까|은지|는지|찾고|찾아|추천|필요|원해|싶|주세요|주실|부탁|알려|가격|비교|예산/u,
  fa: /(?<!\p{L})(?:چه|چی|چیست|چقدر|چند|کدام|کدوم|کجا|کجاست|کی|چطور|چگونه|چرا|ایا|آیا|دارید|دارین|دارند|میشه|می شود|میشود|می توان\p{L}*|میتون\p{L}*|می خواهم|میخواهم|میخوام|می خوام|لازم|نیاز|دنبال|لطفا|پیشنهاد|معرفی|بودجه|قیمت|مقایسه|راهنمایی)(?!\p{L})/u,
};

/** How a sentence begins or goes that tells of somebody. */
const TELLS: Readonly<Record<SpokenLanguage, RegExp>> = {
  en: /^(?:i|im|ive|ill|we|my|our|he|she|they|it is|it was|this is|your|you|nobody|somebody|someone|everyone|there|yesterday|today|tomorrow|last|not|just|maybe|because)\b/u,
  de: /^(?:ich|wir|mein\p{L}*|unser\p{L}*|er|sie|es ist|es war|das ist|ihr\p{L}*|dein\p{L}*|man|niemand|jemand|keiner|heute|morgen|gestern|also|nur|weil|vielleicht)(?!\p{L})/u,
  ru: /^(?:я|мы|мой|моя|мое|мои|моей|моего|мне|меня|нас|нам|у меня|у нас|он|она|они|оно|вы|вам|ваш\p{L}*|никто|кто-то|муж|жена|мама|папа|сын|дочь|брат|сестра|вчера|сегодня|завтра|просто|потому)(?!\p{L})/u,
  es: /^(?:yo|mi|mis|me|nos|nosotros|nuestr\p{L}*|ya|ella|ellos|su|sus|se|le|les|usted\p{L}*|nadie|alguien|ayer|hoy|manana|no|estoy|estamos|soy|fui|voy|vamos|tengo|tenemos|he|hemos|solo)(?!\p{L})/u,
  ro: /^(?:eu|noi|mi|imi|m|ma|mie|am|ati|v|va|a|au|o sa|el|ea|ei|ele|coleg\p{L}*|sotul|sotia|mama|tata|fiul|fiica|nimeni|cineva|ieri|azi|maine|sunt|suntem|plec|vin|nu|doar|deja)(?!\p{L})/u,
  sv: /^(?:jag|vi|min|mitt|mina|var|vart|han|hon|de|du|ni|er|ert|era|din|ditt|dina|man|ingen|nagon|igar|idag|imorgon|bara|kanske|nu)(?!\p{L})/u,
  ko: /(?:었어요|았어요|였어요|했어요|했습니다|었습니다|았습니다|갑니다|갈게요|할게요|볼게요|올게요|입니다|거예요|거에요|네요|떠나요|간다|왔다|같아요|있습니다|합니다)[\s.!~…ㅎㅋ]*$/u,
  fa: /^(?:من|ما|همسرم|شوهرم|مادرم|پدرم|پسرم|دخترم|او|انها|آنها|شما|این|ان|آن|هیچ کس|کسی|دیروز|امروز|فردا|همکار\p{L}*|فقط)(?!\p{L})|(?:کردم|شدم|رفتم|خریدم|دادم|گرفتم|هستم|می روم|میروم|می ایم|می آیم|نکرد|شد|بود)[\s.!…]*$/u,
};
