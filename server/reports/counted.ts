import type { Figures } from './schema.ts';

/** Whole seconds and how many took each, merged and read off: what a median of many days needs. Pure. */

/** Bytes of one pair: second and count as big-endian 32-bit numbers, as PostgreSQL's int4send writes them. */
const pairBytes = 8;
/** Up to here seconds are counted in an array; longer ones are sorted. */
const countedSeconds = 1 << 18;

/** Pairs of one key, collected from any number of days; a second may come more than once. */
export class Counted {
  targeted = 0;
  within = 0;
  n = 0;
  private readonly parts: Uint8Array[] = [];

  get isEmpty(): boolean {
    return this.parts.length === 0;
  }

  add(packed: Uint8Array, targeted: number, within: number): void {
    this.parts.push(packed);
    this.targeted += targeted;
    this.within += within;
  }

  addAll(other: Counted): void {
    this.parts.push(...other.parts);
    this.targeted += other.targeted;
    this.within += other.within;
  }

  /** Ascending seconds, each once, and their counts. */
  merged(): { seconds: Float64Array; counts: Float64Array } {
    let most = 0;
    const pairs = this.parts.map((part) => {
      const view = new DataView(part.buffer, part.byteOffset, part.byteLength);
      const last = part.byteLength - pairBytes;
      if (last >= 0) most = Math.max(most, view.getInt32(last));
      return view;
    });
    this.n = 0;
    const merged = most < countedSeconds ? this.byCounting(pairs, most) : this.bySorting(pairs);
    return merged;
  }

  private byCounting(pairs: DataView[], most: number): { seconds: Float64Array; counts: Float64Array } {
    const all = new Float64Array(most + 1);
    let kinds = 0;
    for (const view of pairs)
      for (let at = 0; at < view.byteLength; at += pairBytes) {
        const second = view.getInt32(at);
        const count = view.getInt32(at + 4);
        if (all[second] === 0) kinds++;
        all[second] = (all[second] ?? 0) + count;
        this.n += count;
      }
    const seconds = new Float64Array(kinds);
    const counts = new Float64Array(kinds);
    let place = 0;
    for (let second = 0; second <= most; second++) {
      const count = all[second] ?? 0;
      if (count === 0) continue;
      seconds[place] = second;
      counts[place++] = count;
    }
    return { seconds, counts };
  }

  private bySorting(pairs: DataView[]): { seconds: Float64Array; counts: Float64Array } {
    const all = new Map<number, number>();
    for (const view of pairs)
      for (let at = 0; at < view.byteLength; at += pairBytes) {
        const second = view.getInt32(at);
        const count = view.getInt32(at + 4);
        all.set(second, (all.get(second) ?? 0) + count);
        this.n += count;
      }
    const seconds = Float64Array.from(all.keys()).sort();
    return { seconds, counts: seconds.map((second) => all.get(second) ?? 0) };
  }
}

/** Median and ninth decile of merged seconds, in ms: the continuous percentile (as PostgreSQL's percentile_cont). */
export function percentiles(
  { seconds, counts }: { seconds: Float64Array; counts: Float64Array },
  n: number,
  shares: readonly number[],
): number[] {
  const places = shares.flatMap((share) => [Math.floor(share * (n - 1)), Math.ceil(share * (n - 1))]);
  const found = new Array<number>(places.length).fill(0);
  const order = places.map((_, index) => index).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  let upTo = 0;
  let next = 0;
  for (let at = 0; at < seconds.length && next < order.length; at++) {
    upTo += counts[at] ?? 0;
    while (next < order.length && (places[order[next] ?? 0] ?? 0) < upTo) found[order[next++] ?? 0] = seconds[at] ?? 0;
  }
  return shares.map((share, index) => {
    const low = found[2 * index] ?? 0;
    const high = found[2 * index + 1] ?? 0;
    const place = share * (n - 1);
    return Math.round((low + (high - low) * (place - Math.floor(place))) * 1000);
  });
}

/** Figures of a key from how long its waits took and, of the late ones, how late they were. */
export function figuresOf(took: Counted, late: Counted | undefined): Figures {
  const [medianMs = 0, p90Ms = 0] = percentiles(took.merged(), took.n, [0.5, 0.9]);
  const lateness = late?.merged();
  return {
    n: took.n,
    medianMs,
    p90Ms,
    withinTarget: took.targeted === 0 ? null : took.within / took.targeted,
    late: late?.n ?? 0,
    lateMsMedian:
      lateness === undefined || late === undefined ? null : (percentiles(lateness, late.n, [0.5])[0] ?? null),
  };
}
