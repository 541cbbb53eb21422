/** Messages of one channel that are sent at once; the other workers are for the other channels. */
const atOnce = 4;
/** A far side that takes longer is slow: one message at a time finds out whether it is itself again. */
const slowMs = 3_000;

/** Whose turn it is to be sent by this process, so that a mail server that hangs keeps nobody waiting but its own. */
export class Turns {
  private readonly channels = new Map<string, { begun: Set<{ at: number }>; slow: boolean }>();

  /** Ends the turn when called; null while the channel has its share. @param now ms of any clock that only goes forward */
  take(channelId: string, now: () => number = () => performance.now()): (() => void) | null {
    const channel = this.channels.get(channelId) ?? { begun: new Set(), slow: false };
    const slow = channel.slow || [...channel.begun].some((turn) => now() - turn.at > slowMs);
    if (channel.begun.size >= (slow ? 1 : atOnce)) return null;
    const turn = { at: now() };
    channel.begun.add(turn);
    this.channels.set(channelId, channel);
    return () => {
      channel.begun.delete(turn);
      channel.slow = now() - turn.at > slowMs;
      if (channel.begun.size === 0 && !channel.slow) this.channels.delete(channelId);
    };
  }
}
