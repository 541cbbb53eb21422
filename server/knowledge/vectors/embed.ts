import OpenAI from 'openai';
import { z } from 'zod';
import type { Config } from '../../config.ts';
import type { Log } from '../../lib/log.ts';

/** Asks the configured endpoint what texts mean, as vectors of length one. */
export interface Embed {
  /** Its name: vectors of different models do not compare. */
  model: string;
  /** One vector a text, in their order; null when the endpoint is away, busy, slow or talks nonsense. */
  texts(texts: readonly string[]): Promise<Float32Array[] | null>;
  /** A question's, within the patience of who waits for an answer. Not even asked for a while after a failure. */
  question(text: string): Promise<Float32Array | null>;
}

const patience = { textsMs: 30_000, questionMs: 1_000 };
/** After a failure questions are answered by words alone for so long. */
const restMs = 30_000;
const remembered = 200;

const reply = z.object({
  data: z.array(z.object({ index: z.number().int().min(0), embedding: z.array(z.number()).min(2).max(8192) })),
});

/** Null where no embeddings model is configured: then words alone find. */
export function makeEmbed(openai: Config['openai'], log: Log, waits = patience): Embed | null {
  if (!openai?.embeddingModel) return null;
  const model = openai.embeddingModel;
  const client = new OpenAI({ baseURL: openai.baseUrl, apiKey: openai.apiKey, maxRetries: 0 });
  const known = new Map<string, Float32Array>();
  let restUntil = 0;

  async function ask(texts: readonly string[], withinMs: number): Promise<Float32Array[] | null> {
    try {
      const said = await client.embeddings.create(
        { model, input: [...texts], encoding_format: 'float' },
        { timeout: withinMs, signal: AbortSignal.timeout(withinMs) },
      );
      return vectorsOf(reply.parse(said), texts.length);
    } catch (error) {
      log.info({ error: error instanceof Error ? error.message : String(error) }, 'no embeddings; words alone find');
      return null;
    }
  }

  return {
    model,
    texts: (texts) => ask(texts, waits.textsMs),
    async question(text) {
      const held = known.get(text);
      if (held) return held;
      if (performance.now() < restUntil) return null;
      const vector = (await ask([text], waits.questionMs))?.[0] ?? null;
      if (vector === null) restUntil = performance.now() + restMs;
      else {
        if (known.size >= remembered) known.clear();
        known.set(text, vector);
      }
      return vector;
    },
  };
}

/** @throws when vectors are missing, of different lengths, or point nowhere */
function vectorsOf({ data }: z.infer<typeof reply>, count: number): Float32Array[] {
  const vectors = Array.from({ length: count }, (_, at) => {
    const found = data.find((one) => one.index === at)?.embedding;
    if (!found || found.length !== data[0]?.embedding.length)
      throw new Error('vectors are missing or of different lengths');
    return unit(found);
  });
  return vectors;
}

function unit(numbers: readonly number[]): Float32Array {
  const length = Math.hypot(...numbers);
  if (!Number.isFinite(length) || length === 0) throw new Error('a vector points nowhere');
  return Float32Array.from(numbers, (number) => number / length);
}
