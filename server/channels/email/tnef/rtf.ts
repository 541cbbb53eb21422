import { decodeText } from '../mime/charset.ts';

/** The body that an RTF stands for; one of the two. */
export type RtfBody = { html: string } | { text: string };

/**
 * Reads the body out of an RTF: the HTML or the plain text that Exchange put into it (MS-OXRTFEX), else the words of the RTF
 * itself, without their looks. Pure, one pass; groups that are too deep and words that are unknown count for nothing.
 */
export function readRtf(bytes: Uint8Array): RtfBody {
  const reader = new Reader(bytes);
  const text = reader.read();
  return reader.isHtml ? { html: text } : { text: text.replace(/\n{3,}/g, '\n\n').trim() };
}

const maxDepth = 500;
const wordPattern = /\\([a-z]{1,32})(-?\d{1,10})? ?/y;

/** What a group inherits and gives back at its end. */
interface Group {
  /** Its text belongs to no body: fonts, pictures, headers. */
  hidden: boolean;
  /** It holds HTML as it stands (`\*\htmltag`). */
  tag: boolean;
  /** Looks for readers that know no HTML (`\htmlrtf`). */
  rtfOnly: boolean;
  fonts: boolean;
  font: number;
  /** Characters after `\u` that stand in for it. */
  standIns: number;
}

class Reader {
  isHtml = false;
  private readonly source: string;
  private readonly out: string[] = [];
  private readonly stack: Group[] = [];
  private group: Group = { hidden: false, tag: false, rtfOnly: false, fonts: false, font: -1, standIns: 1 };
  private readonly charsets = new Map<number, string>();
  private ansi = 'windows-1252';
  /** Bytes of characters of one charset that wait to be decoded together: a character may have several. */
  private waiting: number[] = [];
  private tooDeep = 0;
  private skip = 0;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  }

  read(): string {
    const { source } = this;
    while (this.at < source.length) {
      const char = source[this.at] ?? '';
      if (char === '{') this.open();
      else if (char === '}') this.close();
      else if (char === '\\') {
        this.control();
        continue;
      } else if (char !== '\r' && char !== '\n') this.byte(source.charCodeAt(this.at));
      this.at++;
    }
    this.flush();
    return this.out.join('');
  }

  private open(): void {
    this.flush();
    if (this.stack.length >= maxDepth) this.tooDeep++;
    else {
      this.stack.push(this.group);
      this.group = { ...this.group };
    }
    this.skip = 0;
  }

  private close(): void {
    this.flush();
    if (this.tooDeep > 0) this.tooDeep--;
    else this.group = this.stack.pop() ?? this.group;
    this.skip = 0;
  }

  private control(): void {
    wordPattern.lastIndex = this.at;
    const match = wordPattern.exec(this.source);
    if (match === null) this.symbol();
    else {
      this.at = wordPattern.lastIndex;
      this.word(match[1] ?? '', match[2] === undefined ? null : Number(match[2]));
    }
  }

  private symbol(): void {
    const symbol = this.source[this.at + 1] ?? '';
    this.at += 2;
    if (symbol === "'") {
      const code = Number.parseInt(this.source.slice(this.at, this.at + 2), 16);
      this.at += 2;
      if (!Number.isNaN(code)) this.byte(code);
    } else if (symbol === '*') {
      const next = /^\\([a-z]{1,32})/.exec(this.source.slice(this.at, this.at + 40))?.[1];
      if (next !== 'htmltag') this.group.hidden = true;
    } else if (symbol === '\r' || symbol === '\n') this.say('\n');
    else if (symbol === '~') this.say(this.isHtml ? '&nbsp;' : '\u00a0');
    else if (symbol === '_') this.say(this.isHtml ? '&shy;' : '\u2011');
    else if ('\\{}'.includes(symbol)) this.byte(symbol.charCodeAt(0));
  }

  private word(name: string, value: number | null): void {
    const { group } = this;
    const said = spoken.get(name);
    if (said !== undefined) this.say(this.isHtml ? said.html : said.text);
    if (hiddenGroups.has(name)) group.hidden = true;
    switch (name) {
      case 'fromhtml':
        this.isHtml = value !== 0;
        break;
      case 'ansicpg':
        this.ansi = codePage(value ?? 1252);
        break;
      case 'htmltag':
        group.tag = true;
        group.hidden = false;
        break;
      case 'htmlrtf':
        this.flush();
        group.rtfOnly = value !== 0;
        break;
      case 'fonttbl':
        group.fonts = true;
        break;
      case 'f':
        this.flush();
        group.font = value ?? 0;
        break;
      case 'plain':
        this.flush();
        group.font = -1;
        break;
      case 'fcharset':
        if (group.fonts && this.charsets.size < maxFonts)
          this.charsets.set(group.font, fontCharsets.get(value ?? 0) ?? this.ansi);
        break;
      case 'uc':
        group.standIns = Math.min(Math.max(value ?? 1, 0), 100);
        break;
      case 'u':
        this.say(String.fromCharCode((value ?? 63) & 0xffff));
        this.skip = group.standIns;
        break;
      case 'bin':
        this.at += Math.max(value ?? 0, 0);
        break;
    }
  }

  private byte(code: number): void {
    if (this.skip > 0) this.skip--;
    else if (code !== 0 && this.isShown()) this.waiting.push(code);
  }

  private say(text: string): void {
    if (this.skip > 0) this.skip--;
    else if (this.isShown()) {
      this.flush();
      this.out.push(text);
    }
  }

  private isShown(): boolean {
    return !this.group.hidden && !this.group.rtfOnly && this.tooDeep === 0;
  }

  private flush(): void {
    if (this.waiting.length === 0) return;
    const { tag, font } = this.group;
    const charset = tag ? this.ansi : (this.charsets.get(font) ?? this.ansi);
    this.out.push(decodeText(Uint8Array.from(this.waiting), charset));
    this.waiting = [];
  }
}

