import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InboundMessage } from '../../../server/channels/channel.ts';
import { readLetter } from '../../../server/channels/email/mime/read.ts';
import { toInbound } from '../../../server/channels/email/toInbound.ts';
import { type Candidate, continueThread, normalSubject } from '../../../server/threads/continue.ts';
import { plainLetter } from '../../support/letters.ts';

const kinds = ['token', 'reference', 'answered', 'sibling', 'subject', 'current'] as const;
const candidate = fc.record<Candidate>({
  threadId: fc.constantFrom('t1', 't2', 't3', 't4'),
  clientId: fc.constantFrom('anna', 'bob', 'carla'),
  status: fc.constantFrom('open', 'snoozed', 'closed'),
  by: fc.constantFrom(...kinds),
  rank: fc.nat(5000),
  participant: fc.boolean(),
});
const arrival = fc.record({
  channelKind: fc.constantFrom('email' as const, 'telegram' as const, 'chat' as const),
  classification: fc.constantFrom('person' as const, 'autoReply' as const, 'bounce' as const, 'bulk' as const),
  clientId: fc.constantFrom('anna', 'mallory', null),
  forged: fc.boolean(),
});

describe('where a message goes on', () => {
  it('is a thread that was found, and a stranger gets into none without its token', () => {
    fc.assert(
      fc.property(arrival, fc.array(candidate, { maxLength: 40 }), (message, candidates) => {
        const place = continueThread(message, candidates);
        if (place.threadId === null) return;
        const found = candidates.filter((one) => one.threadId === place.threadId && one.by === place.by);
        expect(found.length).toBeGreaterThan(0);
        if (place.by === 'token') return;
        expect(message.forged).toBe(false);
        const reports = message.classification === 'bounce' && place.by === 'reference';
        expect(reports || found.some((one) => one.participant || one.clientId === message.clientId)).toBe(true);
      }),
    );
  });

  it('is the same whatever the order in which its candidates were found, their ranks being different', () => {
    fc.assert(
      fc.property(
        arrival,
        fc.uniqueArray(candidate, { maxLength: 12, selector: (one) => one.rank }),
        (message, candidates) => {
          const named = candidates.filter((one) => one.by === 'reference');
          expect(continueThread(message, [...named].reverse())).toEqual(continueThread(message, named));
        },
      ),
    );
  });

  it('is no thread when nothing was found', () => {
    fc.assert(fc.property(arrival, (message) => continueThread(message, []).threadId === null));
  });

  it('takes any subject, and marks of any depth make no difference', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.array(fc.constantFrom('Re: ', 'AW: ', 'Fwd: ', 'RE[2]: ', 'Отв: ', '回复：'), { maxLength: 30 }),
        (subject, marks) => {
          const plain = normalSubject(subject);
          expect(plain.length).toBeLessThanOrEqual(300);
          expect(normalSubject(marks.join('') + subject)).toBe(plain);
        },
      ),
    );
  });
});

describe('the ids of a letter', () => {
  const inboundOf = async (headers: string, messageId?: string | null): Promise<InboundMessage> => {
    const raw = plainLetter({ headers, messageId: messageId ?? null });
    return toInbound(await readLetter(raw), {
      externalId: '1',
      arrivedAt: new Date(0),
      historical: false,
      raw,
      server: { imapHost: null, authservId: null },
      own: { addresses: new Set(['shop@example.org']), isOwnMessageId: () => false },
      readToken: () => null,
    });
  };

  for (const headers of [
    '',
    'Message-ID:\r\n',
    'Message-ID: <>\r\n',
    'Message-ID: < >\r\n',
    'Message-ID: <@>\r\n',
    'References: <> < >\r\nIn-Reply-To: \r\n',
  ]) {
    it(`match nothing when they are missing or empty: ${JSON.stringify(headers)}`, async () => {
      expect(await inboundOf(headers)).toMatchObject({ messageId: null, references: [] });
    });
  }

  it('are bounded, however many References name, and the nearest stay', async () => {
    const many = Array.from({ length: 5000 }, (_, index) => `<${index}@example.com>`);
    const { references } = await inboundOf(`References: ${many.join('\r\n ')}\r\nIn-Reply-To: <near@example.com>\r\n`);
    expect(references.length).toBeLessThanOrEqual(201);
    expect(references.slice(0, 2)).toEqual(['<near@example.com>', '<4999@example.com>']);
  });

  it('name whose account wrote for the one in From', async () => {
    const { sentBy } = await inboundOf('Sender: Mira <Mira@example.org>\r\nX-Sender: <mira@example.org>\r\n');
    expect(sentBy).toEqual(['mira@example.org']);
    expect((await inboundOf('X-Sender: nobody\r\n')).sentBy).toBeUndefined();
  });

  it('are one when they are repeated', async () => {
    const { references } = await inboundOf('References: <a@x> <a@x> <b@x>\r\nIn-Reply-To: <b@x>\r\n');
    expect(references).toEqual(['<b@x>', '<a@x>']);
  });
});
