import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startApp } from '../../support/app.ts';
import { hasDovecot } from '../../support/dovecot.ts';
import { farLetters, startFarMailbox } from '../../support/farMailbox.ts';
import { bundle, type Parley, startParley } from '../../support/parley.ts';
import { freePort } from '../../support/port.ts';
import { describeWith } from '../../support/realPart.ts';
import { until } from '../../support/until.ts';

const takenOverWithinMs = 20_000;

describeWith('Dovecot', hasDovecot, 'two processes at one mailbox', () => {
  it('when one of two processes is killed for good, the other takes over its mailbox, its jobs and its deliveries', async () => {
    const far = await startFarMailbox();
    const program = await bundle('server/main.ts');
    // Looks and writes, but receives and delivers nothing itself.
    const desk = await startApp({ env: { PARLEY_ROLES: 'web' } });
    const { db } = desk.app.deps;
    const ada = await desk.staff('admin', 'Ada');
    const { id: channel } = await ada.call<{ id: string }>('POST', '/channels', {
      kind: 'email',
      name: 'Shop',
      config: far.config,
    });
    const mira = await desk.staff('manager', 'Mira');
    const dataDir = mkdtempSync(join(tmpdir(), 'parley-two-'));
    const env = {
      DATA_DIR: dataDir,
      DATABASE_URL: desk.databaseUrl,
      PARLEY_SECRET: 'tests-share-one-secret-0123456789',
    };
    const victim = startParley(program.file, env, await freePort());
    const owner = async () => (await db.lease.findUnique({ where: { name: `channel:${channel}` } }))?.owner;
    const others: Parley[] = [];
    try {
      await victim.ready;
      const dead = await until(owner, (id) => id !== undefined, 60_000);
      const survivor = startParley(program.file, env, await freePort());
      others.push(survivor);
      await survivor.ready;
      far.deliver(farLetters(1, 20, 20));
      await until(
        () => db.message.count(),
        (count) => count === 20,
        60_000,
      );

      // The one that is killed has the mailbox, and dies with a reply at the far side.
      far.hold = true;
      const { items } = await mira.call<{ items: { id: string }[] }>('GET', '/threads?limit=20');
      const texts = items.map((_, index) => `Reply ${index}.`);
      for (const [index, { id }] of items.entries())
        await mira.call('POST', `/threads/${id}/messages`, {
          clientKey: randomUUID(),
          kind: 'reply',
          text: texts[index],
          force: true,
        });
      const sending = () => db.delivery.findMany({ where: { state: 'sending' } });
      await until(sending, (rows) => rows.some((row) => row.claimedBy === dead), 60_000);
      await victim.kill();
      far.hold = false;
      const killedAt = Date.now();
      far.deliver(farLetters(21, 30, 20));
      await until(
        async () => ({
          letters: await db.message.count({ where: { direction: 'inbound' } }),
          open: await db.delivery.count({ where: { state: { not: 'sent' } } }),
          locked: await lockedJobs(),
          receiver: await owner(),
        }),
        ({ letters, open, locked, receiver }) => letters === 30 && open === 0 && locked === 0 && receiver !== dead,
        takenOverWithinMs + 10_000,
      );
      expect(Date.now() - killedAt).toBeLessThan(takenOverWithinMs);
      for (const text of texts) {
        const copies = far.sent.filter((one) => one.text.includes(text));
        expect(copies.length).toBeGreaterThan(0);
        expect(new Set(copies.map((copy) => copy.messageId)).size).toBe(1);
        if (copies.length > 1)
          expect(await db.delivery.count({ where: { repeated: true, message: { text } } })).toBe(1);
      }
    } finally {
      for (const one of [victim, ...others]) await one.kill();
      await far.close();
      program.remove();
      rmSync(dataDir, { recursive: true, force: true });
    }

    async function lockedJobs(): Promise<number> {
      const [row] = await db.$queryRaw<
        { n: number }[]
      >`SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE locked_at IS NOT NULL`;
      return row?.n ?? 0;
    }
  }, 180_000);
});
