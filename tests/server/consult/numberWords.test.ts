import { expect, test } from 'vitest';
import { lexiconOf, type SpokenLanguage } from '../../../server/consult/understand/lexicon.ts';
import { quantities, tokenise } from '../../../server/consult/understand/quantities.ts';

const heard = (language: SpokenLanguage, question: string) =>
  quantities(tokenise(question), lexiconOf(language)).map(({ value, unit, bound }) => ({ value, unit, bound }));

test.each<[SpokenLanguage, string, number]>([
  ['en', 'a phone under two hundred and fifty euros', 250],
  ['ru', 'телефон до двухсот пятидесяти евро', 250],
  ['de', 'handy bis zweihundertfünfzig euro', 250],
  ['sv', 'mobil under tvåhundrafemtio euro', 250],
  ['es', 'movil por menos de doscientos cincuenta euros', 250],
  ['ro', 'telefon sub doua sute cincizeci euro', 250],
  ['fa', 'گوشی زیر دویست و پنجاه یورو', 250],
  ['ko', '이백오십유로 이하 폰', 250],
  ['en', 'below one thousand five hundred euros', 1500],
])('%s: a budget in words is a budget: %s', (language, question, value) => {
  expect(heard(language, question)).toEqual([{ value, unit: 'money', bound: 'max' }]);
});

test.each<[SpokenLanguage, string, object[]]>([
  [
    'en',
    'ten gigs and two hundred minutes',
    [
      { value: 10, unit: 'gb' },
      { value: 200, unit: 'minutes' },
    ],
  ],
  [
    'ru',
    'десять гигов и двести минут',
    [
      { value: 10, unit: 'gb' },
      { value: 200, unit: 'minutes' },
    ],
  ],
])('%s: usage in words counts: %s', (language, question, expected) => {
  expect(heard(language, question)).toMatchObject(expected);
});

test.each<[SpokenLanguage, string]>([
  ['en', 'the one with two sims'],
  ['ko', '이 폰 있나요'],
  ['es', 'hay dos o tres'],
])('%s: a small number that counts nothing is none: %s', (language, question) => {
  expect(heard(language, question)).toEqual([]);
});
