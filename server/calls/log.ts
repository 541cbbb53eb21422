import { readClient } from '../clients/read.ts';
import { type Db, Prisma } from '../db/client.ts';
import { transact } from '../db/tx.ts';
import { forbidden, notFound } from '../errors.ts';
import { newId } from '../lib/id.ts';
import { byTime, decodeCursor, pageFrom } from '../lib/keyset.ts';
import type { Page } from '../lib/wire.ts';
import { forgetResponse } from '../reports/recordResponse.ts';
import { recount } from '../threads/reply.ts';
import { lockThread } from '../threads/rows.ts';
import { tellThread } from '../threads/tell.ts';
import { needThread, visibleTo } from '../threads/visibility.ts';
import type { Viewer } from '../users/viewer.ts';
import type { Call, CallQuery, LoggedCall } from './schema.ts';
import { writeTalk } from './talk.ts';

/** A call that somebody made or took. In a thread it stands in its flow, and a talk answers who waited there. */
export async function logCall(db: Db, viewer: Viewer, name: string, input: LoggedCall, now: Date): Promise<Call> {
  const id = newId(now.getTime());
  await transact(db, async (tx) => {
    const thread = input.threadId === undefined ? null : await needThread(tx, viewer, input.threadId);
    const clientId = thread?.clientId ?? input.clientId ?? '';
    await readClient(tx, viewer, clientId);
    const known = await tx.identity.findFirst({ where: { clientId, kind: 'phone' }, orderBy: { createdAt: 'asc' } });
    const phone = known?.value ?? '';
    const { direction, talked, note } = input;
    const messageId =
      thread === null
        ? null
        : await writeTalk(
            tx,
            thread.id,
            { id: viewer.userId, name },
            { channelId: null, phone, note, talked, at: now, now },
          );
    await tx.call.create({
      data: {
        id,
        direction,
        state: talked ? 'ended' : 'missed',
        phone,
        clientId,
        threadId: thread?.id ?? null,
        messageId,
        userId: viewer.userId,
        startedAt: now,
        answeredAt: talked ? now : null,
        endedAt: now,
        note,
        createdAt: now,
      },
    });
  });
  const [call] = await readCalls(db, Prisma.sql`k.id = ${id}::uuid`, 1);
  if (call === undefined) throw notFound('call');
  return call;
}

/** Takes a call back that was logged by hand: by who logged it; whoever it answered waits again. */
export async function dropCall(db: Db, viewer: Viewer, id: string, now: Date): Promise<void> {
  await transact(db, async (tx) => {
    const call = await tx.call.findUnique({ where: { id } });
    if (call === null || call.channelId !== null) throw notFound('call');
    if (call.userId !== viewer.userId) throw forbidden();
    await tx.call.delete({ where: { id } });
    if (call.threadId === null || call.messageId === null) return;
    await lockThread(tx, call.threadId);
    await forgetResponse(tx, call.messageId);
    await tx.message.deleteMany({ where: { id: call.messageId } });
    await recount(tx, call.threadId);
    await tellThread(tx, 'delivery.undone', call.threadId, now, {
      actorId: viewer.userId,
      ids: { messageId: call.messageId },
    });
  });
}

/** Calls that the viewer may know: in threads they see, and their own; newest first. */
export async function listCalls(db: Db, viewer: Viewer, query: CallQuery): Promise<Page<Call>> {
  const before = decodeCursor(query.cursor, byTime);
  const wanted = [
    Prisma.sql`(k."userId" = ${viewer.userId}::uuid OR ${visibleTo(viewer)} AND (t.id IS NOT NULL OR ${viewer.role !== 'consultant'}))`,
  ];
  if (query.client !== undefined) wanted.push(Prisma.sql`k."clientId" = ${query.client}::uuid`);
  if (query.thread !== undefined) wanted.push(Prisma.sql`k."threadId" = ${query.thread}::uuid`);
  if (query.state === 'missed') wanted.push(Prisma.sql`k.state = 'missed'`);
  if (before !== null) wanted.push(Prisma.sql`(k."startedAt", k.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`);
  const rows = await readCalls(db, Prisma.join(wanted, ' AND '), query.limit + 1);
  const page = pageFrom(rows, query.limit, (row) => [row.startedAt, row.id]);
  return { items: page.rows, nextCursor: page.nextCursor };
}

async function readCalls(db: Db, where: Prisma.Sql, limit: number): Promise<Call[]> {
  const rows = await db.$queryRaw<
    (Omit<Call, 'startedAt' | 'answeredAt' | 'endedAt'> & {
      startedAt: Date;
      answeredAt: Date | null;
      endedAt: Date | null;
    })[]
  >`
    SELECT k.id, k.direction, k.state, k.phone, k."clientId", c.name AS "clientName", k."threadId", k."messageId", k."userId", k."startedAt", k."answeredAt", k."endedAt", k.note
    FROM call k LEFT JOIN thread t ON t.id = k."threadId" LEFT JOIN client c ON c.id = k."clientId"
    WHERE ${where} ORDER BY k."startedAt" DESC, k.id DESC LIMIT ${limit}`;
  return rows.map((row) => ({
    ...row,
    startedAt: row.startedAt.toISOString(),
    answeredAt: row.answeredAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  }));
}
