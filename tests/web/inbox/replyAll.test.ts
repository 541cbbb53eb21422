import { describe, expect, it } from 'vitest';
import type { Message } from '../../../server/threads/schema.ts';
import { othersOn } from '../../../web/inbox/composer/replyAll.ts';

const letter = (to: string[], cc: string[] = [], direction = 'inbound') =>
  ({
    direction,
    channelKind: 'email',
    classification: 'person',
    author: { address: 'Anna@client.example' },
    participants: { to, cc },
  }) as Message;
const own = ['service@shop.example'];

describe('reply to all', () => {
  it('names who else was on the last letter, without the client and ourselves', () => {
    const last = letter(
      ['service+abc@shop.example', 'Bo@client.example'],
      ['anna@client.example', 'cid@client.example'],
    );
    expect(othersOn([last, letter(['x@client.example', 'y@client.example'], [], 'outbound')], own)).toEqual([
      'bo@client.example',
      'cid@client.example',
    ]);
  });

  it('names nobody when it was to us alone', () => {
    expect(othersOn([letter(['other@shop.example'])], own)).toEqual([]);
    expect(othersOn([letter(['service@shop.example'], ['anna@client.example'])], own)).toEqual([]);
    expect(othersOn([], own)).toEqual([]);
  });
});
