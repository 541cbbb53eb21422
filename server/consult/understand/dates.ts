import { DateTime } from 'luxon';
import { fold } from '../../knowledge/analysis/fold.ts';
import type { Lexicon } from './lexicon.ts';
import { findPhrases } from './phrases.ts';
import type { Quantity, Token } from './quantities.ts';

/** A past day a question names ("bought on 5 March", "three weeks ago", "2026-03-05"); null when it names none. */
export function pastDay(
  question: string,
  tokens: readonly Token[],
  numbers: readonly Quantity[],
  lexicon: Lexicon,
  now: Date,
): DateTime | null {
  const today = DateTime.fromJSDate(now, { zone: 'utc' }).startOf('day');
  const written = writtenDay(question, today) ?? namedDay(tokens, lexicon, today);
  if (written && written <= today) return written;
  const texts = tokens.map((token) => token.text);
  if (findPhrases(texts, lexicon.ago).length === 0) return null;
  for (const number of numbers) {
    if (number.unit === 'days') return today.minus({ days: number.value });
    if (number.unit === 'months') return today.minus({ months: number.value });
    if (number.unit === 'years') return today.minus({ years: number.value });
  }
  const one = wordCount(texts);
  if (findPhrases(texts, lexicon.weeks).length > 0) return today.minus({ weeks: one });
  if (findPhrases(texts, lexicon.months).length > 0) return today.minus({ months: one });
  if (findPhrases(texts, lexicon.years).length > 0) return today.minus({ years: one });
  if (findPhrases(texts, lexicon.days).length > 0) return today.minus({ days: one });
  return null;
}

/** How many days ahead of today a question asks for: "today" 0, "tomorrow" 1, "Sunday" the next one; null when it names none. */
export function daysAhead(tokens: readonly Token[], lexicon: Lexicon, today: DateTime): number | null {
  const texts = tokens.map((token) => token.text);
  if (findPhrases(texts, lexicon.dayAfter).length > 0) return 2;
  if (findPhrases(texts, lexicon.tomorrow).length > 0) return 1;
  if (findPhrases(texts, lexicon.today).length > 0) return 0;
  for (const [day, phrases] of lexicon.weekdays.entries())
    if (findPhrases(texts, phrases).length > 0) return (day + 1 - today.weekday + 7) % 7;
  return null;
}

/** A day written with a month's name or as a date, in the future or past; the year may be left out. */
export function namedDay(tokens: readonly Token[], lexicon: Lexicon, today: DateTime): DateTime | null {
  const texts = tokens.map((token) => token.text);
  const year = texts.map(Number).find((value) => value >= 2000 && value <= 2100);
  let best: { found: DateTime; far: number } | null = null;
  for (const [month, phrases] of lexicon.monthNames.entries())
    for (const hit of findPhrases(texts, phrases)) {
      // The nearest: in "10 iunie 2025, mai am garanție" nothing is said of May.
      const [day, far] =
        [-1, 1, -2, -3]
          .map((step) => [Number(texts[hit.at + step] || Number.NaN), Math.abs(step)] as const)
          .find(([value]) => Number.isInteger(value) && value >= 1 && value <= 31) ?? [];
      if (!day || far === undefined || (best && best.far <= far)) continue;
      const found = DateTime.fromObject({ year: year ?? today.year, month: month + 1, day }, { zone: 'utc' });
      if (found.isValid) best = { found, far };
    }
  return best?.found ?? null;
}

/**
 * Feasts that people name instead of a date: the month and day of those that never move, null for the others, whose date
 * we do not know.
 */
const FEASTS: readonly [RegExp, { month: number; day: number } | null][] = [
  [
    /christmas eve|сочельник|heilig(er )?abend|heiligabend|nochebuena|ajunul craciunului|julafton|شب کریسمس|크리스마스 ?이브/,
    { month: 12, day: 24 },
  ],
  [
    /boxing day|second day of christmas|zweite[rn]? weihnacht|a doua zi de craciun|annandag jul/,
    { month: 12, day: 26 },
  ],
  [/christmas|xmas|рождеств|weihnacht|navidad|craciun|juldag|کریسمس|크리스마스|성탄/, { month: 12, day: 25 }],
  [
    /new year s eve|new years eve|silvester|nochevieja|revelion|nyarsafton|канун нового года|شب سال نو|12월 31일/,
    { month: 12, day: 31 },
  ],
  [/new year|neujahr|ano nuevo|anul nou|nyarsdag|новый год|новогодн|سال نو|새해|신정/, { month: 1, day: 1 }],
  [
    /easter|пасх|ostern|ostersonntag|karfreitag|pascua|semana santa|\bpaste|pasti|\bpask|عید پاک|부활절|ramadan|рамадан|رمضان|라마단|\beid\b|عید فطر|نوروز|nowruz|thanksgiving|설날|추석|midsommar|pfingst|pentecost|rusalii|троиц|himmelfahrt/,
    null,
  ],
];

