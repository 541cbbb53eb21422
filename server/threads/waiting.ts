/** The part of a thread that says whether a client waits, and how long they may. */
export interface Waiting {
  waitingSince: Date | null;
  dueAt: Date | null;
  firstInboundAt: Date | null;
  firstResponseAt: Date | null;
}

/**
 * A person wrote at `arrivedAt` (the far side's time): the client waits since the first message that was not answered.
 * @param targetMs the channel's promised response time; null promises none
 */
export function clientWrote(now: Waiting, arrivedAt: Date, targetMs: number | null): Waiting {
  const waitingSince = now.waitingSince !== null && now.waitingSince <= arrivedAt ? now.waitingSince : arrivedAt;
  return {
    ...now,
    waitingSince,
    dueAt: targetMs === null ? null : new Date(waitingSince.getTime() + targetMs),
    firstInboundAt: now.firstInboundAt !== null && now.firstInboundAt <= arrivedAt ? now.firstInboundAt : arrivedAt,
  };
}

/** A person of ours answered: nobody waits any more. A bot's answer and automatic mail never come here. */
export function personAnswered(now: Waiting, at: Date): Waiting {
  return {
    ...now,
    waitingSince: null,
    dueAt: null,
    firstResponseAt: now.firstResponseAt ?? (now.firstInboundAt === null ? null : at),
  };
}

/** Nobody is awaited (closed, or the bot is answering), and that is no answer. */
export function nobodyAwaited(now: Waiting): Waiting {
  return { ...now, waitingSince: null, dueAt: null };
}
