import { fold } from './fold.ts';

/** Numbers in words, by value; inflected forms side by side. One spelling means one number in all our languages. */
const WORDS: Readonly<Record<number, string>> = {
  1: 'one eins один одна одну یک 일 한',
  2: 'two zwei två два две двух doi doua dos دو 이 두',
  3: 'three drei tre три трех trei tres سه 삼 세',
  4: 'four vier fyra четыре четырех patru cuatro چهار 사 네',
  5: 'five fünf fem пять пяти cinci cinco پنج 오 다섯',
  6: 'six sechs sex шесть шести sase seis شش 육 여섯',
  7: 'seven sieben sju семь семи sapte siete هفت 칠 일곱',
  8: 'eight acht åtta восемь восьми opt ocho هشت 팔 여덟',
  9: 'nine neun nio девять девяти noua nueve نه 구 아홉',
  10: 'ten zehn tio десять десяти zece diez ده 십 열',
  12: 'twelve zwölf tolv двенадцать doisprezece doce دوازده',
  15: 'fifteen fünfzehn femton пятнадцать пятнадцати cincisprezece quince پانزده',
  20: 'twenty zwanzig tjugo двадцать двадцати douazeci veinte بیست 스무',
  30: 'thirty dreißig dreissig trettio тридцать тридцати treizeci treinta سی',
  40: 'forty vierzig fyrtio сорок сорока patruzeci cuarenta چهل',
  50: 'fifty fünfzig femtio пятьдесят пятидесяти полтинник cincizeci cincuenta پنجاه',
  60: 'sixty sechzig sextio шестьдесят шестидесяти saizeci sesenta شصت',
  70: 'seventy siebzig sjuttio семьдесят семидесяти saptezeci setenta هفتاد',
  80: 'eighty achtzig åttio восемьдесят восьмидесяти optzeci ochenta هشتاد',
  90: 'ninety neunzig nittio девяносто nouazeci noventa نود',
  100: 'hundred hundert hundra сто ста suta sute cien ciento صد 백',
  200: 'двести двухсот doscientos doscientas دویست',
  300: 'триста трехсот trescientos trescientas سیصد',
  400: 'четыреста четырехсот cuatrocientos cuatrocientas چهارصد',
  500: 'пятьсот пятисот quinientos quinientas پانصد',
  600: 'шестьсот шестисот seiscientos seiscientas ششصد',
  700: 'семьсот семисот setecientos setecientas هفتصد',
  800: 'восемьсот восьмисот ochocientos ochocientas هشتصد',
  900: 'девятьсот девятисот novecientos novecientas نهصد',
  1000: 'thousand grand tausend tusen тысяча тысячи тысяч тыщу штуку mie mii mil هزار 천',
  10000: '만',
};

const VALUES: ReadonlyMap<string, number> = new Map(
  Object.entries(WORDS).flatMap(([value, words]) => words.split(' ').map((word) => [fold(word), Number(value)])),
);
/** "two hundred and fifty", "zwei-und-zwanzig", "ciento y", "doua sute si". */
const JOINT = new Set(['and', 'und', 'och', 'si', 'y', 'و']);
const LONGEST = Math.max(...[...VALUES.keys()].map((word) => word.length));

/** A number written in words and how many tokens it takes. */
export interface SpokenNumber {
  value: number;
  length: number;
}

/** The number that stands in words from a place on ("two hundred and fifty", "zweihundertfünfzig", "이백"); null when none does. */
export function spokenNumber(texts: readonly string[], from: number): SpokenNumber | null {
  const heard: number[] = [];
  let end = from;
  for (let at = from; at < texts.length; at++) {
    const text = texts[at] ?? '';
    if (heard.length > 0 && JOINT.has(text)) continue;
    const values = pieces(text);
    if (!values) break;
    heard.push(...values);
    end = at + 1;
  }
  return heard.length === 0 ? null : { value: sum(heard), length: end - from };
}

/** A word taken apart into numbers, without rest: German, Swedish and Korean write them in one. */
function pieces(word: string): number[] | null {
  if (word === '') return [];
  for (let length = Math.min(word.length, LONGEST); length > 0; length--) {
    const value = VALUES.get(word.slice(0, length));
    if (value === undefined) continue;
    const rest = pieces(word.slice(length).replace(/^(und|och)(?=.)/, ''));
    if (rest) return [value, ...rest];
  }
  return null;
}

function sum(values: readonly number[]): number {
  let total = 0;
  let open = 0;
  for (const value of values)
    if (value >= 1000) {
      total += Math.max(open, 1) * value;
      open = 0;
    } else if (value === 100 && open > 0 && open < 10) open *= 100;
    // "이백오십": five tens.
    else if (value === 10 && open % 10 > 1) open += (open % 10) * 9;
    else open += value;
  return total + open;
}
