import { expect, it } from 'vitest';
import { crash } from '../../support/crash.ts';
import { hasDovecot } from '../../support/dovecot.ts';
import { describeWith } from '../../support/realPart.ts';

describeWith('Dovecot', hasDovecot, 'Parley between a mailbox and an SMTP server', () => {
  it('loses nothing and doubles nothing when it is killed twenty times at work, and repeats a reply only openly', async () => {
    const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
    console.log(`kills by SEED=${seed}`);
    const letters = 2_000;
    const report = await crash({ seed, kills: 20, letters, repliesALife: 12 });
    expect(report).toMatchObject({
      lost: 0,
      doubled: 0,
      events: letters,
      unnumbered: 0,
      wrongCounters: 0,
      missing: 0,
      wronglyRepeated: 0,
      jobsLeft: [],
      cursor: letters,
    });
    expect(report.accepted).toBeGreaterThan(100);
  }, 900_000);
});
