/** Vectors of passages in this process, compared exactly: some ten thousand take a few milliseconds. */
export class VectorIndex {
  readonly #vectors = new Map<string, Float32Array>();

  get size(): number {
    return this.#vectors.size;
  }

  has(passageId: string): boolean {
    return this.#vectors.has(passageId);
  }

  put(passageId: string, vector: Float32Array): void {
    this.#vectors.set(passageId, vector);
  }

  remove(passageIds: Iterable<string>): void {
    for (const id of passageIds) this.#vectors.delete(id);
  }

  /** The passages that mean the nearest, best first. Vectors of another length are of another model and do not count. */
  nearest(question: Float32Array, limit: number): string[] {
    const found: { id: string; likeness: number }[] = [];
    for (const [id, vector] of this.#vectors) {
      if (vector.length !== question.length) continue;
      let likeness = 0;
      for (let at = 0; at < vector.length; at++) likeness += (vector[at] as number) * (question[at] as number);
      found.push({ id, likeness });
    }
    return found
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, limit)
      .map((one) => one.id);
  }
}

/** A vector as it is stored: 32-bit floats, little-endian. */
export function bytesOf(vector: Float32Array): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(vector.length * 4));
  vector.forEach((value, at) => {
    view.setFloat32(at * 4, value, true);
  });
  return new Uint8Array(view.buffer);
}

export function vectorOf(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: Math.floor(bytes.byteLength / 4) }, (_, at) => view.getFloat32(at * 4, true));
}
