import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Staff, startApp, type TestApp } from './app.ts';
import { letter, makeChannel } from './cast.ts';
import { importPhoneShop } from './phoneShop.ts';

/** What programs outside rely on is tested call by call, as they would call it: a key, a path, and what comes back. */
export type Json = Record<string, unknown>;
export type List = { items: Json[]; nextCursor: string | null };

export const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** Any moment as the API writes it. */
export const time: unknown = expect.stringMatching(iso);
export const noSuchId = '00000000-0000-4000-8000-000000000000';

/** A phone shop with a mailbox, Ada who is an admin and Connie who is a consultant, for all tests of a file. */
export function contractShop() {
  let made: { test: TestApp; ada: Staff; connie: Staff; mailbox: string } | undefined;
  beforeAll(async () => {
    const test = await startApp({ keep: true });
    const ada = await test.staff('admin', 'Ada');
    const connie = await test.staff('consultant', 'Connie');
    made = { test, ada, connie, mailbox: await makeChannel(test, 'email', { targetMs: 15 * 60_000 }) };
    await importPhoneShop(ada, test.clock.now());
  }, 90_000);
  afterAll(() => made?.test.stop());

  const now = () => {
    if (made === undefined) throw new Error('the shop opens before the first test');
    return made;
  };
  return {
    get test() {
      return now().test;
    },
    get ada() {
      return now().ada;
    },
    get connie() {
      return now().connie;
    },
    get mailbox() {
      return now().mailbox;
    },
    get: <T = List>(path: string) => now().ada.call<T>('GET', path, undefined, 200),
    put(path: string, name: string, content: string, fields: Record<string, string> = {}) {
      const form = new FormData();
      for (const [key, value] of Object.entries(fields)) form.set(key, value);
      form.set('file', new Blob([content]), name);
      return now().ada.call<Json>('POST', path, form, 200);
    },
    raw: (path: string, init: RequestInit = {}) =>
      fetch(`${now().test.url}${path}`, {
        ...init,
        headers: { Authorization: `Bearer ${now().ada.key}`, ...(init.headers as Record<string, string> | undefined) },
      }),
    /** A thread that a letter opens. */
    async opened(from: string, subject = 'A question') {
      const { test, mailbox } = now();
      const [stored] = await test.app.deps.host.ingest(mailbox, { messages: [letter(from, { subject })] });
      return { threadId: stored?.threadId ?? '', messageId: stored?.messageId ?? '' };
    },
  };
}

export const reply = (seenMessageId?: string) => ({
  clientKey: randomUUID(),
  kind: 'reply',
  text: 'Yes, we do.',
  ...(seenMessageId === undefined ? {} : { seenMessageId }),
});