const maxFonts = 5_000;

/** Words that stand for characters, in text and in HTML. */
const spoken = new Map(
  Object.entries({
    par: ['\n', '\r\n'],
    line: ['\n', '\r\n'],
    sect: ['\n', '\r\n'],
    page: ['\n', '\r\n'],
    row: ['\n', '\r\n'],
    tab: ['\t', '\t'],
    cell: ['\t', '\t'],
    lquote: ['\u2018', '&lsquo;'],
    rquote: ['\u2019', '&rsquo;'],
    ldblquote: ['\u201c', '&ldquo;'],
    rdblquote: ['\u201d', '&rdquo;'],
    bullet: ['\u2022', '&bull;'],
    endash: ['\u2013', '&ndash;'],
    emdash: ['\u2014', '&mdash;'],
    emspace: ['\u2003', '&emsp;'],
    enspace: ['\u2002', '&ensp;'],
  }).map(([name, [text = '', html = '']]) => [name, { text, html }]),
);

const hiddenGroups = new Set([
  'fonttbl',
  'colortbl',
  'stylesheet',
  'info',
  'pict',
  'objdata',
  'header',
  'headerl',
  'headerr',
  'headerf',
  'footer',
  'footerl',
  'footerr',
  'footerf',
  'fldinst',
  'pntext',
  'pntxta',
  'pntxtb',
  'mhtmltag',
]);

/** `\fcharset` of a font; those of Windows. */
const fontCharsets = new Map([
  [77, 'macintosh'],
  [128, 'shift_jis'],
  [129, 'euc-kr'],
  [130, 'euc-kr'],
  [134, 'gb18030'],
  [136, 'big5'],
  [161, 'windows-1253'],
  [162, 'windows-1254'],
  [163, 'windows-1258'],
  [177, 'windows-1255'],
  [178, 'windows-1256'],
  [186, 'windows-1257'],
  [204, 'windows-1251'],
  [222, 'windows-874'],
  [238, 'windows-1250'],
]);

/** The charset of a Windows code page. */
export function codePage(number: number): string {
  return codePages.get(number) ?? (number >= 1250 && number <= 1258 ? `windows-${number}` : `cp${number}`);
}

const codePages = new Map([
  [437, 'windows-1252'],
  [850, 'windows-1252'],
  [866, 'ibm866'],
  [874, 'windows-874'],
  [932, 'shift_jis'],
  [936, 'gb18030'],
  [949, 'euc-kr'],
  [950, 'big5'],
  [10000, 'macintosh'],
  [20127, 'windows-1252'],
  [20866, 'koi8-r'],
  [21866, 'koi8-u'],
  [28591, 'windows-1252'],
  [28592, 'iso-8859-2'],
  [28595, 'iso-8859-5'],
  [50220, 'iso-2022-jp'],
  [51932, 'euc-jp'],
  [51949, 'euc-kr'],
  [65001, 'utf-8'],
]);
