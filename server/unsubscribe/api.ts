import { z } from 'zod';
import { notFound } from '../errors.ts';
import { endpoint } from '../http/endpoint.ts';
import { readUnwanted, type Unwanted } from './link.ts';
import { askPage, donePage } from './page.ts';
import { stop } from './stop.ts';

const params = z.object({ token: z.string().max(2_000) });

/** A person's mail program opens it: one more click, since programs that only look at links must end nothing. */
export const ask = endpoint({
  summary: 'A page that asks whether somebody wants no more letters of a kind',
  params,
  run: async ({ box }, { params: { token }, signed }) => askPage(signed.header('accept-language'), read(box, token)),
});

/** RFC 8058: the mail program posts by itself. */
export const confirm = endpoint({
  summary: 'Ends letters of a kind to an address; repeating it is harmless',
  params,
  status: 200,
  run: async ({ db, box }, { params: { token }, now, signed }) => {
    await stop(db, read(box, token), now);
    return donePage(signed.header('accept-language'));
  },
});

function read(box: Parameters<typeof readUnwanted>[0], token: string): Unwanted {
  const unwanted = readUnwanted(box, token);
  if (unwanted === null) throw notFound('unsubscribe');
  return unwanted;
}
