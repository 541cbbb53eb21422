import { fold } from '../knowledge/analysis/fold.ts';
import type { Derived } from './answer/draft.ts';
import type { Citation } from './schema.ts';

/** Looks up what a citation points at, independently of the answer: the row or passage as text, or null when there is none. */
export type EvidenceReader = (citation: Citation) => string | null;

export interface Claim {
  text: string;
  citations: readonly Citation[];
  derived?: readonly Derived[] | undefined;
  echoed?: readonly string[] | undefined;
}

export type Verdict = { ok: true } | { ok: false; problems: string[] };

/**
 * Checks an answer against what it cites, whoever wrote it: it cites something; each citation exists; each quote stands
 * in what it cites; each number, price and date of the text stands there too or follows from numbers that do.
 */
export function verify(claim: Claim, evidenceOf: EvidenceReader): Verdict {
  const problems: string[] = [];
  if (claim.citations.length === 0) problems.push('cites nothing');
  const evidence: string[] = [];
  for (const citation of claim.citations) {
    const text = evidenceOf(citation);
    if (text === null) problems.push(`cites ${citation.kind} ${citation.id}, which is not there`);
    else {
      evidence.push(text);
      if (!contains(text, citation.quote)) problems.push(`quotes what ${citation.kind} ${citation.id} does not say`);
    }
  }
  const known = numbersOf(evidence.join('\n'));
  const followed = new Set(
    (claim.derived ?? []).filter((one) => follows(one, known)).map((one) => canonical(String(one.value))),
  );
  const echoed = new Set((claim.echoed ?? []).map(canonical));
  for (const number of numbersOf(claim.text))
    if (!known.has(number) && !followed.has(number) && !echoed.has(number))
      problems.push(`states ${number}, which nothing cited says`);
  return problems.length === 0 ? { ok: true } : { ok: false, problems };
}

/** The numbers in a text, in one spelling: "1,299.00" and "۱۲۹۹" are 1299. */
export function numbersOf(text: string): Set<string> {
  return new Set([...fold(text).matchAll(/\d+(?:[.,:]\d+)*/g)].flatMap((match) => spellings(match[0])));
}

/** Times and versions are their parts; a thousands mark is no part of a number. */
function spellings(number: string): string[] {
  if (number.includes(':')) return [number];
  const grouped = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(number) ? number.replaceAll(',', '') : number;
  if (/^\d+[.,]\d{1,2}$/.test(grouped) || !/[.,]/.test(grouped)) return [canonical(grouped.replace(',', '.'))];
  if (/^\d+\.\d+$/.test(grouped)) return [canonical(grouped)];
  return grouped.split(/[.,]/).map(canonical);
}

function canonical(number: string): string {
  const value = Number(number);
  return Number.isFinite(value) ? String(value) : number;
}

function follows(derived: Derived, known: ReadonlySet<string>): boolean {
  const sum = derived.terms.reduce((total, term) => total + term.times * term.amount, 0);
  return (
    Math.abs(sum - derived.value) < 0.006 && derived.terms.every((term) => known.has(canonical(String(term.amount))))
  );
}

function contains(text: string, quote: string): boolean {
  const plain = (value: string) => value.normalize('NFC').replace(/\s+/g, ' ').trim();
  return quote.trim() !== '' && plain(text).includes(plain(quote));
}
