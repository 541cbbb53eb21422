import { describe, expect, it } from 'vitest';
import { bounceReason, isHard } from '../../../server/channels/email/kind/reason.ts';
import { readRefusal } from '../../../server/channels/email/kind/refusal.ts';

/** What mail servers write, and why they refused. */
const cases: [string, string][] = [
  ['550 5.1.1 <x@y.z>... User unknown', 'userunknown'],
  ['554 5.7.1 Service unavailable; Client host [1.2.3.4] blocked using zen.spamhaus.org', 'blocked'],
  ['554 5.7.1 <x@y.z>: Relay access denied', 'norelaying'],
  ['552 5.2.2 Over quota', 'mailboxfull'],
  ['550-5.7.1 Our system has detected that this message is likely unsolicited mail', 'spamdetected'],
  ["554 delivery error: dd This user doesn't have a yahoo.com account (x@yahoo.com) [0]", 'userunknown'],
  [
    '554 delivery error: dd Sorry your message to x@yahoo.com cannot be delivered. This account has been disabled or discontinued [#102].',
    'suspend',
  ],
  ['550 5.2.1 The email account that you tried to reach is disabled', 'suspend'],
  ['452 4.2.2 The email account that you tried to reach is over quota', 'mailboxfull'],
  ['550 5.1.2 Host unknown', 'hostunknown'],
  ['Host or domain name not found. Name service error for name=example.com type=AAAA: Host not found', 'hostunknown'],
  ['connect to mx.example.com[1.2.3.4]:25: Connection timed out', 'expired'],
  ['connect to mx.example.com[1.2.3.4]:25: Connection refused', 'networkerror'],
  ['mail forwarding loop for x@y.z', 'networkerror'],
  ['550 Requested action not taken: mailbox unavailable', 'userunknown'],
  ['554 5.4.6 Too many hops', 'networkerror'],
  ['552 5.3.4 Message size exceeds fixed limit', 'mesgtoobig'],
  ['552 5.2.3 Message size exceeds fixed maximum message size (10485760)', 'exceedlimit'],
  ['450 4.1.8 <a@b.c>: Sender address rejected: Domain not found', 'rejected'],
  ['Unrouteable address', 'hostunknown'],
  ["Sorry, I couldn't find any host named example.test. (#5.1.2)", 'hostunknown'],
  [
    "Sorry, I wasn't able to establish an SMTP connection. (#4.4.1) I'm not going to try again; this message has been in the queue too long.",
    'expired',
  ],
  ['Sorry, no mailbox here by that name. (#5.1.1)', 'userunknown'],
  ['#5.1.1 SMTP; 550 RESOLVER.ADR.RecipNotFound; not found', 'userunknown'],
  ['550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized', 'securityerror'],
  ['550 4.4.7 QUEUE.Expired; message expired', 'expired'],
  ['User x (x@y.z) not listed in Domino Directory', 'userunknown'],
  ['The mailbox has exceeded the limit', 'mailboxfull'],
  [
    '550-5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages',
    'speeding',
  ],
  ['550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP', 'blocked'],
  ['554 5.7.1 message rejected: virus found', 'virusdetected'],
  ['450 4.7.1 Client host rejected: cannot find your hostname, [1.2.3.4]', 'requireptr'],
  ['550 5.7.1 DMARC policy violation', 'authfailure'],
  ['421 4.7.0 Too many connections from your IP', 'toomanyconn'],
  ['550 Account inactive', 'suspend'],
  ['530 5.7.0 Authentication required', 'securityerror'],
  ['550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup', 'userunknown'],
  ['501 5.5.4 Syntax error', 'syntaxerror'],
  ['554 5.3.5 Local configuration error', 'systemerror'],
  ['452 4.3.1 Insufficient system storage', 'systemfull'],
  ['550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking', 'userunknown'],
  ['550 5.4.4 Unable to route: no mail hosts for domain', 'hostunknown'],
  ['550 5.1.6 The recipient has moved', 'hasmoved'],
  ['556 5.1.10 Recipient address has null MX', 'notaccept'],
];

describe('a refusal', () => {
  for (const [said, reason] of cases) {
    it(`is ${reason}: ${said.slice(0, 80)}`, () => expect(bounceReason(readRefusal(said))).toBe(reason));
  }
  it('after DATA that speaks of an unknown user is a filter, unless the code says user', () => {
    expect(bounceReason(readRefusal('550 Unknown user ann@b.example', { command: 'DATA' }))).toBe('filtered');
    expect(bounceReason(readRefusal('550 5.1.1 User unknown', { command: 'DATA' }))).toBe('userunknown');
  });
  it('is the innermost answer of a chain of servers', () => {
    expect(readRefusal('554 4.4.7 Message expired: unable to deliver.<421 4.4.2 Connection timed out>')).toMatchObject({
      status: '4.4.2',
      replyCode: '421',
    });
  });
  it('is hard only when the address will never work', () => {
    expect(isHard('userunknown', '5.1.1')).toBe(true);
    expect(isHard('userunknown', '4.1.1')).toBe(false);
    expect(isHard('mailboxfull', '5.2.2')).toBe(false);
  });
});
