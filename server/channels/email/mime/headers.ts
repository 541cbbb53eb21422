import { type Address, addressParser } from 'postal-mime';
import type { LetterHeader, Mailbox } from './letter.ts';
import { maxAddresses, maxReferences } from './limits.ts';
import { decodeWords } from './words.ts';

/** First value of a header; null when it is absent or empty. */
export function header(headers: LetterHeader[], name: string): string | null {
  return headers.find((one) => one.name === name)?.value.trim() || null;
}

/** All values of a header in order. */
export function headerValues(headers: LetterHeader[], name: string): string[] {
  return headers.filter((one) => one.name === name).map((one) => one.value);
}

/** Splits an address header into mailboxes; groups are opened, empty ones dropped, bounded. */
export function mailboxes(value: string | null | undefined): Mailbox[] {
  if (!value) return [];
  return addressParser(value.slice(0, 200_000), { flatten: true })
    .slice(0, maxAddresses)
    .map(toMailbox)
    .filter((one) => one.address !== '' || one.name !== '');
}

function toMailbox(address: Address): Mailbox {
  return { name: decodeWords(address.name ?? '').trim(), address: (address.address ?? '').trim() };
}

/** The Message-ID of a header value, with angle brackets; null for what can match nothing safely (RFC 5322 3.6.4). */
export function messageIdOf(value: string | null | undefined): string | null {
  const trimmed = (value ?? '').trim();
  const inBrackets = /<([^<>]{1,990})>/.exec(trimmed)?.[1];
  const id = (inBrackets ?? trimmed).replace(/\s+/g, '');
  return id.length >= 3 && /[^<>@]/.test(id) && id.length < 998 ? `<${id}>` : null;
}

/** Every Message-ID in a References or In-Reply-To value, in order, bounded to the newest. */
export function messageIdsOf(value: string | null | undefined): string[] {
  const found = (value ?? '').slice(-200_000).match(/<[^<>]{1,990}>/g) ?? [];
  const ids = found.map((one) => `<${one.slice(1, -1).replace(/\s+/g, '')}>`).filter((one) => one.length > 4);
  return [...new Set(ids)].slice(-maxReferences);
}

/** Splits a header block (of a report's part or a returned letter) into headers, unfolded and decoded. */
export function parseHeaderBlock(block: string): LetterHeader[] {
  const headers: LetterHeader[] = [];
  for (const line of block.replace(/\r\n?/g, '\n').split('\n')) {
    if (/^[ \t]/.test(line) && headers.length > 0) {
      const last = headers[headers.length - 1];
      if (last) last.value += ` ${line.trim()}`;
      continue;
    }
    const colon = line.indexOf(':');
    if (colon > 0 && /^[!-9;-~]+[ \t]*$/.test(line.slice(0, colon)))
      headers.push({ name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() });
  }
  for (const one of headers) one.value = decodeWords(one.value);
  return headers;
}
