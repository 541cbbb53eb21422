/** A repeatable source of chance, so that two demo stores of one day look alike. */
export interface Chance {
  /** 0 <= n < 1. */
  number(): number;
  between(least: number, most: number): number;
  of<T>(items: readonly T[]): T;
}

/** Mulberry32: small, and good enough to make a shop look alive. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const number = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    number,
    between: (least, most) => least + Math.floor(number() * (most - least + 1)),
    of: <T>(items: readonly T[]): T => {
      const item = items[Math.floor(number() * items.length)];
      if (item === undefined) throw new Error('nothing to choose from');
      return item;
    },
  };
}
