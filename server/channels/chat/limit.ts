/** How much of something one caller may do: `burst` at once, then `perSecond`. */
export interface Limit {
  burst: number;
  perSecond: number;
}

/** A visitor may write 60 messages at once, then one a second. */
export const messageLimit: Limit = { burst: 60, perSecond: 1 };
/** Files uploaded by one visitor. */
export const uploadLimit: Limit = { burst: 30, perSecond: 0.2 };
/** Connections from one address: a shop's office behind one router, not a flood. */
export const connectionLimit: Limit = { burst: 1000, perSecond: 20 };
/** Cheap signals (typing, read marks, history) of one socket. */
export const signalLimit: Limit = { burst: 120, perSecond: 10 };

/** Callers remembered at once; the one unused for longest is forgotten first. */
const maxCallers = 50_000;

/** Token buckets by caller, in this process. `take` answers 0, or in how many ms to try again. */
export class Limiter {
  private readonly buckets = new Map<string, { level: number; at: number }>();

  constructor(private readonly limit: Limit) {}

  take(caller: string, now: number): number {
    const { burst, perSecond } = this.limit;
    const known = this.buckets.get(caller);
    const refilled = known ? known.level + (Math.max(0, now - known.at) / 1000) * perSecond : burst;
    const level = Math.min(burst, refilled);
    // Taken out and put back, so that the map's order is the order of use.
    this.buckets.delete(caller);
    if (level < 1) {
      this.buckets.set(caller, { level, at: now });
      return Math.ceil(((1 - level) / perSecond) * 1000);
    }
    this.buckets.set(caller, { level: level - 1, at: now });
    if (this.buckets.size > maxCallers) this.buckets.delete(this.buckets.keys().next().value as string);
    return 0;
  }
}
