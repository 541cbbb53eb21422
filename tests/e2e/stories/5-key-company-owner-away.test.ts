import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Absence } from '../../../server/absence/schema.ts';
import type { Suggestion } from '../../../server/consult/schema.ts';
import { type Sink, startSink } from '../../../server/demo/sink.ts';
import type { ClientPromise, PromiseReport } from '../../../server/promises/schema.ts';
import type { ResponseTimes, Work } from '../../../server/reports/schema.ts';
import type { Thread } from '../../../server/threads/schema.ts';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';
import { axeProblems, openChromium } from '../../support/browser.ts';
import { letter, makeChannel } from '../../support/cast.ts';
import { answer } from '../../support/desk.ts';
import { isMissing } from '../../support/parts.ts';
import { importPhoneShop } from '../../support/phoneShop.ts';
import { openScreen } from '../../support/screen.ts';
import { until } from '../../support/until.ts';
import { goTo, hour, minute, withoutChannels } from '../../support/waiting.ts';

type List<T> = { items: T[] };
/** Ten in the morning: 16:00 is six hours away. */
const morning = new Date('2026-11-16T10:00:00.000Z');
const at = (ms: number) => new Date(morning.getTime() + ms);
const question = 'We need 20 Samsung Galaxy A55 5G 256 GB blue. What is the price, and how many are at Riverside?';

