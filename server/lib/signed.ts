import { Webhook } from 'standardwebhooks';
import { newId } from './id.ts';

/** Signs and verifies by Standard Webhooks under a secret as people give it: base64, `whsec_` before it or not, or any words. */
export function signerOf(secret: string): Webhook {
  const key = secret.replace(/^whsec_/, '');
  const isBase64 = key.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(key);
  return isBase64 ? new Webhook(key) : new Webhook(secret, { format: 'raw' });
}

/**
 * Headers of a JSON body that is posted now; its receiver refuses old ones, so the time is the real one.
 * @param id the same for the same message, however often it is posted
 */
export function signedHeaders(secret: string, body: string, id = `msg_${newId()}`): Record<string, string> {
  const sentAt = new Date();
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
    'webhook-signature': signerOf(secret).sign(id, sentAt, body),
  };
}
