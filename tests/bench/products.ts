import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import MiniSearch from 'minisearch';
import type { ConsultAnswer } from '../../server/consult/schema.ts';
import { numbersOf } from '../../server/consult/verify.ts';
import { rowsOf } from './corpus/files.ts';
import { type BenchParley, benchParley } from './parley.ts';
import { groups, normal, rankFigures, share } from './retrieval.ts';

interface Question {
  id: string;
  lang?: string;
  text: string;
  kind?: string;
  gold?: string[];
  attribute?: string;
  /** Null: must not be answered. */
  answer?: unknown;
  store?: string;
  now?: string;
}

interface Result {
  id: string;
  lang?: string | undefined;
  kind?: string | undefined;
  gold: string[];
  ranked: string[];
  plain: string[];
  right: boolean;
  /** Something was stated where nothing may be, or a figure that is not the one asked for. */
  invented: boolean;
  abstained: boolean;
  line: object;
}

/**
 * `npm run bench -- products DIRECTORY`: imports stores.csv, products.jsonl or .csv, offers.csv, rules.json and articles/
 * where present, asks each line of questions.jsonl through POST /consult and holds the answers against it.
 */
export async function run(args: string[]): Promise<void> {
  const folder = args[0] ?? (process.env.PARLEY_CORPUS ? join(process.env.PARLEY_CORPUS, 'products') : '');
  if (!existsSync(join(folder, 'questions.jsonl'))) throw new Error('Name a directory with questions.jsonl');
  const questions = rowsOf<Question>(folder, 'questions.jsonl');
  const parley = await benchParley();
  try {
    const names = await importShop(parley, folder);
    const stores = await parley.app.deps.db.store.findMany({ select: { id: true, code: true, name: true } });
    const results: Result[] = [];
    for (const question of questions) {
      const storeId = stores.find((store) => store.code === question.store || store.name === question.store)?.id;
      const given = await parley.call<ConsultAnswer>('POST', '/consult', {
        question: question.text,
        ...(question.lang && { locale: question.lang }),
        ...(storeId && { storeId }),
        ...(question.now && { now: new Date(question.now).toISOString() }),
      });
      results.push(
        judge(
          question,
          given,
          names
            .search(question.text)
            .slice(0, 10)
            .map((hit) => String(hit.id)),
        ),
      );
    }
    print(basename(folder), results);
    if (process.env.PARLEY_RUN)
      writeFileSync(process.env.PARLEY_RUN, results.map((result) => `${JSON.stringify(result.line)}\n`).join(''));
    if (args.includes('misses'))
      for (const result of results.filter((one) => !one.right)) console.log(JSON.stringify(result.line));
  } finally {
    await parley.stop();
  }
}

async function importShop(parley: BenchParley, folder: string): Promise<MiniSearch> {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const products = ['products.jsonl', 'products.csv'].find((name) => existsSync(join(folder, name)));
  const files: [string, string | undefined][] = [
    ['stores', 'stores.csv'],
    ['products', products],
    ['offers', 'offers.csv'],
    ['rules', 'rules.json'],
  ];
  for (const [what, name] of files) {
    if (!name || !existsSync(join(folder, name))) continue;
    const report = await parley.upload<{ imported: number; errors: object[] }>(
      `/${what}/import?onError=skip`,
      name,
      read(name),
    );
    console.log(
      `${what}: ${report.imported} imported${report.errors.length > 0 ? `, ${report.errors.length} wrong: ${JSON.stringify(report.errors[0])}` : ''}`,
    );
  }
  if (existsSync(join(folder, 'articles')))
    for (const file of filesIn(join(folder, 'articles')))
      await parley.upload('/articles/import', relative(join(folder, 'articles'), file), readFileSync(file, 'utf8'));
  const plain = new MiniSearch({
    idField: 'sku',
    fields: ['name', 'sku', 'description'],
    searchOptions: { boost: { name: 2 } },
  });
  plain.addAll(await parley.app.deps.db.product.findMany({ select: { sku: true, name: true, description: true } }));
  return plain;
}

function judge(question: Question, given: ConsultAnswer, plain: string[]): Result {
  const skus = given.products.map((product) => String(product.sku));
  const text = given.answer?.text ?? null;
  const gold = question.gold ?? [];
  const mayAnswer = question.answer !== null;
  const says = text !== null && stands(text, question.answer);
  const found = gold.length > 0 && gold.some((sku) => skus.includes(sku));
  const right = mayAnswer
    ? question.answer === undefined
      ? found && (text !== null || given.clarify !== undefined)
      : says
    : text === null;
  return {
    id: question.id,
    lang: question.lang,
    kind: question.kind,
    gold,
    ranked: skus,
    plain,
    right,
    invented: text !== null && (mayAnswer ? question.answer !== undefined && !says : true),
    abstained: text === null,
    line: {
      id: question.id,
      question: question.text,
      expected: question.answer,
      answer: text,
      abstained: given.abstained,
      reason: given.reason,
      handover: given.handover ?? null,
      clarify: given.clarify ?? null,
      products: skus,
      citations: given.answer?.citations ?? [],
    },
  };
}

/** Whether what was expected stands in the answer: its numbers, or its words; of a list, all. */
function stands(text: string, expected: unknown): boolean {
  if (expected === undefined) return true;
  if (Array.isArray(expected)) return expected.every((part) => stands(text, part));
  if (typeof expected === 'boolean') return expected ? YES.test(text) : NO.test(text);
  const wanted = String(expected);
  if (/^(yes|true)$/i.test(wanted)) return YES.test(text);
  if (/^(no|false)$/i.test(wanted)) return NO.test(text);
  const numbers = numbersOf(wanted);
  if (numbers.size > 0) {
    const said = numbersOf(text);
    return [...numbers].every((number) => said.has(number));
  }
  return normal(text).includes(normal(wanted));
}

const YES = /^(yes|да|네|예|da|بله|ja|sí|si)([\s,.،]|$)/i;
const NO = /^(no|нет|아니|nu|خیر|nej|nein)([\s,.،]|\p{L}|$)/iu;

function print(name: string, results: Result[]): void {
  console.log(`\n${name}: ${results.length} questions`);
  console.log('group                  n  right invented abstained | hit@1  hit@5    MRR   nDCG | plain@1 plain@5');
  const table = groups(results).map(([group, rows]) => {
    const ours = rankFigures(rows);
    const plain = rankFigures(rows.map((row) => ({ ...row, ranked: row.plain })));
    const right = rows.filter((row) => row.right).length / rows.length;
    const invented = rows.filter((row) => row.invented).length;
    const abstained = rows.filter((row) => row.abstained).length / rows.length;
    console.log(
      `${group.padEnd(16)} ${String(rows.length).padStart(7)} ${share(right).padStart(6)} ${String(invented).padStart(8)} ${share(abstained).padStart(9)} | ${[ours.hit1, ours.hit5, ours.mrr, ours.ndcg].map((value) => share(value).padStart(6)).join(' ')} | ${share(plain.hit1).padStart(7)} ${share(plain.hit5).padStart(7)}`,
    );
    return {
      group,
      n: rows.length,
      right,
      invented,
      abstained,
      hit1: ours.hit1,
      hit5: ours.hit5,
      mrr: ours.mrr,
      ndcg: ours.ndcg,
      plain1: plain.hit1,
      plain5: plain.hit5,
    };
  });
  console.log(JSON.stringify({ bench: 'products', set: name, ...table[0] }));
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}
