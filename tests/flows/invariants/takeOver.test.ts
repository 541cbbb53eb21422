import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startApp } from '../../support/app.ts';
import { makeChannel } from '../../support/cast.ts';
import { farLetters, startFarSide } from '../../support/farSide.ts';
import { bundle, type Parley, startParley } from '../../support/parley.ts';
import { freePort } from '../../support/port.ts';
import { until } from '../../support/until.ts';

const takenOverWithinMs = 20_000;

it('when one of two processes is killed for good, the other takes over its mailbox, its jobs and its deliveries', async () => {
  const far = await startFarSide();
  const program = await bundle('tests/support/processes/main.ts');
  // Looks and writes, but receives and delivers nothing itself.
  const desk = await startApp({ env: { PARLEY_ROLES: 'web' } });
  const { db } = desk.app.deps;
  const channel = await makeChannel(desk, 'email');
  const mira = await desk.staff('manager', 'Mira');
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-two-'));
  const env = {
    DATA_DIR: dataDir,
    DATABASE_URL: desk.databaseUrl,
    FAR_SIDE_URL: far.url,
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
    far.letters.push(...farLetters(1, 20, 20));
    await until(
      () => db.message.count(),
      (count) => count === 20,
      60_000,
    );

    // The one that is killed has the mailbox, and dies with a reply at the far side.
    far.hold = true;
    const { items } = await mira.call<{ items: { id: string }[] }>('GET', '/threads?limit=20');
    const texts = items.map((_, index) => `Reply ${index}`);
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
    far.letters.push(...farLetters(21, 30, 20));
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
      const copies = far.sent.filter((one) => one.text === text);
      expect(copies.length).toBeGreaterThan(0);
      expect(new Set(copies.map((copy) => copy.externalId)).size).toBe(1);
      expect(copies.slice(1).every((copy) => copy.repeated)).toBe(true);
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
