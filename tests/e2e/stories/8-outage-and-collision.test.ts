import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message, ThreadRow } from '../../../server/threads/schema.ts';
import { type Staff, startApp, type TestApp } from '../../support/app.ts';
import { openChromium } from '../../support/browser.ts';
import { answer } from '../../support/desk.ts';
import { type Dovecot, hasDovecot, startDovecot } from '../../support/dovecot.ts';
import { letterFile, plainLetter } from '../../support/letters.ts';
import { isMissing } from '../../support/parts.ts';
import { describeWith } from '../../support/realPart.ts';
import { openScreen } from '../../support/screen.ts';
import { until } from '../../support/until.ts';

type List<T> = { items: T[] };
const HOUR_MS = 3_600_000;
const TARGET_MS = 30 * 60_000;
const LETTERS = 38;

describeWith('Dovecot', hasDovecot, 'an outage and a collision', () => {
  describe.skipIf(isMissing('Chromium'))('with a screen open', { timeout: 120_000 }, () => {
    let browser: Browser;
    let dovecot: Dovecot;
    let test: TestApp;
    let mira: Staff;
    let channelId: string;

    beforeAll(async () => {
      [browser, dovecot] = await Promise.all([openChromium(), startDovecot()]);
      test = await startApp({ keep: true });
      mira = await test.staff('admin', 'Mira');
      // Connected this morning: what came since is nobody's history.
      test.clock.advance(-6 * HOUR_MS);
      const server = { host: '127.0.0.1', port: dovecot.port, secure: false, user: 'shop', password: dovecot.password };
      const config = { address: 'shop@riverside.example', allowInsecure: true, imap: server };
      const made = await mira.call<{ id: string }>('POST', '/channels', {
        kind: 'email',
        name: 'Mailbox',
        config,
        targetMs: TARGET_MS,
      });
      channelId = made.id;
      test.clock.advance(6 * HOUR_MS);
    }, 60_000);

    afterAll(async () => {
      await browser?.close();
      await test?.stop();
      await dovecot?.remove();
    });

    const health = () => mira.call<{ state: string; error: string | null }>('GET', `/channels/${channelId}/health`);
    const threads = async (status: string) => {
      const path = `/threads?status=${status}&limit=100`;
      return (await mira.call<List<ThreadRow>>('GET', path)).items;
    };
    const messages = async (threadId: string) =>
      (await mira.call<List<Message>>('GET', `/threads/${threadId}/messages`)).items;

    it('the mailbox is down for three hours, then every letter is there once, as late as it is', async () => {
      await until(health, ({ state }) => state === 'ok');
      const { page } = await openScreen(browser, test.url, mira, '/?tab=all&sort=waiting');
      await dovecot.stop();
      await until(health, ({ state }) => state === 'retrying');
      const now = Date.now();
      const arrived = Array.from({ length: LETTERS }, (_, at) => new Date(now - 3 * HOUR_MS + at * 4.5 * 60_000));
      for (const [at, time] of arrived.entries()) {
        const letter = plainLetter({ from: `Client ${at} <c${at}@mail.example>`, subject: `Question ${at}` });
        dovecot.deliver('shop', letter, { at: time });
      }
      dovecot.deliver('shop', letterFile('bounce-exim'), { at: new Date(now - HOUR_MS) });
      dovecot.deliver('shop', letterFile('vacation-fr'), { at: new Date(now - HOUR_MS) });
      await dovecot.start();

      const open = await until(
        () => threads('open'),
        (rows) => rows.length === LETTERS,
        60_000,
      );
      expect(new Set(open.map(({ subject }) => subject)).size).toBe(LETTERS);
      for (const [at, time] of arrived.entries()) {
        const since = new Date(Math.floor(time.getTime() / 1000) * 1000);
        expect(open.find(({ subject }) => subject === `Question ${at}`)).toMatchObject({
          waitingSince: since.toISOString(),
          dueAt: new Date(since.getTime() + TARGET_MS).toISOString(),
        });
      }
      const robots = await until(
        () => threads('closed'),
        (rows) => rows.length === 2,
      );
      const named = await Promise.all(robots.map(async ({ id }) => (await messages(id))[0]?.classification));
      expect(named.sort()).toEqual(['autoReply', 'bounce']);
      await page
        .getByText(/late 2h/)
        .first()
        .waitFor();
      await until(health, ({ state, error }) => state === 'ok' && error === null);
    });

    it('a reply that crosses the client’s new words is held back and shows them', async () => {
      const [thread] = (await threads('open')).filter(({ subject }) => subject === 'Question 7');
      // What the server says by socket can be held back, as on a train.
      let deaf = false;
      const { page } = await openScreen(browser, test.url, mira);
      await page.routeWebSocket(/socket\.io/, (near) => {
        const far = near.connectToServer();
        far.onMessage((message) => {
          if (!deaf) near.send(message);
        });
      });
      await page.goto(`${test.url}/t/${thread?.id}`);
      await page.getByText('Hi', { exact: true }).first().waitFor();
      deaf = true;
      const letter = plainLetter({
        from: 'Client 7 <c7@mail.example>',
        subject: 'Re: Question 7',
        text: 'Forget it, I found one.',
      });
      dovecot.deliver('shop', letter);
      await until(
        () => messages(thread?.id ?? ''),
        (rows) => rows.length === 2,
      );
      await answer(page, 'We keep one for you.');

      await page.getByRole('alert').getByText('something new came in meanwhile').waitFor();
      await page.getByText('Forget it, I found one.').first().waitFor();
      expect((await messages(thread?.id ?? '')).filter(({ direction }) => direction === 'outbound')).toEqual([]);
      await page.getByRole('button', { name: 'Send anyway' }).click();
      await until(
        () => messages(thread?.id ?? ''),
        (rows) => rows.some(({ direction }) => direction === 'outbound'),
      );
    });
  });
});
