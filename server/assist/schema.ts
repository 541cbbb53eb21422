import { z } from 'zod';
import { intents } from '../consult/intents.ts';
import { text } from '../lib/wire.ts';
import { styles } from './styles.ts';

/** Help with words. All of it is a proposal: nothing is sent, tagged or changed by it. */

const source = z.enum(['model', 'rules']);

export const translation = z.object({
  /** Null without a model: then `gist` says what is known of the words. */
  text: z.string().nullable(),
  source,
  /** ISO 639-1 of the original. */
  from: z.string(),
  gist: z.object({ intent: z.enum(intents), products: z.array(z.string()), figures: z.array(z.string()) }),
});
export type Translation = z.infer<typeof translation>;

export const rewriting = z.object({
  text: text(10_000),
  style: z.enum(styles),
  /** Into this language, when it is another one. */
  to: z.string().min(2).max(20).optional(),
});
export type Rewriting = z.infer<typeof rewriting>;

export const reworded = z.object({ text: z.string(), source });
export type Reworded = z.infer<typeof reworded>;

export const summary = z.object({ text: z.string(), source });

export const proposals = z.object({
  /** Tags that would fit, those in use here first. */
  tags: z.array(z.string()),
  /** Why the client wrote. */
  reason: z.enum(intents),
  source,
});
export type Proposals = z.infer<typeof proposals>;
