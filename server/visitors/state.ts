import type { Reader } from '../db/tx.ts';
import type { OwnThread } from './history.ts';
import type { VisitorState } from './schema.ts';

/** Somebody of ours who has Parley open. */
export interface Colleague {
  userId: string;
  name: string;
}

/** The chat as its state needs it. */
export interface ChatChannel {
  id: string;
  botMode: string;
  teamId: string | null;
  storeId: string | null;
}

/** Threads that a wait is measured from at least; fewer say nothing. */
const enoughThreads = 5;
const measuredDays = 14;
const measuredThreads = 200;
const namesShown = 3;

/** Who answers this visitor and how soon. `here` are the colleagues who may answer and have Parley open now. */
export async function readState(
  reader: Reader,
  facts: {
    channel: ChatChannel;
    thread: OwnThread | null;
    here: Colleague[];
    visitorId: string;
    waitMs: number | null;
    opensAt: Date | null;
  },
): Promise<VisitorState> {
  const { channel, thread, here, visitorId } = facts;
  const [assignee, contact] = await Promise.all([
    thread?.assigneeId
      ? reader.user.findUnique({ where: { id: thread.assigneeId }, select: { id: true, name: true } })
      : null,
    reader.identity.findUnique({
      where: { kind_value: { kind: 'visitor', value: visitorId } },
      select: { contactEmail: true },
    }),
  ]);
  const isAssigneeHere = assignee !== null && here.some((colleague) => colleague.userId === assignee.id);
  // The thread's own person first; who is not here is named only as the one who answers.
  const names = [
    ...(assignee && (isAssigneeHere || here.length > 0) ? [assignee.name] : []),
    ...here.map((one) => one.name),
  ];
  return {
    online: here.length > 0,
    people: [...new Set(names)].slice(0, namesShown),
    answering: answeringOf(channel.botMode, thread, here.length > 0),
    waitMs: facts.waitMs,
    waitingSince: thread?.waitingSince?.toISOString() ?? null,
    opensAt: facts.opensAt?.toISOString() ?? null,
    email: contact?.contactEmail ?? null,
  };
}

/** Whom the visitor is talking to. Pure. */
export function answeringOf(
  botMode: string,
  thread: Pick<OwnThread, 'botState' | 'status' | 'assigneeId' | 'firstResponseAt' | 'waitingSince'> | null,
  isSomebodyHere: boolean,
): VisitorState['answering'] {
  const botFirst = botMode === 'first' || (botMode === 'away' && !isSomebodyHere);
  if (thread === null || thread.status === 'closed') return botFirst ? 'bot' : 'nobody';
  if (thread.botState === 'bot') return botFirst ? 'bot' : 'nobody';
  if (thread.botState === 'waiting') return 'waiting';
  if (thread.assigneeId !== null && thread.firstResponseAt !== null) return 'person';
  return thread.waitingSince === null ? 'nobody' : 'waiting';
}

/**
 * How long a visitor waits for a person on this chat, in ms: the median first response of the last days, or what the
 * longest waiting one has waited already when that is more. Null when too few were answered to say.
 */
export async function measureWait(reader: Reader, channelId: string, now: Date): Promise<number | null> {
  const since = new Date(now.getTime() - measuredDays * 24 * 60 * 60_000);
  const [row] = await reader.$queryRaw<{ n: number; median: number | null; longest: Date | null }[]>`
    WITH lately AS (
      SELECT extract(epoch FROM "firstResponseAt" - "firstInboundAt") * 1000 AS ms FROM thread
      WHERE "channelId" = ${channelId}::uuid AND "firstResponseAt" IS NOT NULL AND "lastMessageAt" > ${since}::timestamptz AND NOT historical
      ORDER BY "lastMessageAt" DESC LIMIT ${measuredThreads}
    )
    SELECT count(*)::int AS n, (percentile_cont(0.5) WITHIN GROUP (ORDER BY ms))::float8 AS median,
      (SELECT min("waitingSince") FROM thread WHERE "channelId" = ${channelId}::uuid AND status = 'open' AND "waitingSince" IS NOT NULL) AS longest
    FROM lately`;
  return waitOf(row?.n ?? 0, row?.median ?? null, row?.longest ? now.getTime() - row.longest.getTime() : null);
}

/** Pure; see {@link measureWait}. */
export function waitOf(answered: number, medianMs: number | null, longestWaitingMs: number | null): number | null {
  if (answered < enoughThreads || medianMs === null) return null;
  return Math.round(Math.max(medianMs, longestWaitingMs ?? 0));
}