describe.skipIf(isMissing('Chromium'))('a key company whose owner is away', { timeout: 120_000 }, () => {
  let browser: Browser;
  let sink: Sink;
  let test: TestApp;
  let olga: Staff;
  let sub: Staff;
  let absence: Absence;
  const threads: string[] = [];

  beforeAll(async () => {
    browser = await openChromium();
    test = await startApp({ keep: true, startAt: at(-24 * hour), ...withoutChannels });
    const ada = await test.staff('admin', 'Ada');
    await importPhoneShop(ada, morning);
    olga = await test.staff('manager', 'Olga');
    // A consultant sees only their own: what they see of this company comes from standing in.
    sub = await test.staff('consultant', 'Sven');
    await ada.call('POST', '/targets', { name: 'Key clients', level: 'key', firstMs: 30 * minute, time: 'clock' });
    sink = await startSink(0);
    const smtp = { host: '127.0.0.1', port: sink.smtpPort, secure: false, user: '' };
    const channel = await makeChannel(test, 'email', {
      targetMs: 4 * hour,
      config: { address: 'shop@parley.example', allowInsecure: true, smtp },
    });
    const writes = async (from: string, text: string) => {
      const messages = [letter(from, { text, subject: '20 phones', arrivedAt: test.clock.now() })];
      const [stored] = await test.app.deps.host.ingest(channel, { messages });
      await test.settle();
      return stored?.threadId ?? '';
    };
    // Both buyers are known already: one company, key, Olga's.
    for (const from of ['hanna@northlight.example', 'tomas@northlight.example']) {
      const { clientId } = await ada.call<Thread>('GET', `/threads/${await writes(from, 'Hello')}`);
      await ada.call('PATCH', `/clients/${clientId}`, {
        company: 'Northlight Logistics',
        level: 'key',
        ownerId: olga.id,
      });
    }
    const known = (await ada.call<List<{ id: string }>>('GET', '/threads')).items;
    for (const { id } of known) await ada.call('PUT', `/threads/${id}/closure`);
    test.clock.set(morning);
    absence = await olga.call<Absence>('POST', '/absences', {
      reason: 'leave',
      substituteId: sub.id,
      note: 'Northlight pays on invoice.',
    });
    threads.push(
      await writes('hanna@northlight.example', question),
      await writes('tomas@northlight.example', question),
    );
    await test.settle();
  }, 90_000);

  afterAll(async () => {
    await browser?.close();
    await test?.stop();
    await sink?.close();
  });

  it('goes to the substitute with the owner’s rights and a target of thirty minutes, as one company', async () => {
    for (const id of threads) {
      const thread = await until(
        () => sub.call<Thread>('GET', `/threads/${id}`),
        (found) => found.assigneeId === sub.id,
      );
      expect(Math.abs(Date.parse(thread.dueAt ?? '') - at(30 * minute).getTime())).toBeLessThan(minute);
    }
    const { page, context } = await openScreen(browser, test.url, sub, `/t/${threads[0]}?tab=all`, { now: morning });
    await page.getByText('Northlight Logistics').first().waitFor();
    expect(await page.locator('[data-row]').filter({ hasText: 'Northlight' }).count()).toBe(2);
    await page.goto(`${test.url}/absences/${absence.id}`);
    await page.getByText('Northlight pays on invoice.').waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await context.close();
  });

  it('suggested lines come from offers', async () => {
    const { items } = await sub.call<List<Suggestion>>('POST', `/threads/${threads[0]}/suggestions`, {});
    expect(items[0]?.answer?.citations.map((citation) => citation.kind)).toContain('offer');
    expect(items[0]?.answer?.text).toContain('429');
  });

  it('the substitute answers, promises the quote by four o’clock and keeps it', async () => {
    const { page, context } = await openScreen(browser, test.url, sub, `/t/${threads[0]}?tab=all`, { now: morning });
    await page.getByText(question).first().waitFor();
    await goTo(test, at(20 * minute));
    await answer(page, 'You have the quote by 16:00.');
    await page.getByText('You have the quote by 16:00.').first().waitFor();
    await page.getByRole('region', { name: 'What is owed' }).waitFor();
    await page.getByRole('button', { name: 'Promise', exact: true }).click();
    await page.getByRole('combobox', { name: 'We promised to' }).click();
    await page.getByRole('option', { name: 'Send a quote' }).click();
    await page.getByLabel('In words').fill('20 phones with cases');
    await page.getByRole('combobox', { name: 'By when' }).click();
    await page.getByRole('option', { name: 'Another time …' }).click();
    const local = await page.evaluate(
      `(() => { const d = new Date(${at(6 * hour).getTime()}); return new Date(d.getTime() - d.getTimezoneOffset() * 60000).toISOString().slice(0, 16); })()`,
    );
    await page.getByLabel('Date and time').fill(String(local));
    await page.getByRole('button', { name: 'Promise', exact: true }).click();
    const promises = () => sub.call<List<ClientPromise>>('GET', '/promises?owner=me&state=all');
    const [promise] = (await until(promises, ({ items }) => items.length === 1)).items;
    expect(promise).toMatchObject({ kind: 'quote', dueAt: at(6 * hour).toISOString() });
    await goTo(test, at(5 * hour));
    await page.getByText('20 phones with cases').waitFor();
    await page.getByRole('button', { name: 'Kept', exact: true }).click();
    await until(promises, ({ items }) => items[0]?.state === 'kept');
    await context.close();
  });

  it('what the substitute did is credited to the substitute', async () => {
    const sara = await test.staff('supervisor', 'Sara');
    const period = `from=${at(-hour).toISOString()}&to=${at(8 * hour).toISOString()}`;
    const times = await sara.call<ResponseTimes>('GET', `/reports/response-times?${period}&by=user&measure=all`);
    expect(times.rows).toMatchObject([{ key: sub.id, n: 1, withinTarget: 1 }]);
    const work = await sara.call<Work>('GET', `/reports/work?${period}&by=user`);
    expect(work.rows.find((row) => row.key === sub.id)?.counts).toMatchObject({ answered: 1, promisesKept: 1 });
    const promises = await sara.call<PromiseReport>('GET', `/reports/promises?${period}`);
    expect(promises.rows.find((row) => row.key === sub.id)).toMatchObject({ kept: 1, keptRate: 1 });
  });

  it('the owner returns to a summary, and the company is theirs again', async () => {
    await goTo(test, at(30 * hour));
    const { page, context } = await openScreen(browser, test.url, olga, `/absences/${absence.id}`, {
      now: at(30 * hour),
    });
    await page.getByRole('button', { name: /back/i }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: /back/i }).click();
    await page.getByText('20 phones with cases').waitFor();
    expect(await page.getByRole('region', { name: /while/i }).textContent()).toMatch(/1/);
    await context.close();
    for (const id of threads)
      await until(
        () => olga.call<Thread>('GET', `/threads/${id}`),
        (thread) => thread.assigneeId === olga.id,
      );
    expect((await sub.ask('GET', `/threads/${threads[1]}`)).status).toBe(404);
  });
});
