import { DateTime } from 'luxon';
import { z } from 'zod';
import type { ImportError, Parsed, RuleRow } from './rows.ts';

export const ruleKinds = [
  'warranty',
  'return',
  'claimDeadline',
  'delivery',
  'payment',
  'repairPrice',
  'tradeIn',
] as const;

export type RuleImport = Omit<RuleRow, 'id'>;

const day = z.string().refine((text) => DateTime.fromISO(text).isValid, 'must be an ISO date');

const rule = z.object({
  kind: z.enum(ruleKinds),
  appliesTo: z
    .object({ brand: z.string().optional(), category: z.string().optional(), sku: z.string().optional() })
    .default({}),
  value: z.record(z.string(), z.unknown()),
  text: z.string().min(1),
  jurisdiction: z.string().default(''),
  validFrom: day,
  validUntil: day.nullish(),
});

/** Reads a JSON list of rules; `row` is the place in the list, from 1. A day alone is valid through its end, UTC. */
export function parseRules(text: string): Parsed<RuleImport> {
  let list: unknown;
  try {
    list = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    return { rows: [], errors: [{ row: 1, message: `Not readable as JSON: ${(error as Error).message}` }] };
  }
  if (!Array.isArray(list)) return { rows: [], errors: [{ row: 1, message: 'Rules must be a JSON list' }] };
  const rows: Parsed<RuleImport>['rows'] = [];
  const errors: ImportError[] = [];
  list.forEach((value: unknown, at) => {
    const read = rule.safeParse(value);
    if (!read.success) {
      for (const issue of read.error.issues)
        errors.push({
          row: at + 1,
          ...(issue.path.length > 0 && { column: issue.path.join('.') }),
          message: issue.message,
        });
      return;
    }
    const { validFrom, validUntil, ...rest } = read.data;
    rows.push({
      ...rest,
      row: at + 1,
      validFrom: DateTime.fromISO(validFrom, { zone: 'utc' }).toJSDate(),
      validUntil: validUntil ? endOf(validUntil) : null,
    });
  });
  return { rows, errors };
}

function endOf(text: string): Date {
  const read = DateTime.fromISO(text, { zone: 'utc' });
  return (text.length === 10 ? read.endOf('day') : read).toJSDate();
}
