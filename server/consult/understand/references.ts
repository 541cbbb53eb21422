import type { Understood } from './understand.ts';

/**
 * The number of an order, a repair or a receipt in a question, or an IMEI: four digits or more, letters before it included
 * ("R-10482"). Dates, phone numbers, sums and what names a product are none; a bare year is one only where nothing else is
 * and `year` allows it. Null when there is none.
 */
export function referenceIn(
  { question, mention, numbers }: Pick<Understood, 'question' | 'mention' | 'numbers'>,
  year = true,
): string | null {
  const plain = question.normalize('NFKC');
  const imei = /(?<![\d+])\d{2}[ -]?\d{6}[ -]?\d{6}[ -]?\d(?![\d])/.exec(plain)?.[0].replace(/\D/g, '');
  if (imei) return imei;
  const named = mention.kind === 'one' || mention.kind === 'several' ? mention.words : [];
  const counted = numbers.filter((number) => number.unit !== null).map((number) => String(number.value));
  const found = [...plain.replace(WRITTEN_DAY, ' ').matchAll(REFERENCE)]
    .map(([text]) => text)
    .filter((text) => !named.includes(text.toLowerCase()) && !counted.includes(text));
  return found.find((text) => !YEAR.test(text)) ?? (year ? found[0] : undefined) ?? null;
}

const REFERENCE = /(?<![\p{L}\d+.,@/])(?:[A-Z]{1,4}-?)?\d{4,14}(?![\p{L}\d@]|[.,]\d)/gu;
const WRITTEN_DAY = /(?<!\d)(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}년)(?!\d)/gu;
const YEAR = /^(?:19|20)\d\d$/;
