import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import MiniSearch from 'minisearch';
import type { ConsultAnswer } from '../../server/consult/schema.ts';
import { rowsOf } from './corpus/files.ts';
import { type BenchParley, benchParley } from './parley.ts';
import { type AskedBefore, measureRefusal } from './refusal.ts';
import { type Asked, auc, groups, normal, rankFigures, share } from './retrieval.ts';

interface Doc {
  id: string;
  lang?: string;
  title?: string;
  path?: string;
  text: string;
}

interface Query {
  id: string;
  lang?: string;
  kind?: string;
  text: string;
  gold: string[];
  gold_alt?: string[];
  answer?: string;
}

interface Result extends Asked {
  answer: string | null;
  wanted: string | undefined;
  confidence: number;
  plain: string[];
  tookMs: number;
  before: AskedBefore;
  line: object;
}

/**
 * `npm run bench -- knowledge DIRECTORY...`: imports docs.jsonl as articles and asks each line of queries.jsonl through
 * POST /consult; a folder of such folders is all of them; `scale=100000` measures the index at that many passages. Then
 * asks what is not there ({@link measureRefusal}), and prints how often answers of each sureness are right.
 */
export async function run(args: string[]): Promise<void> {
  const scale = args.find((arg) => arg.startsWith('scale='));
  if (scale) await (await import('./indexScale.ts')).measure(Number(scale.slice(6)));
  const named = args.filter((arg) => !arg.includes('='));
  const wanted = named.length > 0 ? named : process.env.PARLEY_CORPUS ? [join(process.env.PARLEY_CORPUS, 'kb')] : [];
  const folders = wanted.flatMap((folder) =>
    isSet(folder)
      ? [folder]
      : readdirSync(folder)
          .map((name) => join(folder, name))
          .filter(isSet),
  );
  if (folders.length === 0 && !scale) throw new Error('Name a directory with docs.jsonl and queries.jsonl');
  const lines: object[] = [];
  for (const folder of folders)
    lines.push(
      ...(await runSet(
        folder,
        folders.filter((other) => other !== folder),
      )),
    );
  if (process.env.PARLEY_RUN)
    writeFileSync(process.env.PARLEY_RUN, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

const isSet = (folder: string) => existsSync(join(folder, 'docs.jsonl')) && existsSync(join(folder, 'queries.jsonl'));

async function runSet(folder: string, others: readonly string[]): Promise<object[]> {
  const docs = rowsOf<Doc>(folder, 'docs.jsonl');
  const queries = rowsOf<Query>(folder, 'queries.jsonl');
  if (queries.length === 0) return [];
  const parley = await benchParley();
  try {
    const articles = docs.map((doc) => ({
      externalId: doc.id,
      title: doc.title?.trim() || doc.text.slice(0, 80),
      body: doc.text,
      path: doc.path ?? '',
      ...(doc.lang && { locale: doc.lang }),
    }));
    await parley.upload('/articles/import?onError=skip', 'docs.json', JSON.stringify(articles));
    const known = await parley.app.deps.db.article.findMany({ select: { id: true, externalId: true } });
    const docOf = new Map(known.map((row) => [row.id, row.externalId ?? '']));
    const plain = plainSearch(docs);
    const results: Result[] = [];
    for (const query of queries) results.push(await ask(parley, query, docOf, plain));
    print(basename(folder), docs.length, results);
    const refusal = await measureRefusal(
      parley,
      results.map((result) => result.before),
      new Map(docs.map((doc) => [doc.id, doc.lang])),
      new Map(known.map((row) => [row.externalId ?? '', row.id])),
      others.flatMap((other) => rowsOf<Query>(other, 'queries.jsonl')),
    );
    console.log(JSON.stringify({ bench: 'refusal', set: basename(folder), ...refusal }));
    return results.map((result) => result.line);
  } finally {
    await parley.stop();
  }
}

async function ask(
  parley: BenchParley,
  query: Query,
  docOf: Map<string, string>,
  plain: MiniSearch<Doc>,
): Promise<Result> {
  const startedMs = performance.now();
  const given = await parley.call<ConsultAnswer>('POST', '/consult', { question: query.text });
  const tookMs = performance.now() - startedMs;
  const ranked = [...new Set(given.passages.map((passage) => docOf.get(passage.articleId) ?? ''))];
  const answer = given.answer?.text ?? null;
  return {
    id: query.id,
    lang: query.lang,
    kind: query.kind,
    gold: query.gold,
    alt: query.gold_alt,
    ranked,
    answer,
    wanted: query.answer,
    confidence: given.passages[0]?.score ?? 0,
    plain: plain
      .search(query.text)
      .slice(0, 10)
      .map((hit) => String(hit.id)),
    tookMs,
    before: {
      ...query,
      found: given.passages[0]?.score ?? 0,
      told: given.answer && {
        confidence: given.answer.confidence,
        right: given.answer.citations.some((citation) => {
          const doc = citation.articleId ? docOf.get(citation.articleId) : undefined;
          return doc !== undefined && [...query.gold, ...(query.gold_alt ?? [])].includes(doc);
        }),
      },
    },
    line: {
      id: query.id,
      ranked,
      abstain: given.abstained,
      answer: answer ?? '',
      abstained: given.abstained,
      handover: given.handover ?? null,
      citations: given.answer?.citations ?? [],
      products: given.products.map((product) => product.sku),
    },
  };
}

function print(name: string, docs: number, results: Result[]): void {
  const took = results.map((result) => result.tookMs).sort((a, b) => a - b);
  console.log(
    `\n${name}: ${docs} documents, ${results.length} questions, p50 ${share(took[took.length >> 1] ?? 0)} ms, p95 ${share(took[Math.floor(took.length * 0.95)] ?? 0)} ms over HTTP`,
  );
  console.log(
    'group                 n  hit@1  hit@5    MRR   nDCG | plain@1 plain@5 |  right invented abstained    AUC',
  );
  const table = groups(results).map(([group, rows]) => {
    const ours = rankFigures(rows);
    const plain = rankFigures(rows.map((row) => ({ ...row, ranked: row.plain })));
    const answerable = rows.filter((row) => row.gold.length > 0);
    const others = rows.filter((row) => row.gold.length === 0);
    const held = rows.filter((row) => row.wanted && row.answer);
    const figures = {
      group,
      ...ours,
      plain1: plain.hit1,
      plain5: plain.hit5,
      right:
        held.length > 0
          ? held.filter((row) => normal(row.answer ?? '').includes(normal(row.wanted ?? ''))).length / held.length
          : Number.NaN,
      invented: others.filter((row) => row.answer !== null).length,
      abstained: rows.filter((row) => row.answer === null).length / rows.length,
      auc: auc(
        answerable.map((row) => row.confidence),
        others.map((row) => row.confidence),
      ),
    };
    console.log(
      `${group.padEnd(16)} ${String(ours.n).padStart(6)} ${[ours.hit1, ours.hit5, ours.mrr, ours.ndcg].map((value) => share(value).padStart(6)).join(' ')} | ${share(plain.hit1).padStart(7)} ${share(plain.hit5).padStart(7)} | ${share(figures.right).padStart(6)} ${String(figures.invented).padStart(8)} ${share(figures.abstained).padStart(9)} ${share(figures.auc).padStart(6)}`,
    );
    return figures;
  });
  console.log(JSON.stringify({ bench: 'knowledge', set: name, docs, ...table[0] }));
}

/** MiniSearch as it comes, a title counting double. */
function plainSearch(docs: Doc[]): MiniSearch<Doc> {
  const plain = new MiniSearch<Doc>({ fields: ['title', 'text'], searchOptions: { boost: { title: 2 } } });
  plain.addAll(docs);
  return plain;
}
