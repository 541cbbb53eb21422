import type { Request as ExpressRequest, Response as ExpressResponse, RequestHandler } from 'express';
import type { Db } from '../db/client.ts';
import { tooLarge } from '../errors.ts';
import { shownProblems } from '../problems.ts';
import { type Auth, passwordLength } from './auth.ts';
import { sendProblem } from './onError.ts';
import { giveBackTry, takeTry } from './tries.ts';

const bodyLimitBytes = 64 * 1024;

/** better-auth behind Express, its refusals told in our shape and failures at sign-in counted per address. */
export function signInHandler(auth: Auth, db: Db, publicUrl: string, origins: string[]): RequestHandler {
  const trusted = new Set(origins);
  return async (req, res) => {
    const posts = req.method === 'POST';
    const { origin } = req.headers;
    if (posts && origin !== undefined && !trusted.has(origin))
      return sendProblem(res, 403, 'origin.foreign', 'This page may not sign in here.');
    // A reset sends a letter, whoever asks: it is never given back.
    const mails = posts && req.path.startsWith('/request-password-reset');
    const counted = mails || (posts && req.path.startsWith('/sign-in'));
    const key = req.ip ?? '';
    if (counted) {
      const spent = await takeTry(db, key);
      if (spent !== null) {
        const seconds = Math.ceil(spent / 1000);
        res.setHeader('Retry-After', String(seconds));
        return sendProblem(res, 429, 'signIn.tooMany', `Too many failed tries. Try again in ${seconds} seconds.`, {
          values: { seconds },
        });
      }
    }
    const body = await readBody(req);
    if (body === null) {
      const { code, message, extra } = tooLarge(bodyLimitBytes);
      return sendProblem(res, 413, code, message, extra);
    }
    const answer = await auth.handler(toFetch(req, body, publicUrl));
    if (counted && !mails && answer.status < 400) await giveBackTry(db, key);
    await sendBack(res, answer);
  };
}

async function readBody(req: ExpressRequest): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += (chunk as Buffer).length;
    if (size > bodyLimitBytes) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function toFetch(req: ExpressRequest, body: Buffer, publicUrl: string): Request {
  const headers = toHeaders(req);
  const init = req.method === 'GET' || req.method === 'HEAD' ? {} : { body: new Uint8Array(body) };
  return new Request(new URL(req.originalUrl, publicUrl), { method: req.method, headers, ...init });
}

/** Node's headers as the fetch standard's. */
export function toHeaders(req: { headers: NodeJS.Dict<string | string[]> }): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one);
  }
  return headers;
}

async function sendBack(res: ExpressResponse, answer: Response): Promise<void> {
  for (const cookie of answer.headers.getSetCookie()) res.append('Set-Cookie', cookie);
  if (answer.status >= 400) {
    const said = (await answer.json().catch(() => ({}))) as { code?: string; message?: string };
    const words: Record<number, string> = {
      401: 'The e-mail address or the password is wrong.',
      403: 'This page may not sign in here.',
      404: 'There is nothing here.',
    };
    const code = shownProblems.find((known) => known === `signIn.${camel(said.code ?? '')}`) ?? 'signIn.refused';
    const values =
      code === 'signIn.passwordTooShort' || code === 'signIn.passwordTooLong' ? { values: passwordLength } : {};
    return sendProblem(res, answer.status, code, said.message ?? words[answer.status] ?? 'This was refused.', values);
  }
  const location = answer.headers.get('location');
  if (location !== null) res.setHeader('Location', location);
  const type = answer.headers.get('content-type');
  if (type !== null) res.type(type);
  res.status(answer.status).send(Buffer.from(await answer.arrayBuffer()));
}

function camel(code: string): string {
  return code.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
