import { readFileSync } from 'node:fs';

/** The bytes of a letter of tests/support/mail. */
export function letterFile(name: string): Uint8Array {
  return readFileSync(new URL(`./mail/${name}.eml`, import.meta.url));
}

/** A short plain letter; every field can be replaced, `null` leaves a header out. */
export function plainLetter(
  fields: {
    from?: string;
    to?: string;
    subject?: string;
    messageId?: string | null;
    headers?: string;
    text?: string;
  } = {},
): Uint8Array {
  const {
    from = 'Ann Lee <ann@example.com>',
    to = 'shop@example.org',
    subject = 'Hello',
    messageId,
    headers = '',
    text = 'Hi',
  } = fields;
  const id =
    messageId === null ? '' : `Message-ID: ${messageId ?? `<${Math.random().toString(36).slice(2)}@example.com>`}\r\n`;
  return Buffer.from(
    `From: ${from}\r\nTo: ${to}\r\nSubject: ${subject}\r\nDate: Wed, 03 Apr 2024 16:19:00 +0200\r\n${id}${headers}MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${text}\r\n`,
  );
}
