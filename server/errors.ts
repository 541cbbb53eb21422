import type { InputProblem } from './lib/inputWords.ts';
import type { ProblemCode, Thing } from './problems.ts';

/** What kind of refusal an error is; http/onError.ts gives each its status. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'notFound'
  | 'conflict'
  | 'tooLarge'
  | 'meaning'
  | 'tooMany'
  | 'gone'
  | 'unavailable';

/** An expected refusal with a stable code; anything else that is thrown is a fault of ours. */
export class AppError extends Error {
  readonly kind: ErrorKind;
  /** Stable, for programs: `thread.newMessage`. */
  readonly code: ProblemCode;
  readonly errors: InputProblem[];
  /** What is new, for a conflict; merged into the answer. */
  readonly extra: Record<string, unknown>;

  constructor(
    kind: ErrorKind,
    code: ProblemCode,
    title: string,
    details: { errors?: InputProblem[]; extra?: Record<string, unknown> } = {},
  ) {
    super(title);
    this.kind = kind;
    this.code = code;
    this.errors = details.errors ?? [];
    this.extra = details.extra ?? {};
  }
}

/** `values` are the figures and names of the title, for screens that say it in another language. */
type Values = Record<string, string | number>;

export const notFound = (thing: Thing) =>
  new AppError('notFound', `${thing}.notFound`, `There is no such ${inWords(thing)}.`);
export const forbidden = (title = 'Your role does not allow this.') => new AppError('forbidden', 'forbidden', title);
export const conflict = (code: ProblemCode, title: string, extra: Record<string, unknown> & { values?: Values } = {}) =>
  new AppError('conflict', code, title, { extra });
export const meaning = (code: ProblemCode, title: string, path = '', values?: Values) =>
  new AppError('meaning', code, title, {
    errors: path === '' ? [] : [{ path, message: title }],
    ...(values === undefined ? {} : { extra: { values } }),
  });
/** What is larger than the limit; the limit is told in bytes and in words. */
export const tooLarge = (maxBytes: number) =>
  new AppError('tooLarge', 'tooLarge', `This is larger than what is taken here: at most ${inMegabytes(maxBytes)}.`, {
    extra: { maxBytes, values: { size: inMegabytes(maxBytes) } },
  });

/** `wrongAnswer`: wrong answer. */
function inWords(thing: string): string {
  return thing.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function inMegabytes(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.floor(bytes / 1024 / 1024)} MB` : `${Math.floor(bytes / 1024)} kB`;
}
