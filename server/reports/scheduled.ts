import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import type { Db } from '../db/client.ts';
import { transact } from '../db/tx.ts';
import type { Deps } from '../deps.ts';
import { notFound } from '../errors.ts';
import { addJob } from '../jobs/add.ts';
import { newId } from '../lib/id.ts';
import { loadHours } from '../targets/rules.ts';
import { unsubscribeUrl } from '../unsubscribe/link.ts';
import { readResponseTimes, tableOf } from './responseTimes.ts';
import { type NewSchedule, type ReportSchedule, responseQuery, type scheduleQuestion, workQuery } from './schema.ts';
import { asCsv, asXlsx, type Cell } from './sheet.ts';
import { readWork, workTable } from './work.ts';

/**
 * Reports that go to people by mail. What is due is claimed with its row locked: one mail a recipient and period, whatever
 * processes see it; each is a job of that transaction, so that a restart sends what was left.
 */

type Every = ReportSchedule['every'];
/** Local hour at which a report is sent. */
const sendHour = 7;

/** The next time a report is due: Monday, or the first of a month, early in the morning. Pure. */
export function nextDue(every: Every, timezone: string, now: Date): Date {
  const local = DateTime.fromJSDate(now, { zone: timezone });
  const start = local.startOf(every).set({ hour: sendHour });
  return (start > local ? start : start.plus(every === 'week' ? { weeks: 1 } : { months: 1 })).toJSDate();
}

/** The whole week or month before a due time. Pure. */
export function periodBefore(every: Every, timezone: string, due: Date): { from: Date; to: Date } {
  const to = DateTime.fromJSDate(due, { zone: timezone }).startOf(every);
  return { from: to.minus(every === 'week' ? { weeks: 1 } : { months: 1 }).toJSDate(), to: to.toJSDate() };
}

type Row = Awaited<ReturnType<Db['reportSchedule']['findMany']>>[number];

function present(row: Row, lastSentAt: Date | null): ReportSchedule {
  return {
    id: row.id,
    name: row.name,
    report: row.report as ReportSchedule['report'],
    question: row.question as ReportSchedule['question'],
    every: row.every as Every,
    format: row.format as ReportSchedule['format'],
    recipients: [...row.recipients],
    nextAt: row.nextAt.toISOString(),
    lastSentAt: lastSentAt?.toISOString() ?? null,
  };
}

export async function listSchedules(db: Db): Promise<ReportSchedule[]> {
  const rows = await db.reportSchedule.findMany({ where: { removedAt: null }, orderBy: { createdAt: 'asc' } });
  const sent = await db.reportMail.groupBy({
    by: ['scheduleId'],
    where: { scheduleId: { in: rows.map((row) => row.id) } },
    _max: { sentAt: true },
  });
  const last = new Map(sent.map((row) => [row.scheduleId, row._max.sentAt]));
  return rows.map((row) => present(row, last.get(row.id) ?? null));
}

export async function makeSchedule(db: Db, input: NewSchedule, actorId: string, now: Date): Promise<ReportSchedule> {
  const { timezone } = await loadHours(db);
  const row = await db.reportSchedule.create({
    data: {
      ...input,
      id: newId(now.getTime()),
      nextAt: nextDue(input.every, timezone, now),
      createdById: actorId,
      createdAt: now,
    },
  });
  return present(row, null);
}

export async function changeSchedule(db: Db, id: string, input: NewSchedule, now: Date): Promise<ReportSchedule> {
  const { timezone } = await loadHours(db);
  const changed = await db.reportSchedule.updateMany({
    where: { id, removedAt: null },
    data: { ...input, nextAt: nextDue(input.every, timezone, now) },
  });
  if (changed.count === 0) throw notFound('reportSchedule');
  const found = (await listSchedules(db)).find((schedule) => schedule.id === id);
  if (found === undefined) throw notFound('reportSchedule');
  return found;
}

export async function dropSchedule(db: Db, id: string, now: Date): Promise<void> {
  await db.reportSchedule.updateMany({ where: { id, removedAt: null }, data: { removedAt: now } });
}

