import { array, asyncProperty, assert as check, constantFrom } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, Stored } from '../../../server/visitors/schema.ts';
import { Outbox, type SendMessage } from '../../../web/widget/chat/outbox.ts';

/** A server that stores each key once, over a line that may lose the message, or only the answer. */
function farSide(faults: string[]) {
  const stored: string[] = [];
  const send: SendMessage = async ({ clientKey }): Promise<Answer<Stored>> => {
    const fault = faults.shift() ?? 'none';
    if (fault === 'lost') throw new Error('no answer');
    if (fault === 'busy') return { error: { code: 'visitor.tooFast', title: 'Slower', retryAfterMs: 5 } };
    if (!stored.includes(clientKey)) stored.push(clientKey);
    if (fault === 'answerLost') throw new Error('no answer');
    return { messageId: `m-${clientKey}`, threadId: 't', sentAt: '', attachments: [] };
  };
  return { stored, send };
}

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

function open(send: SendMessage, storage = memory()) {
  const acknowledged: string[] = [];
  let idle = Promise.resolve();
  const outbox = new Outbox({
    send,
    storage,
    storageKey: 'outbox',
    onChange: () => undefined,
    onStored: (message) => acknowledged.push(message.clientKey),
    later: (work) => {
      idle = idle.then(work);
    },
  });
  const settled = async () => {
    for (let turn = 0; turn < 200; turn++) await Promise.resolve().then(() => idle);
  };
  return { outbox, acknowledged, storage, settled };
}

const words = (clientKey: string) => ({ clientKey, text: clientKey, attachments: [], at: '' });

describe('the outbox of the chat', () => {
  it('stores each message once and in order, whatever the line loses', async () => {
    await check(
      asyncProperty(array(constantFrom('none', 'lost', 'answerLost', 'busy'), { maxLength: 12 }), async (faults) => {
        const { stored, send } = farSide([...faults]);
        const { outbox, acknowledged, settled } = open(send);
        outbox.online(true);
        for (const key of ['a', 'b', 'c']) outbox.add(words(key));
        await settled();
        expect(stored).toEqual(['a', 'b', 'c']);
        expect(acknowledged).toEqual(['a', 'b', 'c']);
        expect(outbox.messages).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps what was written without a line, over a reload, and sends it when the line is there', async () => {
    const { stored, send } = farSide([]);
    const before = open(send);
    before.outbox.add(words('a'));
    await before.settled();
    expect(stored).toEqual([]);
    const after = open(send, before.storage);
    expect(after.outbox.messages.map((message) => message.clientKey)).toEqual(['a']);
    after.outbox.online(true);
    await after.settled();
    expect(stored).toEqual(['a']);
    expect(open(send, before.storage).outbox.messages).toEqual([]);
  });

  it('holds a refused message back until it is tried again, and lets the others pass', async () => {
    let refuse = true;
    const { stored, send } = farSide([]);
    const { outbox, settled } = open(async (message) =>
      message.clientKey === 'a' && refuse ? { error: { code: 'invalid', title: 'No' } } : send(message),
    );
    outbox.online(true);
    outbox.add(words('a'));
    outbox.add(words('b'));
    await settled();
    expect(stored).toEqual(['b']);
    expect(outbox.messages).toMatchObject([{ clientKey: 'a', refused: 'invalid' }]);
    refuse = false;
    outbox.retry('a');
    await settled();
    expect(stored).toEqual(['b', 'a']);
  });
});
