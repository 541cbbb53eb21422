import type { FormatCallback } from 'html-to-text';

type Element = Parameters<FormatCallback>[0];

/** Writes a table of HTML as a table of Markdown; its first row is the head. */
export const markdownTable: FormatCallback = (element, walk, builder) => {
  const rows = rowsOf(element);
  builder.openTable();
  for (const row of rows) {
    builder.openTableRow();
    for (const cell of cellsOf(row)) {
      builder.openTableCell({});
      walk(cell.children, builder);
      builder.closeTableCell({});
    }
    builder.closeTableRow();
  }
  builder.closeTable({
    tableToString: (table) => {
      const lines = table.map((row) => row.map((cell) => textOf(cell)));
      const width = Math.max(0, ...lines.map((line) => line.length));
      const line = (cells: readonly string[]) =>
        `| ${Array.from({ length: width }, (_, at) => cells[at] ?? '').join(' | ')} |`;
      const [head = [], ...rest] = lines;
      return [line(head), line(Array.from({ length: width }, () => '---')), ...rest.map(line)].join('\n');
    },
    leadingLineBreaks: 2,
    trailingLineBreaks: 2,
  });
};

function textOf(cell: unknown): string {
  const { text = '', lines = [] } = cell as { text?: string; lines?: string[] };
  return (text || lines.join(' ')).replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
}

function rowsOf(element: Element): Element[] {
  return (element.children ?? []).flatMap((child: Element) =>
    child.name === 'tr'
      ? [child]
      : ['thead', 'tbody', 'tfoot', 'center'].includes(child.name ?? '')
        ? rowsOf(child)
        : [],
  );
}

function cellsOf(row: Element): Element[] {
  return (row.children ?? []).filter((child: Element) => child.name === 'td' || child.name === 'th');
}
