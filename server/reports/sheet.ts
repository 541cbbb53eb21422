import { strToU8, zipSync } from 'fflate';
import { RawAnswer } from '../http/endpoint.ts';

/** A report as a file for spreadsheets. */

export type Cell = string | number | null;

/** A table as CSV (RFC 4180, UTF-8) or as an Office Open XML workbook (ECMA-376) of one sheet. */
export function asFile(name: string, table: readonly Cell[][], format: 'csv' | 'xlsx'): RawAnswer {
  const headers = { 'Content-Disposition': `attachment; filename="${name}.${format}"` };
  return format === 'csv'
    ? new RawAnswer(asCsv(table), 'text/csv', headers)
    : new RawAnswer(asXlsx(table), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', headers);
}

export function asCsv(table: readonly Cell[][]): string {
  return `${table.map((line) => line.map((cell) => (typeof cell === 'string' ? quote(cell) : String(cell ?? ''))).join(',')).join('\r\n')}\r\n`;
}

/** The smallest workbook that every spreadsheet opens: inline strings, numbers as numbers, a bold first row that stays. */
export function asXlsx(table: readonly Cell[][]): Uint8Array {
  const rows = table.map((line, row) => {
    const cells = line.map((cell, column) => {
      const at = `r="${columnName(column)}${row + 1}"`;
      const style = row === 0 ? ' s="1"' : '';
      if (cell === null) return '';
      return typeof cell === 'number'
        ? `<c ${at}${style}><v>${cell}</v></c>`
        : `<c ${at}${style} t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`;
    });
    return `<row r="${row + 1}">${cells.join('')}</row>`;
  });
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packaged = 'http://schemas.openxmlformats.org/package/2006';
  const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const parts: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kind}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Report" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf fontId="0"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>${rows.join('')}</sheetData></worksheet>`,
  };
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  return zipSync(Object.fromEntries(Object.entries(parts).map(([path, xml]) => [path, strToU8(head + xml)])));
}

/** A cell that a spreadsheet could take for a formula is made text. */
function quote(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}

function columnName(index: number): string {
  const rest = Math.floor(index / 26) - 1;
  return (rest >= 0 ? columnName(rest) : '') + String.fromCharCode(65 + (index % 26));
}

function escapeXml(value: string): string {
  return (
    value
      // XML 1.0 has no room for control characters.
      .replace(/[^\t\n\r\x20-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
  );
}