/** Makes the mails that are due; run by the schedule of every process. What was due while nothing ran is sent once, for its last period. */
export async function sweepSchedules(db: Db, now: Date): Promise<void> {
  const due = await db.reportSchedule.findMany({
    where: { removedAt: null, nextAt: { lte: now } },
    select: { id: true },
  });
  if (due.length === 0) return;
  const { timezone } = await loadHours(db);
  for (const { id } of due)
    await transact(db, async (tx) => {
      await tx.$executeRaw`SELECT 1 FROM report_schedule WHERE id = ${id}::uuid FOR UPDATE`;
      const row = await tx.reportSchedule.findUnique({ where: { id } });
      if (row === null || row.removedAt !== null || row.nextAt > now) return;
      const every = row.every as Every;
      const { from, to } = periodBefore(every, timezone, now);
      await tx.reportSchedule.update({ where: { id }, data: { nextAt: nextDue(every, timezone, now) } });
      for (const recipient of row.recipients) {
        const mailId = newId(now.getTime());
        const data = { id: mailId, scheduleId: id, fromAt: from, toAt: to, recipient, createdAt: now };
        const made = await tx.reportMail.createMany({ data, skipDuplicates: true });
        if (made.count > 0) await addJob(tx, 'mailReport', { mailId }, { key: `mailReport:${mailId}` });
      }
    });
}

/** Sends one. A crash after the mail server took it repeats it under the same Message-ID. @throws when it was not taken: the job is tried again */
export async function mailReport(
  deps: Pick<Deps, 'db' | 'clock' | 'box' | 'config' | 'sendSystemMail'>,
  mailId: string,
): Promise<void> {
  const { db, clock } = deps;
  const mail = await db.reportMail.findUnique({ where: { id: mailId } });
  if (mail === null || mail.sentAt !== null) return;
  const row = await db.reportSchedule.findUnique({ where: { id: mail.scheduleId } });
  // Dropped, or unsubscribed from, since it was due.
  if (row === null || row.removedAt !== null || !row.recipients.includes(mail.recipient)) return;
  const { timezone } = await loadHours(db);
  const day = (at: Date) => DateTime.fromJSDate(at, { zone: timezone }).toISODate() ?? '';
  const [first, last] = [day(mail.fromAt), day(new Date(mail.toAt.getTime() - 1))];
  const table = await tableFor(db, row, { from: mail.fromAt, to: mail.toAt }, clock.now());
  const csv = row.format === 'csv';
  const content = csv ? Buffer.from(`\uFEFF${asCsv(table)}`) : asXlsx(table);
  const taken = await deps.sendSystemMail(
    mail.recipient,
    `${row.name}: ${first} – ${last}`,
    `${row.name}\n${first} – ${last} (${timezone})\n\n${plainTable(table)}\n`,
    {
      id: stableId(mail.id),
      unsubscribe: unsubscribeUrl(deps.box, deps.config.publicUrl, {
        kind: 'report',
        scheduleId: row.id,
        address: mail.recipient,
      }),
      attachments: [
        {
          name: `${row.report}-${first}.${row.format}`,
          type: csv ? 'text/csv' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          contentId: null,
          inline: false,
          read: async () => content,
        },
      ],
    },
  );
  if (!taken) throw new Error('no mailbox can send the report');
  await db.reportMail.update({ where: { id: mailId }, data: { sentAt: clock.now() } });
}

async function tableFor(db: Db, row: Row, period: { from: Date; to: Date }, now: Date): Promise<Cell[][]> {
  const question = row.question as ReportSchedule['question'] satisfies ReturnType<typeof scheduleQuestion.parse>;
  if (row.report === 'work') {
    const { measure: _, time: __, ...rest } = question;
    return workTable(await readWork(db, { ...workQuery.parse(rest), ...period }, now));
  }
  return tableOf(await readResponseTimes(db, { ...responseQuery.parse(question), ...period }, now));
}

/** The first rows in the letter itself, for who reads it on the way. */
function plainTable(table: Cell[][]): string {
  return table
    .slice(0, 11)
    .map((line) =>
      line
        .filter((_, column) => column !== 1)
        .map((cell) => cell ?? '–')
        .join('  '),
    )
    .join('\n');
}

/** One mail has one Message-ID, also when it is sent again. */
function stableId(mailId: string): string {
  return createHash('sha256').update(`report ${mailId}`).digest('hex').slice(0, 32);
}
