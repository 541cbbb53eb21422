import { decodeText } from '../mime/charset.ts';
import { unpackRtf } from './compressedRtf.ts';
import { Allowance, type Property, propertyType, readProperties } from './properties.ts';
import { codePage, readRtf } from './rtf.ts';

/** A file that was packed into TNEF. */
export interface TnefFile {
  /** As the sender wrote it; may be empty. */
  name: string;
  /** MIME type; empty when none was given. */
  type: string;
  content: Uint8Array;
  contentId: string | null;
}

/** What a `winmail.dat` holds. */
export interface Tnef {
  text: string | null;
  html: string | null;
  files: TnefFile[];
}

/** Files of one letter, those of messages inside it included. */
const maxFiles = 500;
/** Messages inside messages. */
const maxNested = 5;
/** Bytes of a body that are unpacked. */
const maxBodyBytes = 8 * 1024 * 1024;

/**
 * Reads TNEF (MS-OXTNEF), the packing of Outlook and Exchange: the files and the body in it, those of messages packed inside
 * counted as files. A stream that is cut or broken gives what stands before the break; checksums are not asked,
 * since a letter is better read than refused for a wrong one. What passes the allowance is left out; the bytes themselves
 * stay in the letter.
 *
 * @param allowance one for all TNEF of a letter; it is used up
 * @returns null when the bytes are no TNEF
 */
export function readTnef(bytes: Uint8Array, allowance = new Allowance(), nested = 0): Tnef | null {
  if (bytes.length < 6 || !startsAsTnef(bytes)) return null;
  const message: Tnef = { text: null, html: null, files: [] };
  let charset = 'windows-1252';
  let body: Uint8Array | null = null;
  let properties: Uint8Array | null = null;
  let file: Packed | null = null;
  const packed: Packed[] = [];
  for (const { id, data } of attributes(bytes)) {
    if (!allowance.step()) break;
    if (id === attribute.codePage && data.length >= 4) charset = codePage(twoBytes(data));
    else if (id === attribute.body) body = data;
    else if (id === attribute.messageProperties) properties = data;
    else if (id === attribute.fileStarts) {
      if (packed.length >= maxFiles) break;
      file = { title: null, data: null, properties: null };
      packed.push(file);
    } else if (file !== null && id === attribute.fileTitle) file.title = data;
    else if (file !== null && id === attribute.fileData) file.data = data;
    else if (file !== null && id === attribute.fileProperties) file.properties = data;
  }
  // Of blocks that repeat the last counts, and only that is read.
  Object.assign(message, bodyOf(listOf(properties, allowance), body, charset));
  for (const one of packed) message.files.push(...filesOf(one, charset, allowance, nested));
  message.files.splice(maxFiles);
  return message;
}

interface Packed {
  title: Uint8Array | null;
  data: Uint8Array | null;
  properties: Uint8Array | null;
}

function listOf(bytes: Uint8Array | null, allowance: Allowance): Map<number, Property> {
  return bytes === null ? new Map() : readProperties(bytes, allowance);
}

const signature = [0x78, 0x9f, 0x3e, 0x22];

function startsAsTnef(bytes: Uint8Array): boolean {
  return signature.every((byte, i) => bytes[i] === byte);
}

/** Ids of MS-OXTNEF 2.1.3.2, without the type in their upper half. */
const attribute = {
  body: 0x800c,
  fileTitle: 0x8010,
  fileData: 0x800f,
  fileStarts: 0x9002,
  messageProperties: 0x9003,
  fileProperties: 0x9005,
  codePage: 0x9007,
} as const;

/** Each attribute until the first that does not fit: level, id, type, length, data, checksum. */
function* attributes(bytes: Uint8Array): Generator<{ id: number; data: Uint8Array }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 6; at + 9 <= bytes.length; ) {
    const level = view.getUint8(at);
    const length = view.getUint32(at + 5, true);
    if ((level !== 1 && level !== 2) || at + 9 + length > bytes.length) return;
    yield { id: view.getUint16(at + 1, true), data: bytes.subarray(at + 9, at + 9 + length) };
    at += 9 + length + 2;
  }
}

/** Ids of MAPI properties. */
const property = {
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  displayName: 0x3001,
  fileData: 0x3701,
  fileName: 0x3704,
  method: 0x3705,
  longFileName: 0x3707,
  mimeType: 0x370e,
  contentId: 0x3712,
  internetCodePage: 0x3fde,
} as const;

function bodyOf(
  properties: Map<number, Property>,
  body: Uint8Array | null,
  charset: string,
): Pick<Tnef, 'text' | 'html'> {
  const ownPage = properties.get(property.internetCodePage)?.bytes;
  const htmlCharset = ownPage && ownPage.length >= 4 ? codePage(twoBytes(ownPage)) : charset;
  let html = words(properties.get(property.html), htmlCharset);
  let text =
    words(properties.get(property.body), charset) ?? (body === null ? null : zeroEnded(decodeText(body, charset)));
  const packed = properties.get(property.rtf);
  if (html === null && packed !== undefined) {
    const rtf = unpackRtf(packed.bytes, maxBodyBytes);
    const read = rtf === null ? null : readRtf(rtf);
    if (read !== null && 'html' in read) html = read.html;
    else if (read !== null) text ??= read.text;
  }
  return { text: text?.trim() ? text : null, html: html?.trim() ? html : null };
}

const twoBytes = (bytes: Uint8Array) => (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8);

function words(value: Property | undefined, charset: string): string | null {
  if (value === undefined) return null;
  const bytes = value.bytes.subarray(0, maxBodyBytes);
  if (value.type === propertyType.unicode) return zeroEnded(new TextDecoder('utf-16le').decode(bytes));
  if (value.type === propertyType.string8 || value.type === propertyType.binary)
    return zeroEnded(decodeText(bytes, charset));
  return null;
}

function zeroEnded(text: string): string {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

/** One file; of a message packed inside its own files and its words as a file. */
function filesOf(
  { title, data, properties: list }: Packed,
  charset: string,
  allowance: Allowance,
  nested: number,
): TnefFile[] {
  const properties = listOf(list, allowance);
  const name =
    words(properties.get(property.longFileName), charset) ||
    words(properties.get(property.fileName), charset) ||
    (title === null ? '' : zeroEnded(decodeText(title, charset))) ||
    words(properties.get(property.displayName), charset) ||
    '';
  const object = properties.get(property.fileData);
  const content = data ?? (object?.type === propertyType.object ? object.bytes.subarray(guidBytes) : object?.bytes);
  if (content === undefined) return [];
  const inner = nested < maxNested && object !== undefined ? readTnef(content, allowance, nested + 1) : null;
  if (inner !== null) return [...wordsAsFile(inner, name), ...inner.files];
  return [
    {
      name,
      type: (words(properties.get(property.mimeType), charset) ?? '').toLowerCase(),
      content,
      contentId: words(properties.get(property.contentId), charset)?.replace(/^<|>$/g, '') || null,
    },
  ];
}

/** The kind of an object stands before its bytes. */
const guidBytes = 16;

function wordsAsFile({ text, html }: Tnef, name: string): TnefFile[] {
  const said = html ?? text;
  if (said === null) return [];
  const [ending, type] = html === null ? ['txt', 'text/plain'] : ['html', 'text/html'];
  const content = new TextEncoder().encode(said);
  return [{ name: `${name || 'message'}.${ending}`, type: `${type}; charset=utf-8`, content, contentId: null }];
}
