import { fold } from '../knowledge/analysis/fold.ts';
import { numbersOf } from './verify.ts';

/**
 * What a model's sentence says beyond its evidence although every digit of it stands there: a number in words, a price told as
 * a count or a count as a price, and what colleagues did or will do. Empty when there is nothing. Pure.
 *
 * @param evidence the text of all that the sentence cites
 */
export function wordingProblems(sentence: string, evidence: string): string[] {
  const [said, known] = [fold(sentence), fold(evidence)];
  const words = [...new Set([...said.matchAll(weighty)].map(([word]) => word))]
    .filter((word) => !known.includes(word))
    .map((word) => `says "${word}", which nothing cited says`);
  const [amounts, rows] = [amountsOf(said), amountsOf(known)];
  const counted = [...amounts.other].filter((number) => rows.money.has(number) && !rows.other.has(number));
  const priced = [...amounts.money].filter((number) => rows.other.has(number) && !rows.money.has(number));
  return [
    ...words,
    ...counted.map((number) => `tells the price ${number} as something else`),
    ...priced.map((number) => `tells ${number}, which is no price, as one`),
  ];
}

const numerals = [
  'two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\p{L}+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|dozens?',
  '\\p{L}*(?:hundert|tausend|zwanzig|dreissig|vierzig|funfzig|sechzig|siebzig|achtzig|neunzig)\\p{L}*|zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn',
  '\\p{L}*cient[oa]s?|cien|mil|veinte|(?:trei|cuare|cincue|sese|sete|oche|nove)nta|dos|tres|cuatro|cinco|siete|ocho|nueve|diez',
  'сто|двести|триста|четыреста|\\p{L}+сот|тысяч\\p{L}*|двадцать|тридцать|сорок|\\p{L}+десят|девяносто|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять',
  'suta|sute|mie|mii|\\p{L}+zeci|doi|doua|patru|cinci|sase|sapte|noua|zece',
  '\\p{L}*(?:hundra|tusen)\\p{L}*|tjugo|\\p{L}+tio|tva|tre|fyra|fem|sju|atta|nio|tio',
  '\\p{L}*صد|هزار|میلیون|بیست|سی|چهل|پنجاه|شصت|هفتاد|هشتاد|نود|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده',
  '[일이삼사오육칠팔구]*[십백천만][일이삼사오육칠팔구십백천만]*',
];

/** People who act for the client, and their acting: only Parley itself hands a thread over, and then says so. */
const acting = [
  'colleagues?|managers?|operators?|someone|somebody|call you|call back|get back to you|forwarded|passed (?:on|this|it|you)|reserved|put aside',
  'kolleg\\p{L}*|mitarbeiter\\p{L}*|weitergeleitet|reserviert|companer[oa]s?|coleg\\p{L}*|reservad[oa]s?|rezervat\\p{L}*|vidarebefordra\\p{L}*',
  'коллег\\p{L}*|сотрудник\\p{L}*|менеджер\\p{L}*|оператор\\p{L}*|передал\\p{L}*|همکار\\p{L}*|동료\\p{L}*|담당자\\p{L}*|직원\\p{L}*',
];

const weighty = new RegExp(`(?<!\\p{L})(?:${[...numerals, ...acting].join('|')})(?!\\p{L})`, 'gu');

const sign = '[€$£₽₩]';
const currency =
  '(?:eur\\p{L}*|usd|dollars?|gbp|rub|руб\\p{L}*|sek|kr|kronor|krw|원|won|ron|mdl|le[iu]|chf|евро|یورو|유로|تومان|ریال)';
const amount = '(\\d+(?:[.,]\\d+)*)';
const money = new RegExp(
  `(?:${sign}|(?<!\\p{L})${currency})\\s?${amount}|${amount}\\s?(?:${sign}|${currency}(?!\\p{L}))`,
  'gu',
);

function amountsOf(folded: string): { money: Set<string>; other: Set<string> } {
  const priced = [...folded.matchAll(money)].map((match) => match[1] ?? match[2] ?? '');
  return { money: numbersOf(priced.join(' ; ')), other: numbersOf(folded.replace(money, ' ; ')) };
}
