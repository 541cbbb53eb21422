import { describe, expect, it } from 'vitest';
import { authenticationOf } from '../../../server/channels/email/authentication.ts';
import { parseHeaderBlock } from '../../../server/channels/email/mime/headers.ts';

/** Whether a letter with these headers proves that it is from bank.example. */
function verified(block: string, server: { imapHost?: string; authservId?: string } = {}, from = 'bank.example') {
  const known = { imapHost: server.imapHost ?? null, authservId: server.authservId ?? null };
  return authenticationOf(parseHeaderBlock(block), known, from).verified;
}
const pass = (id: string) => `Authentication-Results: ${id}; spf=pass; dmarc=pass (p=REJECT) header.from=bank.example`;
const hop = (by: string) => `Received: from x.example (x.example [192.0.2.1]) by ${by} with ESMTPS`;
const gmail = { imapHost: 'imap.gmail.com' };
const own = { imapHost: 'mail.shop.example' };

describe('what a server found about the writer', () => {
  it('counts above the topmost Received, which no sender reaches', () => {
    expect(verified(`${pass('mx.shop.example')}\n${hop('mx.shop.example')}`, own)).toBe(true);
    expect(verified(`${hop('mx.shop.example')}\n${pass('mx.shop.example')}`, own)).toBe(false);
  });
  it('counts below it of a provider that adds it to each letter, and of no other hop', () => {
    const letter = `${hop('2002:a05:6402::1')}\n${hop('mx.google.com')}\n${pass('mx.google.com')}`;
    expect(verified(letter, gmail)).toBe(true);
    expect(verified(letter, own)).toBe(false);
    expect(verified(`${hop('mx.google.com')}\n${pass('mx.evil.example')}`, gmail)).toBe(false);
    expect(verified(`${hop('mx.google.com')}\n${hop('mx.evil.example')}\n${pass('mx.google.com')}`, gmail)).toBe(false);
    const o365 =
      'Authentication-Results: spf=pass smtp.mailfrom=bank.example; dmarc=pass action=none header.from=bank.example';
    expect(verified(`${hop('a.prod.outlook.com')}\n${o365}`, { imapHost: 'outlook.office365.com' })).toBe(true);
  });
  it('counts under the name that the mailbox is set to, and then under no other', () => {
    const letter = `${hop('mx.shop.example')}\n${pass('mx.shop.example')}\n${hop('mx.evil.example')}`;
    expect(verified(letter, { ...own, authservId: 'MX.shop.example' })).toBe(true);
    expect(verified(letter, { authservId: 'mx.shop.example' })).toBe(true);
    expect(verified(`${pass('mx.evil.example')}\n${letter}`, { ...own, authservId: 'other.example' })).toBe(false);
  });
  it('is nothing where nobody looked: at our own SMTP receiver', () => {
    expect(verified(pass('mx.shop.example'))).toBe(false);
  });
  it('proves only the domain it speaks of, and not what a sender wrote in quotes', () => {
    expect(verified(`${pass('mx.shop.example')}\n${hop('mx.shop.example')}`, own, 'other.example')).toBe(false);
    const quoted = 'Authentication-Results: mx.shop.example; spf=pass smtp.mailfrom="a; dmarc=pass"@evil.example';
    expect(verified(`${quoted}\n${hop('mx.shop.example')}`, own)).toBe(false);
    const twice = 'Authentication-Results: mx.shop.example; x=pass smtp.helo=a;dmarc=pass; dmarc=fail';
    expect(verified(`${twice}\n${hop('mx.shop.example')}`, own)).toBe(false);
  });
  it('is believed of anybody when it speaks against the writer', () => {
    const failed = parseHeaderBlock('Authentication-Results: any.example; spf=pass; dmarc=fail');
    const { found } = authenticationOf(failed, { imapHost: null, authservId: null }, 'bank.example');
    expect(found).toEqual({ dmarc: 'fail' });
  });
});
