import { parse } from 'csv-parse/sync';
import type { ImportError } from './rows.ts';

/** A table of a CSV or TSV file: every cell trimmed, every row with its line number (the header is line 1). */
export interface Table {
  columns: string[];
  records: { row: number; cells: Record<string, string> }[];
  errors: ImportError[];
}

/**
 * Reads CSV with comma, semicolon or tab, quotes, CRLF and BOM. A line with the wrong number of cells is an error of its
 * own; a missing required column is one error for the file.
 */
export function readTable(text: string, required: readonly string[]): Table {
  const errors: ImportError[] = [];
  let lines: { record: string[]; info: { lines: number } }[];
  try {
    lines = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as typeof lines;
  } catch (error) {
    return {
      columns: [],
      records: [],
      errors: [{ row: lineOf(error), message: `Not readable as CSV: ${String((error as Error).message)}` }],
    };
  }
  const columns = (lines[0]?.record ?? []).map((name) => name.trim());
  const absent = required.filter((name) => !columns.includes(name));
  if (absent.length > 0)
    return {
      columns,
      records: [],
      errors: absent.map((column) => ({ row: 1, column, message: `The column ${column} is missing` })),
    };
  const records: Table['records'] = [];
  for (const line of lines.slice(1)) {
    const row = line.info.lines;
    if (line.record.length !== columns.length) {
      errors.push({ row, message: `${line.record.length} cells where the header has ${columns.length}` });
      continue;
    }
    records.push({ row, cells: Object.fromEntries(columns.map((name, at) => [name, line.record[at] ?? ''])) });
  }
  return { columns, records, errors };
}

function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/\r?\n|$/));
  const counted = [',', ';', '\t'].map((mark) => ({ mark, count: header.split(mark).length }));
  return counted.reduce((a, b) => (b.count > a.count ? b : a)).mark;
}

function lineOf(error: unknown): number {
  const lines = (error as { lines?: unknown }).lines;
  return typeof lines === 'number' ? lines : 1;
}
