import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Staff, TestApp } from '../support/app.ts';
import { letter, makeChannel } from '../support/cast.ts';
import { type Dovecot, hasDovecot, startDovecot } from '../support/dovecot.ts';
import { inOffice } from '../support/office.ts';
import { isMissing } from '../support/parts.ts';
import { describeWith } from '../support/realPart.ts';
import { row } from '../support/screen.ts';
import { type SmtpScript, startSmtpScript } from '../support/smtpScript.ts';

/** A screen is never asked once: it is asked until it is so, or for ten seconds. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 10_000, interval: 50 });

describe.skipIf(isMissing('Chromium'))('the places beside the inbox, in Chromium', { timeout: 90_000 }, () => {
  const office = inOffice();
  const { sit, stranger } = office;
  let test: TestApp;
  let url: string;
  let ada: Staff;
  beforeEach(async () => {
    ({ test, url } = office);
    ada = await test.staff('admin', 'Ada Lind');
  });

  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

  describeWith('dovecot-imapd', hasDovecot, 'with a mailbox', () => {
    let mailbox: Dovecot;
    let outgoing: SmtpScript;
    beforeEach(async () => {
      mailbox = await startDovecot();
      outgoing = await startSmtpScript();
    });
    afterEach(async () => {
      await mailbox?.remove();
      await outgoing?.close();
    });

    it('connects it with the wizard, tests it in words, and its next letter is in the inbox', async () => {
      const page = await sit(ada, '/settings');
      await page.getByRole('link', { name: 'Connect a channel' }).first().click();
      await page.getByRole('link', { name: /^Mailbox/ }).click();
      await page.getByLabel('E-mail address').fill('service@shop.example');
      await page.getByLabel('Password', { exact: true }).fill(mailbox.password);
      await page.getByRole('button', { name: 'Servers and details' }).click();
      await page.getByLabel('Incoming server (IMAP)').fill('127.0.0.1');
      await page.getByLabel('Port', { exact: true }).first().fill(String(mailbox.port));
      await page.getByLabel('Outgoing server (SMTP)').fill('127.0.0.1');
      await page.getByLabel('Port', { exact: true }).nth(1).fill(String(outgoing.port));
      for (const index of [0, 1]) {
        await page.getByRole('combobox', { name: 'Security' }).nth(index).click();
        await page.getByRole('option', { name: /^STARTTLS/ }).click();
      }
      await page.getByRole('checkbox', { name: /Accept plain text/ }).check();
      await page.getByRole('button', { name: 'Connect and test' }).click();
      await page.getByText('127.0.0.1 accepts the login').waitFor();

      await page.getByRole('link', { name: 'To the channels' }).click();
      await page.getByText('Connected', { exact: true }).waitFor();
      await page.getByText('No letter yet').waitFor();
      mailbox.deliver(
        'service@shop.example',
        'From: Anna Berg <anna@client.example>\r\nTo: service@shop.example\r\nSubject: Screen broken\r\nMessage-ID: <a1@client.example>\r\n\r\nCan you repair it?\r\n',
      );
      await page.getByText(/Last letter/).waitFor();
      await page.goto(`${url}/?tab=all`);
      await row(page, 'Anna Berg').waitFor();
    });
  });

  it('makes a site chat and shows the line for the shop’s pages, for its own origin', async () => {
    const page = await sit(ada, '/settings/channels/new?kind=chat');
    await page.getByLabel('Title in the chat').fill('Riverside Phones');
    await page.getByRole('combobox', { name: 'Sites that may show it' }).fill('shop.example/phones');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Make the chat' }).click();
    const code = page.getByText(/<script src=".*\/widget\.js" data-channel="/);
    await code.waitFor();
    const { items } = await ada.call<{ items: { name: string; config: { allowedOrigins: string[] } }[] }>(
      'GET',
      '/channels',
    );
    expect(items[0]).toMatchObject({ name: 'Riverside Phones', config: { allowedOrigins: ['https://shop.example'] } });
  });

  it('invites a colleague, whose link works once and signs them in with their role', async () => {
    const page = await sit(ada, '/settings/users');
    await page.getByRole('button', { name: 'Invite' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Nina Berg');
    await dialog.getByLabel('E-mail').fill('nina@shop.example');
    await dialog.getByRole('radio', { name: 'Consultant' }).check();
    await dialog.getByRole('button', { name: 'Make the invitation' }).click();
    const link = await dialog.getByLabel('Invitation link').textContent();
    expect(link).toContain(`${url}/invite/`);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByText('Invited, not here yet').waitFor();

    const nina = await stranger(link ?? '');
    await nina.getByLabel('New password').fill('a-long-password-2');
    await nina.getByRole('button', { name: 'Begin' }).click();
    await nina.getByRole('link', { name: 'Consult' }).first().waitFor();
    // Her role: no live page on the rail, and no channels to connect.
    expect(await nina.getByRole('link', { name: 'Live' }).count()).toBe(0);

    // The admin's screen hears of it by itself.
    await page.getByText('nina@shop.example').waitFor();
    await eventually(() => page.getByText('Invited, not here yet').count()).toBe(0);

    const again = await stranger(link ?? '');
    await again.getByText('This invitation is no longer valid').waitFor();
  });

  it('publishes an article that a consultant gets quoted a moment later', async () => {
    const page = await sit(ada, '/knowledge/new');
    await page.getByLabel('Title', { exact: true }).fill('Trade-in with a cracked screen');
    await page.getByRole('combobox', { name: 'Section' }).fill('Trade-in');
    await page
      .getByLabel('Text', { exact: true })
      .fill('We take phones with a cracked screen in trade-in. The value is **40 % lower** than for a whole screen.');
    await page.getByRole('region', { name: 'Preview' }).locator('strong', { hasText: '40 % lower' }).waitFor();
    await page.getByRole('button', { name: 'Publish' }).click();
    await heading(page, 'Trade-in with a cracked screen');

    const cleo = await test.staff('consultant', 'Cleo Marin');
    const counter = await sit(cleo, '/consult');
    const field = counter.getByRole('searchbox', { name: 'What does the client ask?' });
    await eventually(() => field.evaluate((element) => element.matches(':focus'))).toBe(true);
    await field.fill('Do you take a phone with a cracked screen in trade-in?');
    await field.press('Enter');
    const answer = counter.getByRole('region', { name: 'Answer' });
    await answer
      .getByText(/40 % lower/)
      .first()
      .waitFor();
    await answer.getByRole('button', { name: /Trade-in with a cracked screen/ }).click();
    await answer.locator('mark').waitFor();

    await counter.goto(`${url}/consult`);
    await counter.getByText('Do you take a phone with a cracked screen in trade-in?').waitFor();
  });

  it('shows a waiting client on the live page by itself, and finds their words in the search', async () => {
    const channelId = await makeChannel(test, 'email', { targetMs: 3_600_000 });
    const page = await sit(ada, '/live');
    await page.getByText('Nobody waits').first().waitFor();
    await test.app.deps.host.ingest(channelId, {
      messages: [
        letter('omar@client.example', {
          from: [{ kind: 'email', value: 'omar@client.example', name: 'Omar Haddad', verified: true }],
          subject: 'Invoice 5512',
          text: 'Where is the invoice for the turquoise phone?',
          arrivedAt: new Date(test.clock.now().getTime() - 2 * 3_600_000),
        }),
      ],
    });
    await page.getByText('Waiting longest, late').waitFor();
    await page.getByRole('region', { name: 'Waiting' }).getByText('Omar Haddad').waitFor();

    await page.goto(`${url}/search?q=turquoi`);
    await page.getByRole('region', { name: 'Messages' }).locator('mark', { hasText: 'turquoi' }).waitFor();
  });

  it('says what went wrong in the reader’s language: a wrong password, a search that failed, a mailbox that cannot send', async () => {
    const channelId = await makeChannel(test, 'email');
    await test.app.deps.db.channelHealth.updateMany({
      where: { channelId },
      data: { state: 'ok', sendFailingSince: test.clock.now(), sendError: 'mail.example:587 did not answer in time.' },
    });
    const page = await sit(ada, '/settings/channels', { locale: 'fa' });
    await page.getByText(/چیزی بیرون نمی‌رود: .?mail\.example:587 did not answer in time\./).waitFor();
    await page.getByText('نمی‌فرستد', { exact: true }).waitFor();

    let fails = true;
    await page.route('**/api/v1/search?*', (route) =>
      fails
        ? route.fulfill({
            status: 500,
            contentType: 'application/problem+json',
            body: '{"status":500,"code":"internal","title":"x"}',
          })
        : route.continue(),
    );
    await page.keyboard.press('Control+k');
    await page.locator('input.mantine-Spotlight-search').fill('zzzz words');
    const retry = page.getByRole('button', { name: 'تلاش دوباره' });
    await retry.filter({ hasText: 'از سوی ما مشکلی پیش آمد' }).waitFor();
    expect(await page.getByText('پیدا نشد').count()).toBe(0);
    fails = false;
    await retry.click();
    await retry.waitFor({ state: 'detached' });

    const door = await stranger(`${url}/`);
    await door.evaluate(`localStorage.setItem('parley.locale', 'fa')`);
    await door.reload();
    await door.locator('input[name="email"]').fill(ada.email);
    await door.locator('input[name="password"]').fill('not the password');
    await door.keyboard.press('Enter');
    await door.getByText('ایمیل یا گذرواژه نادرست است.').waitFor();
  });

  it('tells who may not see a place so, in their language and with the way back, and asks nothing of the server', async () => {
    const mira = await test.staff('manager', 'Mira Novak');
    const page = await sit(mira, '/live', { locale: 'fa' });
    const refused: string[] = [];
    page.on('response', (answer) => {
      if (answer.status() === 403) refused.push(answer.url());
    });
    await page.getByRole('heading', { level: 1, name: 'برای نقش شما نیست' }).waitFor();
    for (const place of ['users', 'channels/x/held-back']) {
      await page.goto(`${url}/settings/${place}`);
      await page.getByRole('heading', { level: 1, name: 'برای نقش شما نیست' }).waitFor();
      await page.getByRole('navigation', { name: 'تنظیمات' }).waitFor();
    }
    expect(refused).toEqual([]);
    await page.getByRole('link', { name: 'رفتن به صندوق' }).click();
    await page.waitForURL(`${url}/`);
  });
});
