import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Notification } from '../../../server/alerts/schema.ts';
import type { Suggestion } from '../../../server/consult/schema.ts';
import type { Live } from '../../../server/reports/schema.ts';
import type { ColleagueRequest } from '../../../server/requests/schema.ts';
import type { Message, Thread } from '../../../server/threads/schema.ts';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';
import { openChromium } from '../../support/browser.ts';
import { letter, makeChannel } from '../../support/cast.ts';
import { isMissing } from '../../support/parts.ts';
import { importPhoneShop } from '../../support/phoneShop.ts';
import { openScreen } from '../../support/screen.ts';
import { until } from '../../support/until.ts';
import { goTo, hour, minute, withoutChannels } from '../../support/waiting.ts';

type List<T> = { items: T[] };
const morning = new Date('2026-11-16T09:00:00.000Z');
const at = (ms: number) => new Date(morning.getTime() + ms);
/** The smallest PNG there is: one pixel. */
const photo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

describe.skipIf(isMissing('Chromium'))('an angry claim', { timeout: 120_000 }, () => {
  let browser: Browser;
  let test: TestApp;
  let mira: Staff;
  let sara: Staff;
  let wen: Staff;
  let threadId: string;
  let page: Page;

  beforeAll(async () => {
    browser = await openChromium();
    test = await startApp({ keep: true, startAt: morning, ...withoutChannels });
    mira = await test.staff('manager', 'Mira');
    sara = await test.staff('supervisor', 'Sara');
    const ada = await test.staff('admin', 'Ada');
    await importPhoneShop(ada, morning);
    const rules = new FormData();
    const rule = {
      kind: 'return',
      appliesTo: {},
      value: { days: 14 },
      text: 'What was ordered can be returned for your money back within 14 days after it arrived.',
      jurisdiction: 'DE',
      validFrom: '2022-01-01',
    };
    rules.set('file', new Blob([JSON.stringify([rule])]), 'rules.json');
    await ada.call('POST', '/rules/import', rules);
    wen = await test.staff('consultant', 'Wen');
    await ada.call('POST', '/teams', { name: 'Workshop', memberIds: [wen.id] });
    const channel = await makeChannel(test, 'email', { targetMs: 6 * hour, botMode: 'first' });
    test.clock.set(morning);
    const said = {
      subject: 'Dead after three weeks',
      text: 'Three weeks old, dead, money back! I want to return it.',
      arrivedAt: test.clock.now(),
      attachments: [{ name: 'dead.png', type: 'image/png', content: photo, inline: false }],
    };
    const [stored] = await test.app.deps.host.ingest(channel, { messages: [letter('nadja@mail.example', said)] });
    threadId = stored?.threadId ?? '';
    await test.settle();
  }, 90_000);

  afterAll(async () => {
    await browser?.close();
    await test?.stop();
  });

  it('the bot says nothing, and the suggestion cites the rule of return and decides nothing', async () => {
    const { items } = await mira.call<List<Message>>('GET', `/threads/${threadId}/messages`);
    expect(items.filter((message) => message.direction === 'outbound')).toEqual([]);
    const drafted = await mira.call<List<Suggestion>>('POST', `/threads/${threadId}/suggestions`, {});
    const [suggestion] = drafted.items;
    const cited = suggestion?.answer?.citations.map((citation) => citation.kind) ?? [];
    expect(cited).toContain('rule');
    expect(suggestion?.answer?.text ?? '').not.toMatch(/we (will )?(refund|pay)|you get your money/i);
    ({ page } = await openScreen(browser, test.url, mira, `/t/${threadId}?tab=all`, { now: morning }));
    await page.getByText('Three weeks old, dead, money back!').first().waitFor();
    await page
      .getByRole('link', { name: /dead\.png/ })
      .or(page.getByRole('img', { name: /dead\.png/ }))
      .first()
      .waitFor();
    await page.getByText('within 14 days').first().waitFor();
  });

  it('the workshop is asked by two keys, its answer due in four hours', async () => {
    await page.getByRole('region', { name: 'What is owed' }).waitFor();
    await page.keyboard.press('p');
    await page.keyboard.press('a');
    await page.getByRole('combobox', { name: 'Whom' }).fill('Work');
    await page.getByRole('option', { name: 'Workshop' }).click();
    await page.getByRole('textbox', { name: 'Question' }).fill('Can you look at it today?');
    await page.getByRole('combobox', { name: 'By when' }).click();
    await page.getByRole('option', { name: 'Another time …' }).click();
    await page.getByLabel('Date and time').waitFor();
    await page.getByRole('button', { name: 'Ask a colleague' }).click();
    await page.getByText('Waiting for Workshop').first().waitFor();
    const { items } = await wen.call<List<ColleagueRequest>>('GET', '/requests?box=me');
    expect(items).toMatchObject([{ to: 'Workshop', state: 'open', late: false }]);
    const due = Date.parse(items[0]?.dueAt ?? '') - morning.getTime();
    expect(due).toBeGreaterThan(4 * hour - 5 * minute);
    expect(due).toBeLessThan(4 * hour + 5 * minute);
    // The workshop sees what it is asked, and not more than that of the thread's own rights.
    expect(await wen.call<List<Notification>>('GET', '/notifications')).toMatchObject({
      items: [{ kind: 'requestAsked' }],
    });
  });

  it('the workshop is late in red, and the client’s own clock went on', async () => {
    await goTo(test, at(5 * hour));
    const thread = await mira.call<Thread>('GET', `/threads/${threadId}`);
    expect(Math.abs(Date.parse(thread.waitingSince ?? '') - morning.getTime())).toBeLessThan(minute);
    expect(Math.abs(Date.parse(thread.dueAt ?? '') - at(6 * hour).getTime())).toBeLessThan(minute);
    const live = await sara.call<Live>('GET', '/reports/live');
    expect(live).toMatchObject({ requestsLate: 1, waiting: [{ threadId, waitsFor: 'Workshop' }] });
    const later = await openScreen(browser, test.url, mira, `/t/${threadId}?tab=all`, { now: at(5 * hour) });
    const line = later.page.locator('[data-late]').filter({ hasText: 'Waiting for Workshop' });
    await line.first().waitFor();
    expect(await line.first().textContent()).toMatch(/late/);
    await later.context.close();
    const board = await openScreen(browser, test.url, sara, '/live', { now: at(5 * hour) });
    await board.page.getByText(/waiting for Workshop/).waitFor();
    // The number of late questions leads to them, and each to its thread.
    await board.page.getByRole('link', { name: '1 question to a colleague is late' }).click();
    await board.page.getByRole('button', { name: 'Late only' }).waitFor();
    const late = board.page.getByRole('listitem').filter({ hasText: 'Can you look at it today?' });
    await late.getByText('Mira asks Workshop').waitFor();
    expect(await late.getByRole('link').getAttribute('href')).toContain(`/t/${threadId}`);
    await board.context.close();
    await goTo(test, at(6 * hour + minute));
    expect(await sara.call<Live>('GET', '/reports/live')).toMatchObject({ lateNow: 1 });
  });

  it('the answer of the workshop lands as a note, and nobody is waited for any more', async () => {
    // The alert leads to the questions the workshop is asked, which it may answer whether or not it sees the thread.
    const workshop = await openScreen(browser, test.url, wen, '/', { now: at(6 * hour + minute) });
    await workshop.page.getByRole('button', { name: /^Alerts/ }).click();
    await workshop.page.getByRole('link', { name: /^You are asked about/ }).click();
    const question = workshop.page.getByRole('listitem').filter({ hasText: 'Can you look at it today?' });
    await question.getByRole('button', { name: 'Answer' }).click();
    await question.getByRole('textbox', { name: 'Answer' }).fill('Bring it at three.');
    await question.getByRole('button', { name: 'Answer' }).click();
    await workshop.page.getByText('Nothing is asked here').waitFor();
    await workshop.page.context().close();
    await until(
      () => sara.call<Live>('GET', '/reports/live'),
      (live) => live.waiting[0]?.waitsFor === null,
    );
    await page.getByText('Bring it at three.').first().waitFor();
    expect(await page.getByText('Waiting for Workshop').count()).toBe(0);
    await page.context().close();
  });
});
