import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askLookup } from '../../../server/consult/lookup.ts';
import type { ConsultAnswer, Suggestion } from '../../../server/consult/schema.ts';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';
import { letter, makeChannel } from '../../support/cast.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
let parley: TestApp;
let boss: Staff;
let shop: Server;
let asked: { body: string; genuine: boolean }[] = [];
let hangs = false;
let found = true;
let text = 'In transit, expected on Thursday';
let address = '';

beforeAll(async () => {
  shop = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      let genuine = true;
      try {
        new Webhook(secret).verify(body, request.headers as Record<string, string>);
      } catch {
        genuine = false;
      }
      asked.push({ body, genuine });
      if (hangs) return;
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          found,
          status: 'in transit',
          text,
          asOf: '2026-11-21T14:05:00Z',
          contact: { email: 'anna@client.example' },
        }),
      );
    });
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  parley = await startApp({ keep: true });
  boss = await parley.staff('admin');
  await boss.call('PUT', '/lookups/order', {
    url: `${address}/orders`,
    secret,
  });
});
afterAll(async () => {
  await parley.stop();
  shop.closeAllConnections();
  shop.close();
});

async function suggested(
  from: string,
  verified = true,
  text = 'Where is my order 10482?',
): Promise<Suggestion | undefined> {
  asked = [];
  const channel = await makeChannel(parley, 'email');
  const [outcome] = await parley.app.deps.host.ingest(channel, {
    messages: [
      letter(from, {
        from: [{ kind: 'email', value: from, name: '', verified }],
        text,
        subject: 'Order',
      }),
    ],
  });
  await parley.settle();
  const { items } = await boss.call<{ items: Suggestion[] }>('POST', `/threads/${outcome?.threadId}/suggestions`, {});
  return items[0];
}

test('the client on record is told where the order is, by a signed question', async () => {
  const suggestion = await suggested('anna@client.example');
  expect(suggestion?.answer?.text).toContain('10482: In transit, expected on Thursday');
  expect(suggestion?.answer?.citations[0]).toMatchObject({ kind: 'lookup', asOf: '2026-11-21T14:05:00.000Z' });
  expect(asked[0]?.genuine).toBe(true);
  expect(JSON.parse(asked[0]?.body ?? '{}')).toEqual({
    kind: 'order',
    reference: '10482',
    proof: { email: 'anna@client.example' },
  });
});

test('a stranger learns nothing, not even that the order exists', async () => {
  const stranger = await suggested('eve@client.example');
  const forged = await suggested('bob@client.example', false);
  expect(stranger?.answer).toBeNull();
  expect(stranger?.reason).toBe(forged?.reason);
  expect(JSON.stringify(stranger)).not.toContain('transit');
});

test('a system that does not answer is waited for two seconds, and the client is told so in words', async () => {
  hangs = true;
  const suggestion = await suggested('anna@client.example');
  expect(suggestion?.answer).toBeNull();
  expect(suggestion?.reason).toBe('Our records do not answer at the moment.');
  hangs = false;
});

test('the end of a warranty follows from the purchase on record, in suggestion and consult alike', async () => {
  text = 'Two-year plan phone, bought on 2026-03-02';
  await boss.call('PUT', '/lookups/purchase', { url: `${address}/purchases`, secret });
  const suggestion = await suggested('anna@client.example', true, 'Is it still under warranty? Receipt 10482');
  expect(suggestion?.answer?.text).toContain('bought on 2026-03-02');
  const consulted = await boss.call<ConsultAnswer>('POST', '/consult', {
    question: 'Is it still under warranty? Receipt 10482',
    threadId: suggestion?.threadId,
  });
  expect(consulted.answer?.text).toBe(suggestion?.answer?.text);
});

test('after five numbers that are not theirs nothing is asked any more, whichever process they reach', async () => {
  found = false;
  const tools = { ...parley.app.deps };
  const proof = { phones: [], emails: ['guess@client.example'] };
  const ask = (number: number) => askLookup(tools, 'order', String(number), proof, parley.clock.now());
  asked = [];
  const many = await Promise.all([...Array(20).keys()].map((at) => ask(20_000 + at)));
  expect(many.every((one) => one.state === 'unknown')).toBe(true);
  expect(asked).toHaveLength(5);
  const other = await startApp({ databaseUrl: parley.databaseUrl, keep: true });
  await askLookup(other.app.deps, 'order', '30000', proof, other.clock.now());
  await other.stop();
  expect(asked).toHaveLength(5);
  // The same number again is no further guess.
  await ask(Number(JSON.parse(asked[0]?.body ?? '{}').reference));
  expect(asked).toHaveLength(6);
  found = true;
});

test('the secret is never read back', async () => {
  expect(JSON.stringify(await boss.call('GET', '/lookups'))).not.toContain('whsec');
});
