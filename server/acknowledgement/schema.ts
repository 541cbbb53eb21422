import { z } from 'zod';
import { text } from '../lib/wire.ts';

/** What a client hears outside of working hours; `{opens}` is the next opening in the client's language. */
export const acknowledgement = z.object({
  on: z.boolean().default(false),
  /** By language (BCP 47); a language that is missing gets the built-in words. */
  texts: z.record(z.string().max(20), text(2000)).default({}),
});
export type Acknowledgement = z.infer<typeof acknowledgement>;
