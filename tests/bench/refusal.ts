import type { ConsultAnswer } from '../../server/consult/schema.ts';
import type { BenchParley } from './parley.ts';
import { calibrationError, refusedAt, reliability, type Told } from './reliability.ts';
import { auc, share } from './retrieval.ts';

interface Question {
  lang?: string | undefined;
  text: string;
  gold: readonly string[];
  gold_alt?: readonly string[] | undefined;
}

/** A question that was asked while its answer was there. */
export interface AskedBefore extends Question {
  /** How surely the best passage speaks of it, 0..1. */
  found: number;
  /** Null when it was refused. */
  told: Told | null;
}

/** Questions of a kind that are asked for the sake of refusal; each kind is a sample. */
const MOST_ASKED = 150;

/**
 * How well Parley knows what it does not know. Far-off: questions of other sets. Near misses: of the set's largest language,
 * questions whose article was taken away while its neighbours stay; articles in other languages are taken away too, because
 * they may say the same. (Where a set says one thing twice, the other article still answers rightly and counts as a fault.)
 * Changes the knowledge base: to be called last.
 *
 * @param articleOf the article that was made of a document
 */
export async function measureRefusal(
  parley: BenchParley,
  asked: readonly AskedBefore[],
  languageOf: ReadonlyMap<string, string | undefined>,
  articleOf: ReadonlyMap<string, string>,
  others: readonly Question[],
): Promise<object> {
  const bins = reliability(asked.flatMap((one) => one.told ?? []));
  console.log('how sure         n   said  right');
  for (const bin of bins)
    if (bin.n > 0)
      console.log(
        `${bin.from.toFixed(2)}-${bin.to.toFixed(2)} ${String(bin.n).padStart(8)} ${share(bin.said).padStart(6)} ${share(bin.right).padStart(6)}`,
      );
  const answerable = asked.filter((one) => one.gold.length > 0);
  const far = others.length > 0 ? await refusals(parley, sample(others)) : [];
  const language = mostFrequent(answerable.map((one) => one.lang));
  const kin = answerable.filter((one) => one.lang === language);
  const gone = new Set([...new Set(kin.flatMap((one) => one.gold))].filter((_, at) => at % 3 === 0));
  for (const [doc, lang] of languageOf) if (lang !== language) gone.add(doc);
  for (const doc of gone) {
    const article = articleOf.get(doc);
    if (article) await parley.call('DELETE', `/articles/${article}`);
  }
  const near = await refusals(
    parley,
    sample(kin.filter((one) => [...one.gold, ...(one.gold_alt ?? [])].every((doc) => gone.has(doc)))),
  );
  const figures = {
    calibrationError: calibrationError(bins),
    falselyRefused: answerable.filter((one) => !one.told).length / answerable.length,
    ...told('far', far, answerable),
    ...told('near', near, kin),
  };
  console.log(
    Object.entries(figures)
      .map(([name, value]) => `${name} ${share(value)}`)
      .join(', '),
  );
  return figures;
}

interface Refusal {
  found: number;
  refused: boolean;
}

async function refusals(parley: BenchParley, questions: readonly Question[]): Promise<Refusal[]> {
  const all: Refusal[] = [];
  for (const { text } of questions) {
    const given = await parley.call<ConsultAnswer>('POST', '/consult', { question: text });
    all.push({ found: given.passages[0]?.score ?? 0, refused: given.abstained });
  }
  return all;
}

function told(name: string, rows: readonly Refusal[], answerable: readonly AskedBefore[]): Record<string, number> {
  if (rows.length === 0) return {};
  const [sure, unsure] = [answerable.map((one) => one.found), rows.map((one) => one.found)];
  return {
    [`${name}Asked`]: rows.length,
    [`${name}Refused`]: rows.filter((one) => one.refused).length / rows.length,
    [`${name}RefusedAtTenth`]: refusedAt(sure, unsure, 0.1),
    [`${name}Auc`]: auc(sure, unsure),
  };
}

function sample<T>(rows: readonly T[]): T[] {
  const step = Math.max(1, rows.length / MOST_ASKED);
  return Array.from({ length: Math.min(rows.length, MOST_ASKED) }, (_, at) => rows[Math.floor(at * step)] as T);
}

function mostFrequent<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
