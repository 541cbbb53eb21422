/**
 * Facts as columns: a row a fact in typed arrays, a dictionary for what repeats. A quarter of a million facts is read
 * through in milliseconds, whatever is asked of them. Pure.
 */

export type Numbers = Uint8Array | Uint16Array | Uint32Array;

/** What every fact has, and what an answered wait has besides; an absent column is all 0. */
export const columnNames = [
  /** Quarter-hours after `base`. */
  'at',
  /** Place in the scopes. */
  'scope',
  /** Whose it is: a place in `names`, 0 for nobody. */
  'user',
  /** Place in `kinds`; of a wait its measure and what became of it (gather.ts). */
  'kind',
  /** Weekday (1 = Monday) * 24 + hour of the question, in the company's time zone. */
  'hour',
  /** Quarter-hours from the question to the answer. */
  'asked',
  /** Whole seconds. */
  'clock',
  'working',
  /** Whole seconds too late, and one: 0 is in time, or without a target. */
  'late',
] as const;
export type ColumnName = (typeof columnNames)[number];

/** Where a fact belongs: of one thread (or of what has none) and its place at that time. */
export const scopeNames = ['team', 'store', 'channel', 'level', 'tags'] as const;
export type ScopeName = (typeof scopeNames)[number];

export interface Columns {
  /** Facts. */
  n: number;
  /** The quarter-hour since 1970 that `at` counts from. */
  base: number;
  kinds: readonly string[];
  /** Ids and levels; the first is the empty one. */
  names: readonly string[];
  tagSets: readonly (readonly string[])[];
  /** Four words a scope: the id of its thread, or of what has none. */
  matters: Uint32Array;
  scopes: Record<ScopeName, Numbers>;
  facts: Record<ColumnName, Numbers>;
}

export const quarterMs = 15 * 60_000;
/** The quarter-hour of an instant. */
export const quarterOf = (at: Date): number => Math.floor(at.getTime() / quarterMs);

export interface Scope {
  matter: string;
  team: string | null;
  store: string | null;
  channel: string | null;
  level: string | null;
  tags: readonly string[];
}

/** Collects facts of any source; `build` makes columns of them. */
export class Builder {
  private readonly names = new Map<string, number>([['', 0]]);
  private readonly tagSets = new Map<string, number>();
  private readonly places = new Map<string, number>();
  private readonly matters: number[] = [];
  private readonly scopes: Record<ScopeName, number[]> = { team: [], store: [], channel: [], level: [], tags: [] };
  private readonly facts = Object.fromEntries(columnNames.map((name) => [name, [] as number[]])) as Record<
    ColumnName,
    number[]
  >;

  constructor(
    private readonly base: number,
    private readonly kinds: readonly string[],
  ) {}

  name(value: string | null): number {
    return placeIn(this.names, value ?? '');
  }

  scope({ matter, team, store, channel, level, tags }: Scope): number {
    return this.place(wordsOf(matter), [
      this.name(team),
      this.name(store),
      this.name(channel),
      this.name(level),
      placeIn(this.tagSets, JSON.stringify(tags)),
    ]);
  }

  private place(matter: readonly number[], values: readonly number[]): number {
    const known = this.places.size;
    const place = placeIn(this.places, `${matter.join()} ${values.join()}`);
    if (place < known) return place;
    this.matters.push(...matter);
    scopeNames.forEach((name, at) => {
      this.scopes[name].push(values[at] ?? 0);
    });
    return place;
  }

  /** One fact; `at` is a quarter-hour since 1970, the rest as in the columns. */
  add(fact: Record<ColumnName, number>): void {
    for (const name of columnNames) this.facts[name].push(name === 'at' ? fact.at - this.base : fact[name]);
  }

  /** The facts of other columns whose scope is wanted. @param rows only these of them */
  addAll(other: Columns, isWanted: (scope: number) => boolean, rows: ArrayLike<number> | null = null): void {
    const names = other.names.map((value) => this.name(value));
    const tags = other.tagSets.map((set) => placeIn(this.tagSets, JSON.stringify(set)));
    // A later version may know more kinds; those of waits carry bits besides and never change.
    const kinds = other.kinds.every((kind, at) => kind === this.kinds[at])
      ? null
      : other.kinds.map((kind) => this.kinds.indexOf(kind));
    const places = new Map<number, number>();
    const count = rows === null ? other.n : rows.length;
    for (let index = 0; index < count; index++) {
      const row = rows === null ? index : (rows[index] ?? 0);
      const from = other.facts.scope[row] ?? 0;
      let scope = places.get(from);
      if (scope === undefined) {
        scope = isWanted(from) ? this.copy(other, from, names, tags) : -1;
        places.set(from, scope);
      }
      if (scope < 0) continue;
      for (const name of columnNames) this.facts[name].push(other.facts[name][row] ?? 0);
      const last = this.facts.at.length - 1;
      this.facts.at[last] = other.base + (other.facts.at[row] ?? 0) - this.base;
      this.facts.scope[last] = scope;
      this.facts.user[last] = names[other.facts.user[row] ?? 0] ?? 0;
      if (kinds !== null) this.facts.kind[last] = kinds[other.facts.kind[row] ?? 0] ?? 0;
    }
  }

