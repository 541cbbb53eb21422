import { describe, expect, it } from 'vitest';
import { forwardedFrom } from '../../../server/channels/email/reply/forwarded.ts';

describe('who wrote a forwarded letter', () => {
  it.each([
    [
      'Gmail',
      'Fwd: Returns',
      'Please take it.\n\n---------- Forwarded message ---------\nFrom: Omar Haddad <omar@client.example>\nDate: Fri, 20 Nov 2026 at 10:00\nSubject: Returns\nTo: <boss@shop.example>\n\nHello',
    ],
    [
      'Outlook, in German',
      'WG: Returns',
      'Bitte.\n\nVon: Omar Haddad <omar@client.example>\nGesendet: Freitag, 20. November 2026 10:00\nAn: boss@shop.example\nBetreff: Returns\n\nHallo',
    ],
    [
      'Apple Mail',
      'Fwd: Returns',
      'Begin forwarded message:\n\nFrom: Omar Haddad <Omar@client.example>\nSubject: Returns\nDate: 20 November 2026 at 10:00\nTo: boss@shop.example\n\nHello',
    ],
  ])('is read as %s writes it', (_, subject, text) => {
    expect(forwardedFrom(subject, text)).toEqual({ name: 'Omar Haddad', address: 'omar@client.example' });
  });

  it('is nobody in an answer that quotes, and in a letter that forwards nothing', () => {
    const quoted =
      'Yes.\n\nFrom: Omar <omar@client.example>\nSent: Friday\nTo: a@shop.example\nSubject: Returns\n\nHello';
    expect(forwardedFrom('Re: Returns', quoted)).toBeNull();
    expect(forwardedFrom('Fwd: Returns', 'See you at a@shop.example')).toBeNull();
  });
});
