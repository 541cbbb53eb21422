import { z } from 'zod';
import { notFound } from '../errors.ts';
import { endpoint, RawAnswer } from '../http/endpoint.ts';
import { readUnwanted, type Unwanted } from './link.ts';
import { stop } from './stop.ts';

const params = z.object({ token: z.string().max(2_000) });

/** A person's mail program opens it: one more click, since programs that only look at links must end nothing. */
export const ask = endpoint({
  summary: 'A page that asks whether somebody wants no more letters of a kind',
  params,
  run: async ({ box }, { params: { token } }) => {
    const { kind, address } = read(box, token);
    return page(
      `<p>${words[kind]}</p><p>${escaped(address)}</p><form method="post"><button>Unsubscribe</button></form>`,
    );
  },
});

/** RFC 8058: the mail program posts by itself. */
export const confirm = endpoint({
  summary: 'Ends letters of a kind to an address; repeating it is harmless',
  params,
  status: 200,
  run: async ({ db, box }, { params: { token }, now }) => {
    await stop(db, read(box, token), now);
    return page('<p>Done: no more of these letters are sent to you.</p>');
  },
});

const words: Record<Unwanted['kind'], string> = {
  ratings: 'Do you want to be asked no more how it was?',
  report: 'Do you want to get this report no more?',
};

function read(box: Parameters<typeof readUnwanted>[0], token: string): Unwanted {
  const unwanted = readUnwanted(box, token);
  if (unwanted === null) throw notFound('unsubscribe');
  return unwanted;
}

function page(body: string): RawAnswer {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Unsubscribe</title>${body}</html>`;
  return new RawAnswer(html, 'text/html; charset=utf-8');
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);
}
