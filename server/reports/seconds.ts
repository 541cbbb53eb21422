import type { Figures } from './schema.ts';

/** Up to here seconds are counted in an array; longer ones are listed and sorted. */
const countedSeconds = 1 << 16;
/** Fewer than so many are listed too: most keys of a long report are rare. */
const listedAtMost = 512;

/** How many took how many whole seconds: what a median needs, exactly. Pure. */
export class Seconds {
  n = 0;
  private readonly listed: number[] = [];
  private counts: Uint32Array | null = null;

  add(second: number, times = 1): void {
    this.n += times;
    const { counts } = this;
    if (counts !== null && second < counts.length) {
      counts[second] = (counts[second] ?? 0) + times;
      return;
    }
    if (counts === null) {
      if (this.listed.length + times <= listedAtMost) {
        for (let count = 0; count < times; count++) this.listed.push(second);
        return;
      }
      this.counts = new Uint32Array(1024);
      const before = this.listed.splice(0);
      for (const one of before) this.count(one, 1);
    }
    this.count(second, times);
  }

  private count(second: number, times: number): void {
    if (second >= countedSeconds) {
      for (let count = 0; count < times; count++) this.listed.push(second);
      return;
    }
    let counts = this.counts ?? new Uint32Array(1024);
    if (second >= counts.length) {
      const larger = new Uint32Array(2 ** Math.ceil(Math.log2(second + 1)));
      larger.set(counts);
      counts = larger;
      this.counts = larger;
    }
    counts[second] = (counts[second] ?? 0) + times;
  }

  addAll(other: Seconds): void {
    other.each((second, times) => this.add(second, times));
  }

  /** Ascending seconds, each with how many took them; a listed second may come more than once. */
  each(tell: (second: number, times: number) => void): void {
    const { counts } = this;
    if (counts !== null)
      for (let second = 0; second < counts.length; second++) {
        const times = counts[second] ?? 0;
        if (times > 0) tell(second, times);
      }
    for (const second of this.listed.sort((a, b) => a - b)) tell(second, 1);
  }

  /** Continuous percentiles in ms, as PostgreSQL's percentile_cont. */
  percentiles(shares: readonly number[]): number[] {
    const places = shares.map((share) => share * (this.n - 1));
    // The two seconds that each lies between, found in ascending order.
    const wanted = [...new Set(places.flatMap((place) => [Math.floor(place), Math.ceil(place)]))].sort((a, b) => a - b);
    const found = new Map<number, number>();
    let upTo = 0;
    this.each((second, times) => {
      upTo += times;
      for (let next = wanted[found.size]; next !== undefined && next < upTo; next = wanted[found.size])
        found.set(next, second);
    });
    return places.map((place) => {
      const [low, high] = [found.get(Math.floor(place)) ?? 0, found.get(Math.ceil(place)) ?? 0];
      return Math.round((low + (high - low) * (place - Math.floor(place))) * 1000);
    });
  }
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
