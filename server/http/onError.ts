import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { isAway } from '../db/away.ts';
import { AppError, type ErrorKind, tooLarge } from '../errors.ts';
import type { Log } from '../lib/log.ts';
import type { ProblemCode } from '../problems.ts';

/** The one place that knows HTTP numbers. */
export const statusOf: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  gone: 410,
  tooLarge: 413,
  meaning: 422,
  tooMany: 429,
  unavailable: 503,
};

/** RFC 9457; never a stack, never HTML. */
export function sendProblem(
  res: Response,
  status: number,
  code: ProblemCode,
  title: string,
  extra: Record<string, unknown> = {},
): void {
  if (res.headersSent) {
    // Half an answer that ends well would be taken for a whole one.
    res.destroy();
    return;
  }
  for (const name of ['Content-Length', 'Content-Disposition', 'Cache-Control']) res.removeHeader(name);
  res
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', status, code, title, ...extra }));
}

export function onError(log: Log): ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    const known = translate(error);
    if (known === null) {
      log.error(
        { method: req.method, path: req.path, error: error instanceof Error ? error.stack : String(error) },
        'a request failed',
      );
      sendProblem(res, 500, 'internal', 'Something went wrong on our side. Nothing was half-done; try again.');
      return;
    }
    if (known.kind === 'tooMany' && typeof known.extra.retryAfterS === 'number')
      res.setHeader('Retry-After', String(known.extra.retryAfterS));
    sendProblem(res, statusOf[known.kind], known.code, known.message, {
      ...(known.errors.length > 0 ? { errors: known.errors } : {}),
      ...known.extra,
    });
  };
}

export const nothingHere: RequestHandler = (_req, res) => sendProblem(res, 404, 'notFound', 'There is nothing here.');

/** Errors of the libraries at this border, in our words. */
function translate(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (!(error instanceof Error)) return null;
  if (isAway(error))
    return new AppError(
      'unavailable',
      'unavailable',
      'The database is away for a moment. Nothing was half-done; try again.',
    );
  const { type, code, status } = error as { type?: string; code?: string; status?: number };
  // Prisma's words for a row that is not there, there already, or needed by another.
  if (code === 'P2025') return new AppError('notFound', 'notFound', 'There is nothing here.');
  if (code === 'P2002') return new AppError('conflict', 'exists', 'There is one like this already.');
  if (code === 'P2003') return new AppError('meaning', 'reference.unknown', 'It names something that does not exist.');
  if (type === 'entity.parse.failed')
    return new AppError('invalid', 'json.invalid', 'The body is not JSON.', {
      errors: [{ path: '', message: error.message }],
    });
  if (type === 'entity.too.large') return tooLarge((error as { limit?: number }).limit ?? 0);
  if (status === 400 || status === 415 || error instanceof URIError || isUnstorable(error))
    return new AppError('invalid', 'request.invalid', 'This request is not well-formed.');
  return null;
}

/** PostgreSQL's "character not in repertoire" and "untranslatable character": a NUL or half a surrogate pair that somebody sent. */
function isUnstorable(error: Error): boolean {
  const { meta } = error as { meta?: unknown };
  return /\b(22021|22P05)\b/.test(JSON.stringify(meta ?? ''));
}
