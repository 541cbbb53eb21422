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
  readonly code: string;
  readonly errors: { path: string; message: string }[];
  /** What is new, for a conflict; merged into the answer. */
  readonly extra: Record<string, unknown>;

  constructor(
    kind: ErrorKind,
    code: string,
    title: string,
    details: { errors?: { path: string; message: string }[]; extra?: Record<string, unknown> } = {},
  ) {
    super(title);
    this.kind = kind;
    this.code = code;
    this.errors = details.errors ?? [];
    this.extra = details.extra ?? {};
  }
}

export const notFound = (what: string) => new AppError('notFound', `${what}.notFound`, `There is no such ${what}.`);
export const forbidden = (title = 'Your role does not allow this.') => new AppError('forbidden', 'forbidden', title);
export const conflict = (code: string, title: string, extra: Record<string, unknown> = {}) =>
  new AppError('conflict', code, title, { extra });
export const meaning = (code: string, title: string, path = '') =>
  new AppError('meaning', code, title, { errors: path === '' ? [] : [{ path, message: title }] });
