/** What one value may be: a number of a fixed kind is kept as its bytes too. */
export interface Property {
  /** Type without the flag of many values. */
  type: number;
  bytes: Uint8Array;
}

/** Types of MS-OXCDATA 2.11.1 that are read as text or bytes. */
export const propertyType = { string8: 0x1e, unicode: 0x1f, binary: 0x102, object: 0x0d } as const;

/** More properties than any writer gives one message or attachment. */
const maxProperties = 4_000;
const maxValues = 10_000;
/** Attributes, properties and values of all TNEF in one letter; 500 letters packed into it have about half as many. */
const maxSteps = 200_000;

/** What reading the TNEF of one letter may still cost; one for all its parts, so that many small ones are no way round it. */
export class Allowance {
  left: number;

  constructor(steps = maxSteps) {
    this.left = steps;
  }

  /** One attribute, property or value. False when it is used up. */
  step(): boolean {
    if (this.left <= 0) return false;
    this.left--;
    return true;
  }
}

/**
 * Reads a list of MAPI properties as TNEF encloses it (MS-OXTNEF 2.1.3.4): the first value of each by its id. Named
 * properties are stepped over. What does not fit, is of an unknown type or passes the allowance ends the list, and what was
 * read until then counts. Changes nothing but the allowance.
 */
export function readProperties(bytes: Uint8Array, allowance: Allowance): Map<number, Property> {
  const found = new Map<number, Property>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 4;
  try {
    for (let left = Math.min(view.getUint32(0, true), maxProperties); left > 0; left--) {
      if (!allowance.step()) break;
      const type = view.getUint16(at, true);
      const id = view.getUint16(at + 2, true);
      at += 4;
      if (id >= 0x8000) at = afterName(view, at);
      const { first, end } = readValues(view, at, type, allowance);
      at = end;
      if (id < 0x8000 && first !== null && !found.has(id)) found.set(id, { type: type & ~manyValues, bytes: first });
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return found;
}

const manyValues = 0x1000;

/** A named property: its set's GUID, then a number or a padded name. */
function afterName(view: DataView, at: number): number {
  const isText = view.getUint32(at + 16, true) === 1;
  return isText ? at + 24 + padded(view.getUint32(at + 20, true)) : at + 24;
}

/**
 * The first value of one property, null when it has none, and where the property ends.
 * @throws RangeError when the values end behind the bytes, are too many, or their type is unknown
 */
function readValues(
  view: DataView,
  start: number,
  type: number,
  allowance: Allowance,
): { first: Uint8Array | null; end: number } {
  const plain = type & ~manyValues;
  const isVariable = Object.values<number>(propertyType).includes(plain);
  const fixed = fixedBytes.get(plain);
  if (!isVariable && fixed === undefined) throw new RangeError('a type of unknown length');
  // Of a type without bytes any number would fit into nothing.
  if (fixed === 0 && type & manyValues) throw new RangeError('many values without bytes');
  let at = start;
  let count = 1;
  if (isVariable || type & manyValues) {
    count = view.getUint32(at, true);
    at += 4;
  }
  if (count > maxValues) throw new RangeError('too many values');
  let first: Uint8Array | null = null;
  for (; count > 0; count--) {
    if (!allowance.step()) throw new RangeError('more values than are read of one letter');
    let length = fixed ?? 0;
    if (isVariable) {
      length = view.getUint32(at, true);
      at += 4;
    }
    if (at + length > view.byteLength) throw new RangeError('a value ends behind the list');
    first ??= new Uint8Array(view.buffer, view.byteOffset + at, length);
    at += padded(length);
  }
  return { first, end: at };
}

/** PT_UNSPECIFIED (0x00) is none of them: nobody can say how long it is. */
const fixedBytes = new Map([
  [0x01, 0],
  [0x02, 2],
  [0x03, 4],
  [0x04, 4],
  [0x05, 8],
  [0x06, 8],
  [0x07, 8],
  [0x0a, 4],
  [0x0b, 2],
  [0x14, 8],
  [0x40, 8],
  [0x48, 16],
]);

const padded = (length: number) => length + ((4 - (length % 4)) % 4);
