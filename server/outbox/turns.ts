/** Messages of one channel that are sent at once; the other workers are for the other channels. */
const atOnce = 4;
/** A far side that takes longer is slow: one message at a time finds out whether it is itself again. */
const slowMs = 3_000;
/** A turn is waited for so long where they end soon; then the worker is given back. */
const patienceMs = 300;

interface Line {
  begun: Set<{ at: number }>;
  slow: boolean;
  waiting: Set<() => void>;
}

/** Whose turn it is to be sent by this process, so that a mail server that hangs keeps nobody waiting but its own. */
export class Turns {
  private readonly lines = new Map<string, Line>();

  /** @param now ms of any clock that only goes forward */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Ends the turn when called; null while the channel has its share. */
  take(channelId: string): (() => void) | null {
    const line = this.lines.get(channelId) ?? { begun: new Set(), slow: false, waiting: new Set() };
    if (line.begun.size >= (this.isSlow(line) ? 1 : atOnce)) return null;
    const turn = { at: this.now() };
    line.begun.add(turn);
    this.lines.set(channelId, line);
    return () => {
      line.begun.delete(turn);
      line.slow = this.now() - turn.at > slowMs;
      if (line.begun.size === 0 && !line.slow) this.lines.delete(channelId);
      for (const look of line.waiting) look();
    };
  }

  /** As `take`, after a moment's wait where turns end soon: a burst of short messages goes out without a gap. */
  async soon(channelId: string): Promise<(() => void) | null> {
    const until = this.now() + patienceMs;
    for (;;) {
      const end = this.take(channelId);
      const line = this.lines.get(channelId);
      const leftMs = until - this.now();
      if (end !== null || line === undefined || this.isSlow(line) || leftMs <= 0) return end;
      await new Promise<void>((resolve) => {
        const look = () => {
          clearTimeout(timer);
          line.waiting.delete(look);
          resolve();
        };
        const timer = setTimeout(look, leftMs);
        line.waiting.add(look);
      });
    }
  }

  private isSlow(line: Line): boolean {
    return line.slow || [...line.begun].some((turn) => this.now() - turn.at > slowMs);
  }
}