  private copy(other: Columns, from: number, names: readonly number[], tags: readonly number[]): number {
    const values = scopeNames.map((name) => (name === 'tags' ? tags : names)[other.scopes[name][from] ?? 0] ?? 0);
    return this.place([...other.matters.subarray(4 * from, 4 * from + 4)], values);
  }

  build(): Columns {
    const narrowAll = <Name extends string>(columns: Record<Name, number[]>) =>
      Object.fromEntries(Object.entries<number[]>(columns).map(([name, values]) => [name, narrow(values)])) as Record<
        Name,
        Numbers
      >;
    return {
      n: this.facts.at.length,
      base: this.base,
      kinds: this.kinds,
      names: [...this.names.keys()],
      tagSets: [...this.tagSets.keys()].map((set) => JSON.parse(set) as string[]),
      matters: Uint32Array.from(this.matters),
      scopes: narrowAll(this.scopes),
      facts: narrowAll(this.facts),
    };
  }
}

function placeIn(places: Map<string, number>, value: string): number {
  const known = places.get(value);
  if (known !== undefined) return known;
  places.set(value, places.size);
  return places.size - 1;
}

/** A UUID as four words. */
export function wordsOf(uuid: string): [number, number, number, number] {
  const hex = uuid.replaceAll('-', '');
  const word = (at: number) => Number.parseInt(hex.slice(8 * at, 8 * at + 8), 16);
  return [word(0), word(1), word(2), word(3)];
}

/** Which scopes are of one of these matters. */
export function scopesOf(columns: Columns, matters: Iterable<string>): Set<number> {
  // A UUID's last word is random: by its half most scopes are known to be none of them, and few are looked at twice.
  const halves = new Uint8Array(1 << 16);
  const wanted = new Map<number, number[][]>();
  for (const matter of matters) {
    const words = wordsOf(matter);
    wanted.set(words[3], [...(wanted.get(words[3]) ?? []), words]);
    halves[words[3] & 0xffff] = 1;
  }
  const found = new Set<number>();
  if (wanted.size === 0) return found;
  const { matters: all } = columns;
  for (let at = 3; at < all.length; at += 4) {
    const last = all[at] ?? 0;
    if (halves[last & 0xffff] === 0) continue;
    if (wanted.get(last)?.some((words) => words.every((word, place) => word === all[at - 3 + place])))
      found.add((at - 3) / 4);
  }
  return found;
}

/** The narrowest array that holds them; none when all are 0. */
function narrow(values: readonly number[]): Numbers {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  if (most === 0) return new Uint8Array(0);
  return most < 1 << 8 ? Uint8Array.from(values) : most < 1 << 16 ? Uint16Array.from(values) : Uint32Array.from(values);
}

const alignment = 8;
const aligned = (bytes: number) => Math.ceil(bytes / alignment) * alignment;

interface Head {
  n: number;
  base: number;
  kinds: readonly string[];
  names: readonly string[];
  tagSets: readonly (readonly string[])[];
  /** Bytes a value and how many values, in the order of `ordered`. */
  arrays: [number, number][];
}

const ordered = ({ matters, scopes, facts }: Pick<Columns, 'matters' | 'scopes' | 'facts'>): Numbers[] => [
  matters,
  ...scopeNames.map((name) => scopes[name]),
  ...columnNames.map((name) => facts[name]),
];

/** Columns as bytes: the length of a JSON head, the head, then each array (little-endian, aligned). */
export function pack(columns: Columns): Uint8Array<ArrayBuffer> {
  const { n, base, kinds, names, tagSets } = columns;
  const arrays = ordered(columns);
  const head: Head = {
    n,
    base,
    kinds,
    names,
    tagSets,
    arrays: arrays.map((array) => [array.BYTES_PER_ELEMENT, array.length]),
  };
  const json = new TextEncoder().encode(JSON.stringify(head));
  const start = aligned(4 + json.length);
  const size = arrays.reduce((sum, array) => sum + aligned(array.byteLength), start);
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 4);
  let at = start;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += aligned(array.byteLength);
  }
  return bytes;
}

/** What `pack` made. */
export function unpack(packed: Uint8Array): Columns {
  // A copy of its own: views need an aligned beginning.
  const { buffer } = Uint8Array.from(packed);
  const length = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length))) as Head;
  let at = aligned(4 + length);
  const arrays = head.arrays.map(([width, count]): Numbers => {
    const begins = at;
    at += aligned(width * count);
    return width === 1
      ? new Uint8Array(buffer, begins, count)
      : width === 2
        ? new Uint16Array(buffer, begins, count)
        : new Uint32Array(buffer, begins, count);
  });
  const none = new Uint8Array(0);
  const taken = <Name extends string>(names: readonly Name[], from: number) =>
    Object.fromEntries(names.map((name, place) => [name, arrays[from + place] ?? none])) as Record<Name, Numbers>;
  return {
    n: head.n,
    base: head.base,
    kinds: head.kinds,
    names: head.names,
    tagSets: head.tagSets,
    matters: arrays[0] instanceof Uint32Array ? arrays[0] : new Uint32Array(0),
    scopes: taken(scopeNames, 1),
    facts: taken(columnNames, 1 + scopeNames.length),
  };
}
