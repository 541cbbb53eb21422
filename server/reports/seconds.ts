import type { Figures } from './schema.ts';

/** Up to here seconds are put in order by counting them; longer ones by sorting. */
const countedSeconds = 1 << 16;
/** So few are sorted as quickly. */
const sortedAtMost = 1 << 10;
/** How many took each second; who tells them leaves it empty. */
const table = new Uint32Array(countedSeconds);

/**
 * How many whole seconds each took: what a median needs, exactly. They are kept in a row, one after the other, and counted when all
 * are there: a table of seconds a key would be out of the processor's reach for each of them. Pure.
 */
export class Seconds {
  n = 0;
  /** The first `n` of them are said. */
  private values = new Uint32Array(16);

  add(second: number): void {
    this.room(this.n + 1)[this.n++] = second;
  }

  /** Where they are kept, with room for so many; whoever writes there says so in `n`. */
  room(n: number): Uint32Array {
    if (n > this.values.length) {
      const larger = new Uint32Array(Math.max(2 * this.values.length, n));
      larger.set(this.values.subarray(0, this.n));
      this.values = larger;
    }
    return this.values;
  }

  addAll(other: Seconds): void {
    this.room(this.n + other.n).set(other.values.subarray(0, other.n), this.n);
    this.n += other.n;
  }

  /** How many took under each of these seconds, ascending; at the end those that took longer. */
  steps(ends: readonly number[]): number[] {
    const times = [...ends, 0].map(() => 0);
    let step = 0;
    this.each((second, some) => {
      while (step < ends.length && second >= (ends[step] ?? 0)) step++;
      times[step] = (times[step] ?? 0) + some;
    });
    return times;
  }

  /** Continuous percentiles in ms, as PostgreSQL's percentile_cont. */
  percentiles(shares: readonly number[]): number[] {
    const places = shares.map((share) => share * (this.n - 1));
    // The two seconds that each lies between, found in ascending order.
    const wanted = [...new Set(places.flatMap((place) => [Math.floor(place), Math.ceil(place)]))].sort((a, b) => a - b);
    const found = new Map<number, number>();
    let next = 0;
    let upTo = 0;
    this.each((second, some) => {
      upTo += some;
      for (; next < wanted.length && (wanted[next] ?? 0) < upTo; next++) found.set(wanted[next] ?? 0, second);
    });
    return places.map((place) => {
      const [low, high] = [found.get(Math.floor(place)) ?? 0, found.get(Math.ceil(place)) ?? 0];
      return Math.round((low + (high - low) * (place - Math.floor(place))) * 1000);
    });
  }

  /** Ascending seconds, each with how many took them; a second may come more than once. */
  private each(tell: (second: number, times: number) => void): void {
    const values = this.values.subarray(0, this.n);
    if (this.n <= sortedAtMost) {
      for (const second of values.slice().sort()) tell(second, 1);
      return;
    }
    const [most, longer] = tabulate(values);
    for (let second = 0; second <= most; second++) {
      const times = table[second] as number;
      if (times > 0) tell(second, times);
      table[second] = 0;
    }
    if (longer > 0) for (const second of values.filter((one) => one >= countedSeconds).sort()) tell(second, 1);
  }
}

/** Counts them in the table, which is empty; answers the longest that is there, and how many are longer. */
function tabulate(values: Uint32Array): [most: number, longer: number] {
  let most = 0;
  let longer = 0;
  for (let at = 0; at < values.length; at++) {
    const second = values[at] as number;
    if (second < countedSeconds) {
      (table[second] as number)++;
      if (second > most) most = second;
    } else longer++;
  }
  return [most, longer];
}

/** Waits of one key. */
export class Tally {
  readonly took = new Seconds();
  readonly late = new Seconds();
  targeted = 0;
  inTime = 0;

  addAll(other: Tally): void {
    this.took.addAll(other.took);
    this.late.addAll(other.late);
    this.targeted += other.targeted;
    this.inTime += other.inTime;
  }

  figures(): Figures {
    if (this.took.n === 0) return noFigures;
    const [medianMs = 0, p90Ms = 0] = this.took.percentiles([0.5, 0.9]);
    return {
      n: this.took.n,
      medianMs,
      p90Ms,
      withinTarget: this.targeted === 0 ? null : this.inTime / this.targeted,
      late: this.late.n,
      lateMsMedian: this.late.n === 0 ? null : (this.late.percentiles([0.5])[0] ?? null),
    };
  }
}

export const noFigures: Figures = {
  n: 0,
  medianMs: null,
  p90Ms: null,
  withinTarget: null,
  late: 0,
  lateMsMedian: null,
};
