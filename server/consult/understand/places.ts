import type { StoreRow } from '../../catalogue/rows.ts';
import { fold } from '../../knowledge/analysis/fold.ts';
import { soundKey } from '../../knowledge/analysis/transliterate.ts';
import { CITY_NAMES } from '../words/cities.ts';
import type { Token } from './quantities.ts';

/** The stores a question names, by name, code or city, in any script and inflection; and the places of the words. */
export function namedStores(
  tokens: readonly Token[],
  stores: readonly StoreRow[],
): { stores: StoreRow[]; places: number[] } {
  const scored = stores
    .map((store) => {
      const byName = matches(tokens, `${store.name} ${store.code}`);
      const byCity = [...matches(tokens, store.city), ...calledOtherwise(tokens, store.city)];
      return { store, score: byName.length * 2 + byCity.length, places: [...byName, ...byCity] };
    })
    .filter((one) => one.score > 0);
  const most = Math.max(0, ...scored.map((one) => one.score));
  const best = scored.filter((one) => one.score === most);
  return { stores: best.map((one) => one.store), places: [...new Set(best.flatMap((one) => one.places))] };
}

/** "Genf", "женеве": the city by its name in another language. */
function calledOtherwise(tokens: readonly Token[], city: string): number[] {
  const own = fold(city).split(/[^\p{L}]+/u)[0] ?? '';
  const names = OTHER_NAMES.find((line) => line.includes(own));
  if (!names || own.length < 3) return [];
  return tokens.flatMap(({ text }, at) =>
    names.some(
      (name) =>
        text === name ||
        (name.length >= 4 && text.startsWith(name) && text.length - name.length <= 3) ||
        (/^\p{Script=Hangul}/u.test(name) && name.length >= 2 && text.startsWith(name)),
    )
      ? [at]
      : [],
  );
}

const OTHER_NAMES = CITY_NAMES.map((line) => line.split(' ').map((name) => fold(name)));

const GENERIC = new Set(
  'store shop the magazin magazinul filiale laden tienda butik market center centre mall phone phones mobile salon'.split(
    ' ',
  ),
);

function matches(tokens: readonly Token[], name: string): number[] {
  const wanted = [...new Set(fold(name).match(/[\p{L}\p{M}]{3,}|\d+/gu) ?? [])].filter((word) => !GENERIC.has(word));
  const places: number[] = [];
  for (const word of wanted) {
    const at = tokens.findIndex((token) => isPlace(token.text, word));
    if (at >= 0) places.push(at);
  }
  return places;
}

function isPlace(said: string, word: string): boolean {
  if (said === word) return true;
  if (/\d/.test(word) || word.length < 4) return false;
  if (
    said.length >= 4 &&
    said.startsWith(word.slice(0, Math.max(4, word.length - 1))) &&
    said.length - word.length <= 4
  )
    return true;
  const foreign = /[\u0370-\uffff]/.test(said) !== /[\u0370-\uffff]/.test(word);
  if (!foreign || said.length < 3) return false;
  const key = soundKey(word);
  if (key.length < 3) return false;
  for (let cut = 0; cut <= 3 && said.length - cut >= 3; cut++)
    if (soundKey(said.slice(0, said.length - cut)) === key) return true;
  return false;
}
