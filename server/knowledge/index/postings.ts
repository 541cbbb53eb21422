/**
 * An inverted index of one field: for each term the slots of the passages that hold it, ascending, with how often. A
 * posting is one 32-bit number, so that a hundred thousand passages take tens of megabytes and a question milliseconds.
 */
export class Postings {
  readonly #lists = new Map<string, number | List>();
  #lengths = new Float32Array(1024);
  #totalLength = 0;
  #passages = 0;

  /** How many passages there are. */
  get passages(): number {
    return this.#passages;
  }

  /** How many passages hold a term. */
  held(term: string): number {
    const list = this.#lists.get(term);
    return list === undefined ? 0 : typeof list === 'number' ? 1 : list.count;
  }

  /** Adds a passage's terms under a slot that holds none. @returns terms that no passage held before */
  add(slot: number, terms: readonly string[]): string[] {
    const fresh: string[] = [];
    for (const [term, count] of counted(terms)) {
      const posting = slot * COUNTS + Math.min(count, COUNTS - 1);
      const list = this.#lists.get(term);
      if (list === undefined) {
        this.#lists.set(term, posting);
        fresh.push(term);
      } else if (typeof list === 'number')
        this.#lists.set(term, { items: Uint32Array.of(...[list, posting].sort((a, b) => a - b), 0, 0), count: 2 });
      else insert(list, posting);
    }
    if (slot >= this.#lengths.length) {
      const lengths = new Float32Array(slot * 2);
      lengths.set(this.#lengths);
      this.#lengths = lengths;
    }
    this.#lengths[slot] = terms.length;
    this.#totalLength += terms.length;
    this.#passages++;
    return fresh;
  }

  /** Takes a passage's terms away again; they must be those it was added with. */
  remove(slot: number, terms: readonly string[]): void {
    for (const term of new Set(terms)) {
      const list = this.#lists.get(term);
      if (list === undefined) continue;
      if (typeof list === 'number' || list.count === 1) this.#lists.delete(term);
      else {
        const at = place(list, slot);
        list.items.copyWithin(at, at + 1, list.count);
        list.count--;
      }
    }
    this.#totalLength -= terms.length;
    this.#passages--;
  }

  /** True when the passage of a slot holds a term. */
  holds(term: string, slot: number): boolean {
    const list = this.#lists.get(term);
    if (list === undefined) return false;
    if (typeof list === 'number') return list >>> COUNT_BITS === slot;
    const at = place(list, slot);
    return at < list.count && (list.items[at] as number) >>> COUNT_BITS === slot;
  }

  /**
   * Adds to `scores` the BM25 score (Robertson, Zaragoza 2009) of each passage that holds one of the terms, each term's
   * part times its weight.
   */
  score(terms: readonly Weighed[], scores: Scores): void {
    const average = this.#totalLength / (this.#passages || 1);
    for (const [term, weight] of terms) {
      const list = this.#lists.get(term);
      if (list === undefined) continue;
      const [items, count] = typeof list === 'number' ? [[list], 1] : [list.items, list.count];
      const rarity = this.#rarity(count) * weight;
      for (let index = 0; index < count; index++) {
        const posting = items[index] as number;
        const slot = posting >>> COUNT_BITS;
        scores.add(slot, rarity * frequency(posting & (COUNTS - 1), (this.#lengths[slot] as number) / average));
      }
    }
  }

  /** The BM25 score of one passage for the terms. */
  scoreOf(slot: number, terms: readonly Weighed[]): number {
    const length = (this.#lengths[slot] as number) / (this.#totalLength / (this.#passages || 1));
    let score = 0;
    for (const [term, weight] of terms) {
      const list = this.#lists.get(term);
      if (list === undefined) continue;
      const at = typeof list === 'number' ? 0 : place(list, slot);
      const posting = typeof list === 'number' ? list : at < list.count ? (list.items[at] as number) : 0;
      if (posting !== 0 && posting >>> COUNT_BITS === slot)
        score +=
          weight * this.#rarity(typeof list === 'number' ? 1 : list.count) * frequency(posting & (COUNTS - 1), length);
    }
    return score;
  }

  #rarity(held: number): number {
    return Math.log(1 + (this.#passages - held + 0.5) / (held + 0.5));
  }
}

/** A term and how much it counts. */
export type Weighed = readonly [term: string, weight: number];

/** Scores of passages by slot, to be filled anew by each question without being made anew. */
export class Scores {
  #values = new Float32Array(1024);
  #touched = new Uint32Array(1024);
  #count = 0;

  add(slot: number, score: number): void {
    const before = this.#values[slot] as number;
    if (before === 0) this.#touched[this.#count++] = slot;
    this.#values[slot] = before + score;
  }

  /** Forgets all scores and makes room for so many slots. */
  clear(slots: number): void {
    for (let at = 0; at < this.#count; at++) this.#values[this.#touched[at] as number] = 0;
    this.#count = 0;
    if (slots > this.#values.length) {
      this.#values = new Float32Array(slots * 2);
      this.#touched = new Uint32Array(slots * 2);
    }
  }

  /**
   * The best so many slots, best first; equals in the order they came.
   * @param weigh a slot's final score; 0 leaves it out.
   */
  best(most: number, weigh: (slot: number, score: number) => number): { slot: number; score: number }[] {
    const heap: { slot: number; score: number }[] = [];
    for (let at = 0; at < this.#count; at++) {
      const slot = this.#touched[at] as number;
      const raw = this.#values[slot] as number;
      const worst = heap.length < most ? 0 : (heap[0]?.score ?? 0);
      if (raw * HIGHEST_WEIGHT <= worst) continue;
      const score = weigh(slot, raw);
      if (score > worst) keep(heap, { slot, score }, most);
    }
    return heap.sort((a, b) => b.score - a.score || a.slot - b.slot);
  }
}

/** No passage is weighed up by more than this. */
export const HIGHEST_WEIGHT = 3;

interface List {
  items: Uint32Array<ArrayBuffer>;
  count: number;
}

const COUNT_BITS = 4;
/** How often a term stands in a passage is counted up to this. */
const COUNTS = 1 << COUNT_BITS;
const SATURATION = 1.2;
const LENGTH = 0.7;
/** What a term that is held at all counts, however long the passage (BM25+; Lv, Zhai 2011). */
const FLOOR = 0.5;

function frequency(often: number, length: number): number {
  return (often * (SATURATION + 1)) / (often + SATURATION * (1 - LENGTH + LENGTH * length)) + FLOOR;
}

function counted(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

function insert(list: List, posting: number): void {
  if (list.count === list.items.length) {
    const items = new Uint32Array(Math.ceil(list.count * 1.5));
    items.set(list.items);
    list.items = items;
  }
  const last = list.items[list.count - 1] as number;
  const at = posting > last ? list.count : place(list, posting >>> COUNT_BITS);
  if (at < list.count) list.items.copyWithin(at + 1, at, list.count);
  list.items[at] = posting;
  list.count++;
}

/** Where a slot stands in a list, or would stand. */
function place(list: List, slot: number): number {
  let [low, high] = [0, list.count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list.items[middle] as number) >>> COUNT_BITS < slot) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A heap with the worst on top. */
function keep(heap: { slot: number; score: number }[], one: { slot: number; score: number }, most: number): void {
  if (heap.length < most) {
    heap.push(one);
    for (let at = heap.length - 1; at > 0; ) {
      const above = (at - 1) >> 1;
      if ((heap[above]?.score ?? 0) <= one.score) break;
      [heap[at], heap[above]] = [heap[above] as typeof one, heap[at] as typeof one];
      at = above;
    }
    return;
  }
  heap[0] = one;
  for (let at = 0; ; ) {
    const left = 2 * at + 1;
    const right = left + 1;
    const least = right < heap.length && (heap[right]?.score ?? 0) < (heap[left]?.score ?? 0) ? right : left;
    if (least >= heap.length || (heap[least]?.score ?? 0) >= one.score) break;
    [heap[at], heap[least]] = [heap[least] as typeof one, heap[at] as typeof one];
    at = least;
  }
}
