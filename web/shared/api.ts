/** The typed way to the server: JSON under /api/v1, problem+json as ApiError, the feed's cursor beside the data. */

/** What went wrong, as the server said it (RFC 9457), or `offline` when it could not be reached. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    /** HTTP status; 0 when there was no answer. */
    readonly status: number,
    /** Stable code; screens translate by it. */
    readonly code: string,
    title: string,
    /** What is wrong with the input, by path; screens say it by `code`. */
    readonly errors: FieldProblem[] = [],
    /** The whole problem document: a conflict carries what is new. */
    readonly problem: Record<string, unknown> = {},
    /** Seconds to wait before asking again (429). */
    readonly retryAfterS: number | null = null,
  ) {
    super(title);
  }
}

/** What is wrong with one field: in English, and as a code with figures. */
export interface FieldProblem {
  path: string;
  message: string;
  code?: string;
  values?: Record<string, string | number>;
}

/** Data and the cursor of the feed it is true for; null where the server gave none. */
export interface Answer<T> {
  data: T;
  cursor: string | null;
}

/** One page of a list; `nextCursor` is null at its end. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export type Query = Record<string, string | number | boolean | null | undefined>;

interface Options {
  body?: unknown;
  query?: Query | undefined;
  signal?: AbortSignal | undefined;
}

/** GET with the cursor its answer is true for. */
export function fetchWithCursor<T>(path: string, options: Options = {}): Promise<Answer<T>> {
  return request<T>('GET', path, options);
}

export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return (await request<T>('GET', path, { query, signal })).data;
}

export async function post<T = void>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  return (await request<T>('POST', path, { body, signal })).data;
}

export async function put<T = void>(path: string, body?: unknown): Promise<T> {
  return (await request<T>('PUT', path, { body })).data;
}

export async function patch<T = void>(path: string, body: unknown): Promise<T> {
  return (await request<T>('PATCH', path, { body })).data;
}

export async function remove<T = void>(path: string): Promise<T> {
  return (await request<T>('DELETE', path, {})).data;
}

/** Sign-in, sign-out and passwords live beside /api/v1, with the same errors. */
export async function auth<T = void>(path: string, body: unknown = {}): Promise<T> {
  return (await call<T>('POST', `/api/auth${path}`, { body })).data;
}

function request<T>(method: string, path: string, options: Options): Promise<Answer<T>> {
  return call<T>(method, `/api/v1${path}`, options);
}

async function call<T>(method: string, path: string, { body, query, signal }: Options): Promise<Answer<T>> {
  const form = body instanceof FormData;
  let response: Response;
  try {
    response = await (takeEarly(method, path + search(query)) ??
      fetch(path + search(query), {
        method,
        credentials: 'same-origin',
        headers: {
          accept: 'application/json',
          ...(body === undefined || form ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal }),
      }));
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error;
    throw new ApiError(0, 'offline', 'The server cannot be reached.');
  }
  const data = await parsed(response);
  if (response.ok) return { data: data as T, cursor: response.headers.get('X-Parley-Cursor') };
  throw toError(response, data);
}

/** An answer that public/before.js asked for while the scripts still loaded; each is taken up once. */
function takeEarly(method: string, url: string): Promise<Response> | undefined {
  const early = (globalThis as { parleyEarly?: Map<string, Promise<Response>> }).parleyEarly;
  const answer = method === 'GET' ? early?.get(url) : undefined;
  early?.delete(url);
  return answer;
}

async function parsed(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's HTML page; its status says enough.
    return undefined;
  }
}

function toError(response: Response, data: unknown): ApiError {
  const problem = typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
  const errors = Array.isArray(problem.errors) ? (problem.errors as FieldProblem[]) : [];
  const after = Number(response.headers.get('Retry-After'));
  return new ApiError(
    response.status,
    String(problem.code ?? `http.${response.status}`),
    String(problem.title ?? response.statusText),
    errors,
    problem,
    Number.isFinite(after) && after > 0 ? after : null,
  );
}

function search(query: Query | undefined): string {
  if (query === undefined) return '';
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') parameters.set(key, String(value));
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