/** The day of a feast that a question names; 'unknown' when its date moves; null when it names none. */
export function feastDay(question: string, today: DateTime): DateTime | 'unknown' | null {
  const said = fold(question).replace(/['’]/g, ' ');
  const feast = FEASTS.find(([words]) => words.test(said));
  if (!feast) return null;
  if (feast[1] === null) return 'unknown';
  const day = DateTime.fromObject({ year: today.year, ...feast[1] }, { zone: 'utc' });
  return day < DateTime.utc(today.year, today.month, today.day) ? day.plus({ years: 1 }) : day;
}

/** Places of the words that only say a day: "8 December", "on the 8th of December 2026". */
export function dayPlaces(tokens: readonly Token[], lexicon: Lexicon): number[] {
  const texts = tokens.map((token) => token.text);
  const places = new Set<number>();
  for (const hit of findPhrases(texts, lexicon.weekdays.flat())) for (const place of hit.places) places.add(place);
  for (const hit of findPhrases(texts, lexicon.monthNames.flat())) {
    const beside = dayBeside(texts, hit.at).filter((place) => /^(\d{1,2}|20\d\d)$/.test(texts[place] ?? ''));
    // A month without a day is no day: "abrís" is no April.
    if (beside.length > 0) for (const place of [...hit.places, ...beside]) places.add(place);
  }
  texts.forEach((text, at) => {
    if (!/^[년월일]/.test(text) || !/^\d+$/.test(texts[at - 1] ?? '')) return;
    places.add(at);
    places.add(at - 1);
  });
  return [...places];
}

/** Where day and year may stand around a month's name: right beside it, or behind an ending ("8th of"). */
function dayBeside(texts: readonly string[], at: number): number[] {
  const before = /^\d/.test(texts[at - 1] ?? '') ? at - 1 : /^\d/.test(texts[at - 2] ?? '') ? at - 2 : at - 3;
  return [before, at + 1, at + 2, at + 3];
}

export function writtenDay(written: string, today: DateTime): DateTime | null {
  const question = fold(written);
  const korean = /(?:(\d{4})년\s*)?(\d{1,2})월\s*(\d{1,2})일/.exec(question);
  if (korean) {
    const day = { year: Number(korean[1] ?? today.year), month: Number(korean[2]), day: Number(korean[3]) };
    const said = DateTime.fromObject(day, { zone: 'utc' });
    return said.isValid ? said : null;
  }
  const iso = /\b(\d{4})-(\d{1,2})-(\d{1,2})\b/.exec(question);
  const dotted = /\b(\d{1,2})[./](\d{1,2})(?:[./](\d{2,4}))?\b/.exec(question);
  const parts = iso
    ? { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) }
    : dotted?.[3] || (dotted && /\.\d{1,2}\./.test(question))
      ? { year: fullYear(dotted?.[3], today), month: Number(dotted?.[2]), day: Number(dotted?.[1]) }
      : null;
  if (!parts) return null;
  const found = DateTime.fromObject(parts, { zone: 'utc' });
  return found.isValid ? found : null;
}

function fullYear(text: string | undefined, today: DateTime): number {
  if (!text) return today.year;
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

const COUNTS: Readonly<Record<string, number>> = Object.fromEntries(
  [
    'two two zwei dos doua doi tva два две دو 두',
    'three three drei tres trei tre три سه 세',
    'four four vier cuatro patru fyra четыре چهار 네',
    'five five funf cinco cinci fem пять پنج 다섯',
    'six six sechs seis sase sex шесть شش 여섯',
  ].flatMap((line, at) =>
    line
      .split(' ')
      .slice(1)
      .map((word) => [word, at + 2] as const),
  ),
);

function wordCount(texts: readonly string[]): number {
  return texts.map((text) => COUNTS[text]).find((count) => count !== undefined) ?? 1;
}
