import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { AppError, forbidden } from '../errors.ts';
import { inputProblems } from '../lib/inputWords.ts';
import { id } from '../lib/wire.ts';
import type { Permission } from '../users/schema.ts';
import type { Viewer } from '../users/viewer.ts';
import { fileOf, type OneFile, oneFile } from './oneFile.ts';
import { keepsKey, repeatable, takeKey } from './repeatable.ts';
import { type SignedIn, whoAsks } from './session.ts';

/** One request, parsed and authorised. */
export interface Call<Params, Query, Body> {
  /** Who asks; for a public route nobody, and then reading it is a fault. */
  user: SignedIn;
  viewer: Viewer;
  params: Params;
  query: Query;
  body: Body;
  /** The uploaded file of a multipart route. */
  file: OneFile | undefined;
  now: Date;
  ip: string;
  /** What was posted, letter by letter, for routes whose callers sign it. */
  signed: { text: string; header(name: string): string | undefined };
}

/** What a route answers besides JSON. */
export class RawAnswer {
  readonly body: Readable | Uint8Array | string;
  readonly type: string;
  readonly headers: Record<string, string>;

  constructor(body: Readable | Uint8Array | string, type: string, headers: Record<string, string> = {}) {
    this.body = body;
    this.type = type;
    this.headers = headers;
  }
}

/** Something was begun that ends later: 202. */
export class Begun {
  readonly body: object;

  constructor(body: object) {
    this.body = body;
  }
}

/** `anyone` needs no sign-in; `signedIn` any role; else the permission. */
export type May = Permission | 'anyone' | 'signedIn';

type Shape = z.ZodType;
type Out<T> = T extends z.ZodType ? z.output<T> : unknown;

/** What a feature offers at a route: what it takes, what it answers, what it does. Where, and who may, says routes.ts. */
export interface Endpoint<
  P extends Shape | undefined = Shape | undefined,
  Q extends Shape | undefined = Shape | undefined,
  B extends Shape | undefined = Shape | undefined,
> {
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  /** Takes one file in the multipart field `file`, at most so many bytes; other fields are parsed as the query is. */
  fileBytes?: number;
  /** The answer's shape, for the published document. */
  answer?: Shape;
  /** 200, or 204 when nothing is answered. */
  status?: number;
  run(deps: Deps, call: Call<Out<P>, Out<Q>, Out<B>>): Promise<unknown>;
}

/** Only infers the types; a list of routes holds endpoints of all shapes. */
export function endpoint<
  P extends Shape | undefined = undefined,
  Q extends Shape | undefined = undefined,
  B extends Shape | undefined = undefined,
>(definition: Endpoint<P, Q, B>): Endpoint {
  return definition as unknown as Endpoint;
}

/** `/…/:id` alone. */
export const byId = z.object({ id });

export interface Route extends Endpoint {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Under /api/v1, with `:names`. */
  path: string;
  may: May;
}

/** One line of the route page. */
export function on(method: Route['method'], path: string, may: May, what: Endpoint): Route {
  return { ...what, method, path, may };
}

/** The handler of a route: parse, authorise, run, present. */
export function handle(deps: Deps, definition: Route): RequestHandler[] {
  const steps: RequestHandler[] = [];
  if (definition.fileBytes !== undefined) steps.push(oneFile(definition.fileBytes));
  const authorise: RequestHandler = async (req, res, next) => {
    const user = await whoAsks(deps, req);
    if (definition.may !== 'anyone') {
      if (user === null) throw new AppError('unauthenticated', 'signIn.needed', 'Sign in first.');
      if (definition.may !== 'signedIn' && !user.permissions.has(definition.may)) throw forbidden();
    }
    res.locals.user = user;
    next();
  };
  const answer: RequestHandler = async (req, res) => {
    const user = res.locals.user as SignedIn | null;
    const mayRepeat = definition.method === 'post' && user !== null && !keepsKey(definition.body);
    const key = mayRepeat ? takeKey(req.body) : null;
    const call = parseCall(deps, definition, req, user);
    // Taken before the query: the answer holds at least what the feed had told by then.
    if (definition.method === 'get') res.setHeader('X-Parley-Cursor', String(deps.feed.position));
    const run = () => definition.run(deps, call);
    if (key === null || user === null) return present(res, definition, await run());
    const repeat = { actor: user.id, key, call: req.path };
    await present(res, definition, wake(await repeatable(deps, repeat, async () => rest(await run()))));
  };
  // Who may comes before what was sent: an upload is not read from somebody who may not.
  return [authorise, ...steps, answer];
}

function parseCall(
  deps: Deps,
  definition: Route,
  req: Request,
  user: SignedIn | null,
): Call<unknown, unknown, unknown> {
  const fields = definition.fileBytes === undefined ? req.query : { ...req.query, ...(req.body as object | undefined) };
  return {
    get user(): SignedIn {
      if (user === null) throw new Error(`${definition.path} is public and has no user`);
      return user;
    },
    get viewer(): Viewer {
      return this.user.viewer;
    },
    params: definition.params === undefined ? {} : parseParams(definition.params, req.params),
    query: definition.query === undefined ? {} : parse(definition.query, fields),
    body: definition.body === undefined ? undefined : parse(definition.body, req.body ?? {}),
    file: fileOf(req),
    now: deps.clock.now(),
    ip: req.ip ?? '',
    signed: {
      text: (req as Request & { posted?: Buffer }).posted?.toString('utf8') ?? '',
      header: (name) => req.get(name),
    },
  };
}

/** A malformed id, or a name that is none of those there are, names nothing: 404. Any other part of an address is said to be wrong, as a field is. */
function parseParams(shape: z.ZodType, value: unknown): unknown {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  if (
    parsed.error.issues.some(
      (issue) => issue.code === 'invalid_value' || (issue.code === 'invalid_format' && issue.format === 'uuid'),
    )
  )
    throw new AppError('notFound', 'notFound', 'There is nothing here.');
  return parse(shape, value);
}

/** @throws AppError 400 that lists each field and what is wrong with it */
export function parse<T extends z.ZodType>(shape: T, value: unknown): z.output<T> {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError('invalid', 'input.invalid', 'Some of what was sent is not as it should be.', {
    errors: inputProblems(parsed.error.issues),
  });
}

/** An answer as it is kept for its key. */
function rest(value: unknown): unknown {
  return value instanceof Begun ? { begun: value.body } : { done: value };
}

function wake(kept: unknown): unknown {
  const { begun, done } = kept as { begun?: object; done?: unknown };
  return begun === undefined ? done : new Begun(begun);
}

async function present(res: Response, definition: Route, value: unknown): Promise<void> {
  if (value instanceof RawAnswer) {
    res.status(definition.status ?? 200);
    return sendRaw(res, value);
  }
  if (value instanceof Begun) {
    res.status(202).json(value.body);
    return;
  }
  if (value === undefined) {
    res.status(definition.status ?? 204).end();
    return;
  }
  res.status(definition.status ?? 200).json(value);
}

/** Sends a raw answer; rejects when its stream breaks, and resolves when the asker went away. */
export async function sendRaw(res: Response, { body, type, headers }: RawAnswer): Promise<void> {
  res.type(type).set(headers);
  if (!(body instanceof Readable)) {
    res.send(typeof body === 'string' ? body : Buffer.from(body));
    return;
  }
  try {
    await pipeline(body, res);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
