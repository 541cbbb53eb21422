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
/** New visitors from one address; who has been here before says so. */
export const newVisitorLimit: Limit = { burst: 1000, perSecond: 5 };
/** Messages from one address: a hundred visitors behind one router may each write all that one may. */
export const addressMessageLimit: Limit = { burst: 6000, perSecond: 50 };
/** Bytes uploaded from one address. */
export const addressBytesLimit: Limit = { burst: 1024 ** 3, perSecond: 2 * 1024 ** 2 };
/** Bytes of uploads that are under way at once, in memory: of all visitors, and of one address. */
export const uploadRoom = { bytes: 256 * 1024 ** 2, bytesEach: 128 * 1024 ** 2 };
/** Cheap signals (typing, read marks, history) of one socket. */
export const signalLimit: Limit = { burst: 120, perSecond: 10 };

/** Callers remembered at once; the one unused for longest is forgotten first. */
const maxCallers = 50_000;

/** Token buckets by caller, in this process. `take` answers 0, or in how many ms to try again. */
export class Limiter {
  private readonly buckets = new Map<string, { level: number; at: number }>();

  constructor(private readonly limit: Limit) {}

  /** @param cost how much of it, at most the burst */
  take(caller: string, now: number, cost = 1): number {
    const { burst, perSecond } = this.limit;
    const known = this.buckets.get(caller);
    const refilled = known ? known.level + (Math.max(0, now - known.at) / 1000) * perSecond : burst;
    const level = Math.min(burst, refilled);
    // Taken out and put back, so that the map's order is the order of use.
    this.buckets.delete(caller);
    if (level < cost) {
      this.buckets.set(caller, { level, at: now });
      return Math.ceil(((cost - level) / perSecond) * 1000);
    }
    this.buckets.set(caller, { level: level - cost, at: now });
    if (this.buckets.size > maxCallers) this.buckets.delete(this.buckets.keys().next().value as string);
    return 0;
  }
}

/** A bounded place for bytes of several callers; nobody takes all of it. */
export class Room {
  private taken = 0;
  private readonly takenBy = new Map<string, number>();

  constructor(private readonly size: { bytes: number; bytesEach: number }) {}

  /** Takes place, and answers how to give it back; null when there is none. */
  enter(caller: string, bytes: number): (() => void) | null {
    const own = this.takenBy.get(caller) ?? 0;
    if (this.taken + bytes > this.size.bytes || own + bytes > this.size.bytesEach) return null;
    this.taken += bytes;
    this.takenBy.set(caller, own + bytes);
    return () => {
      this.taken -= bytes;
      const left = (this.takenBy.get(caller) ?? 0) - bytes;
      if (left > 0) this.takenBy.set(caller, left);
      else this.takenBy.delete(caller);
    };
  }
}
