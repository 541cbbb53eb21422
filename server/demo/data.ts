import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { Chance } from './chance.ts';
import { type Dialogue, parseDialogues } from './dialogues.ts';

const role = z.enum(['consultant', 'manager', 'supervisor', 'admin']);
const level = z.enum(['key', 'vip', 'usual']).default('usual');

const company = z.object({
  name: z.string(),
  domain: z.string(),
  staff: z.array(
    z.object({ name: z.string(), email: z.email(), role, stores: z.array(z.string()), locale: z.string() }),
  ),
  teams: z.array(z.object({ name: z.string(), members: z.array(z.email()) })),
  companies: z.array(
    z.object({ name: z.string(), domain: z.string(), owner: z.email(), level, people: z.array(z.string()) }),
  ),
  clients: z.array(
    z.object({
      name: z.string(),
      language: z.string(),
      email: z.email().optional(),
      phone: z.string().optional(),
      telegram: z.number().optional(),
      level,
    }),
  ),
});

export interface DemoData {
  company: z.infer<typeof company>;
  dialogues: Dialogue[];
  articles: { externalId: string; title: string; body: string; locale: string; path: string; internal: boolean }[];
  storesCsv: string;
  productsCsv: string;
  rules: string;
  /** sku -> EUR. */
  prices: Map<string, number>;
  /** Phones by name and sku, for talk about them. */
  phones: { sku: string; name: string; price: number }[];
  storeCodes: string[];
}

const DAY_MS = 24 * 3_600_000;

/** Reads prisma/demo; dates in it are relative (`Y0-12-25` this year's, `+9d` in nine days) so that it never grows old. */
export function readDemo(folder: string, now: Date): DemoData {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const storesCsv = read('stores.csv').replace(
    /Y(\d)-/g,
    (_, years: string) => `${now.getUTCFullYear() + Number(years)}-`,
  );
  const productsCsv = read('products.csv').replace(/(?<=,)\+(\d+)d$/gm, (_, days: string) =>
    new Date(now.getTime() + Number(days) * DAY_MS).toISOString().slice(0, 10),
  );
  const prices = new Map(rows(read('prices.csv')).map(({ sku = '', price = '' }) => [sku, Number(price)]));
  const phones = rows(productsCsv)
    .filter(({ category }) => category === 'phone')
    .map(({ sku = '', name = '' }) => ({ sku, name, price: prices.get(sku) ?? 0 }));
  return {
    company: company.parse(JSON.parse(read('company.json'))),
    dialogues: parseDialogues(read('dialogues.txt')),
    articles: articlesIn(join(folder, 'articles')),
    storesCsv,
    productsCsv,
    rules: read('rules.json'),
    prices,
    phones,
    storeCodes: rows(storesCsv).map(({ code = '' }) => code),
  };
}

/** The till's export: price and stock of every product in every store as of `at`. */
export function offersCsv({ prices, storeCodes }: DemoData, chance: Chance, at: Date): string {
  const lines = ['sku,store,price,currency,stock,onDisplay,validUntil,asOf'];
  for (const [sku, price] of prices) {
    for (const store of storeCodes) {
      const service = sku.startsWith('TM-');
      const kept = service || chance.number() < (price < 60 ? 0.9 : 0.62);
      if (!kept) continue;
      const stock = service ? '' : String(chance.number() < 0.18 ? 0 : chance.between(1, price < 60 ? 14 : 4));
      const shown = !service && stock !== '0' && chance.number() < 0.4;
      lines.push([sku, store, price.toFixed(2), 'EUR', stock, shown, '', at.toISOString()].join(','));
    }
  }
  return `${lines.join('\n')}\n`;
}

/** `articles/<locale>/<Section>/<name>.md`; `.internal.md` is for the staff only. */
function articlesIn(folder: string): DemoData['articles'] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      const [locale = 'en', ...path] = relative(folder, join(folder, name)).split(sep);
      const [, title = basename(name), body = text] = text.match(/^# (.+)\n+([\s\S]*)$/) ?? [];
      const internal = name.endsWith('.internal.md');
      return {
        externalId: `demo/${path.join('/')}/${locale}`,
        title,
        body,
        locale,
        path: dirname(path.join('/')),
        internal,
      };
    });
}

function rows(csv: string): Record<string, string>[] {
  return parse(csv, { columns: true, skip_empty_lines: true });
}
