import { createTransport } from 'nodemailer';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../../server/clients/schema.ts';
import type { Bot } from '../../../server/demo/botApi/bot.ts';
import { type BotApi, startBotApi } from '../../../server/demo/botApi/server.ts';
import { type Sink, startSink } from '../../../server/demo/sink.ts';
import type { ThreadRow } from '../../../server/threads/schema.ts';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';
import { openChromium } from '../../support/browser.ts';
import { isMissing } from '../../support/parts.ts';
import { freePort } from '../../support/port.ts';
import { openScreen } from '../../support/screen.ts';
import { until } from '../../support/until.ts';

type List<T> = { items: T[] };

describe.skipIf(isMissing('Chromium'))('one client, two channels', { timeout: 90_000 }, () => {
  let browser: Browser;
  let botApi: BotApi;
  let bot: Bot;
  let sink: Sink;
  let smtpPort: number;
  let test: TestApp;
  let mira: Staff;

  beforeAll(async () => {
    [browser, botApi, sink, smtpPort] = await Promise.all([openChromium(), startBotApi(), startSink(0), freePort()]);
    bot = botApi.bot('4242:secret', 'Riverside');
    test = await startApp({
      keep: true,
      env: { TELEGRAM_API_ROOT: botApi.url, PARLEY_SMTP_PORT: String(smtpPort) },
    });
    mira = await test.staff('admin', 'Mira');
    const config = {
      address: 'shop@riverside.example',
      inboundSmtp: true,
      allowInsecure: true,
      smtp: { host: '127.0.0.1', port: sink.smtpPort, secure: false, user: '' },
    };
    await mira.call('POST', '/channels', { kind: 'email', name: 'Mailbox', config, targetMs: 3_600_000 });
    await mira.call('POST', '/channels', { kind: 'telegram', name: 'Bot', config: { token: bot.token } });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await test?.stop();
    await Promise.all([botApi?.close(), sink?.close()]);
  });

  const threads = async () => (await mira.call<List<ThreadRow>>('GET', '/threads')).items;

  it('are one person after one click, with one timeline, and the click can be taken back', async () => {
    const { page } = await openScreen(browser, test.url, mira);
    const transport = createTransport({ host: '127.0.0.1', port: smtpPort, secure: false, ignoreTLS: true });
    await transport.sendMail({
      from: 'Ben Carter <ben@mail.example>',
      to: 'shop@riverside.example',
      subject: 'Where is order 10482?',
      text: 'It should have been here on Monday.',
    });
    await page.getByText('Where is order 10482?').first().click();
    await page.getByText('It should have been here on Monday.').first().waitFor();
    const [mailThread] = await threads();
    await mira.call('POST', `/clients/${mailThread?.clientId}/identities`, {
      kind: 'phone',
      value: '+49 176 04069002',
    });

    const ben = bot.client({ id: 77, first_name: 'Ben', last_name: 'C.' });
    ben.writes('Any news of my parcel?');
    await until(threads, (rows) => rows.length === 2);
    const stranger = bot.client({ id: 78, first_name: 'Mallory' });
    stranger.writes('Where is order 10482?');
    stranger.sharesContact({ phone: '+4917604069002', name: 'Ben', userId: 77 });
    ben.sharesContact({ phone: '4917604069002', userId: 77 });

    const proposal = page.getByRole('region', { name: 'Possibly the same person' });
    await proposal.getByText('Ben C.').waitFor();
    expect(await proposal.getByText('Mallory').count()).toBe(0);
    await proposal.getByRole('button', { name: 'Yes, one person' }).click();

    await page.getByText('Another open thread').waitFor();
    const merged = await mira.call<Client>('GET', `/clients/${mailThread?.clientId}`);
    expect(merged.identities.map(({ kind }) => kind).sort()).toEqual(['email', 'phone', 'telegram']);
    const of = (rows: ThreadRow[]) => rows.filter(({ clientId }) => clientId === mailThread?.clientId);
    expect(of(await threads())).toHaveLength(2);
    await page.getByRole('button', { name: /^Merge “/ }).click();
    await until(threads, (rows) => of(rows).length === 1);
    const [one] = of(await threads());
    await page.getByText('Any news of my parcel?').first().waitFor();
    const waiting = (await mira.call<{ waiting: { threadId: string }[] }>('GET', '/reports/live')).waiting;
    expect(waiting.filter(({ threadId }) => of([one as ThreadRow]).some(({ id }) => id === threadId))).toHaveLength(1);

    const [merge] = merged.merges;
    await mira.call('DELETE', `/clients/${mailThread?.clientId}/merge/${merge?.id}`);
    const apart = await mira.call<Client>('GET', `/clients/${mailThread?.clientId}`);
    expect(apart.identities.map(({ kind }) => kind).sort()).toEqual(['email', 'phone']);
  });
});
