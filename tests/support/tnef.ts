/** A property as TNEF encloses it: its id, and text (Unicode) or bytes. */
export type TnefValue = [id: number, value: string | Uint8Array];

/** A `winmail.dat` as Outlook writes it: code page, properties of the message, then each file. */
export function makeTnef({
  properties = [],
  body,
  files = [],
}: {
  properties?: TnefValue[];
  body?: string;
  files?: { title: string; data?: Uint8Array; properties?: TnefValue[] }[];
}): Uint8Array {
  return Buffer.concat([
    Buffer.from([0x78, 0x9f, 0x3e, 0x22, 1, 0]),
    attribute(1, 0x69007, Buffer.from([0xe4, 4, 0, 0, 0, 0, 0, 0])),
    ...(body === undefined ? [] : [attribute(1, 0x2800c, Buffer.from(`${body}\0`, 'latin1'))]),
    ...(properties.length > 0 ? [attribute(1, 0x69003, list(properties))] : []),
    ...files.flatMap(({ title, data, properties: own = [] }) => [
      attribute(2, 0x69002, Buffer.alloc(14)),
      attribute(2, 0x18010, Buffer.from(`${title}\0`, 'latin1')),
      ...(data ? [attribute(2, 0x6800f, data)] : []),
      ...(own.length > 0 ? [attribute(2, 0x69005, list(own))] : []),
    ]),
  ]);
}

/** Compressed RTF made of single characters alone, but for its last two: those repeat what the dictionary began with. */
export function packRtf(rtf: string): Uint8Array {
  const bytes = Buffer.from(rtf, 'latin1');
  const out: number[] = [];
  for (let at = 0; at < bytes.length; at += 8) out.push(0, ...bytes.subarray(at, at + 8));
  // A run of eight is whole, so a run with the reference to the end can follow.
  while ((out.length % 9) - 1 < 7 && out.length % 9 !== 0) out.push(0x20);
  const write = (207 + out.length - out.length / 9) % 4096;
  out.push(1, write >> 4, (write & 0xf) << 4);
  const header = Buffer.alloc(16);
  header.writeUInt32LE(out.length + 12, 0);
  header.writeUInt32LE(bytes.length, 4);
  header.writeUInt32LE(0x75465a4c, 8);
  return Buffer.concat([header, Buffer.from(out)]);
}

/** One attribute (MS-OXTNEF 2.1.3.1): 0x69003 holds the properties of the message. */
export function attribute(level: number, id: number, data: Uint8Array): Buffer {
  const head = Buffer.alloc(9);
  head.writeUInt8(level, 0);
  head.writeUInt32LE(id, 1);
  head.writeUInt32LE(data.length, 5);
  const sum = Buffer.alloc(2);
  sum.writeUInt16LE(data.reduce((total, byte) => (total + byte) & 0xffff, 0));
  return Buffer.concat([head, data, sum]);
}

function list(values: TnefValue[]): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32LE(values.length);
  return Buffer.concat([
    count,
    ...values.map(([id, value]) => {
      const bytes = typeof value === 'string' ? Buffer.from(`${value}\0`, 'utf16le') : Buffer.from(value);
      const head = Buffer.alloc(12);
      head.writeUInt16LE(typeof value === 'string' ? 0x1f : 0x102, 0);
      head.writeUInt16LE(id, 2);
      head.writeUInt32LE(1, 4);
      head.writeUInt32LE(bytes.length, 8);
      return Buffer.concat([head, bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
    }),
  ]);
}
