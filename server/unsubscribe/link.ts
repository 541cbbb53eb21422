import { z } from 'zod';
import type { SecretBox } from '../lib/secretBox.ts';

const what = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ratings'), address: z.string() }),
  z.object({ kind: z.literal('report'), scheduleId: z.uuid(), address: z.string() }),
]);
/** What somebody at an address wants no more of: being asked how it was, or a report by mail. */
export type Unwanted = z.infer<typeof what>;

const purpose = 'unsubscribe';

/** Where one click ends it (RFC 8058); it needs no sign-in, so it is signed. */
export function unsubscribeUrl(box: SecretBox, publicUrl: string, unwanted: Unwanted): string {
  const told = Buffer.from(JSON.stringify(unwanted)).toString('base64url');
  return `${publicUrl}/api/v1/unsubscribe/${told}.${box.sign(purpose, told, 22)}`;
}

/** Opposite of unsubscribeUrl, from its last part; null when it is forged. */
export function readUnwanted(box: SecretBox, token: string): Unwanted | null {
  const [told = '', signature = ''] = token.split('.');
  if (!box.verify(purpose, told, signature)) return null;
  return what.parse(JSON.parse(Buffer.from(told, 'base64url').toString()));
}
