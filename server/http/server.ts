import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Deps } from '../deps.ts';
import { rootDir } from '../lib/root.ts';
import { trustedOrigins } from './auth.ts';
import { handle } from './endpoint.ts';
import { answersMetrics, countsRequests, type Readiness } from './metrics.ts';
import { nothingHere, onError, sendProblem } from './onError.ts';
import { packed } from './packed.ts';
import { routes, testRoutes } from './routes.ts';
import { signInHandler } from './signIn.ts';

const jsonLimit = '2mb';

/** The HTTP side as a list: what is used, in which order. `attach` adds what channels serve (the widget, webhooks). */
export function makeServer(deps: Deps, readiness: Readiness, attach: (app: Express) => void): HttpServer {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', (address: string) => deps.config.trustsProxy(address));
  app.get('/healthz', (_req, res) => void res.json({ ok: true }));
  app.get('/readyz', async (_req, res) => {
    const state = await readiness();
    res.status(state.ready ? 200 : 503).json(state);
  });
  app.get('/metrics', answersMetrics(deps));
  attach(app);
  app.use(security(deps.config.publicUrl));
  app.use('/api/auth', signInHandler(deps.auth, deps.db, deps.config.publicUrl, trustedOrigins(deps.config)));
  app.use(
    '/api/v1',
    refuseForeignOrigins(deps.config),
    express.json({ limit: jsonLimit, verify: keepSigned }),
    countsRequests(),
  );
  for (const route of [...routes, ...(deps.config.test ? testRoutes : [])])
    app[route.method](`/api/v1${route.path}`, ...handle(deps, route));
  app.use('/api', nothingHere);
  serveScreens(app);
  app.use(nothingHere);
  app.use(onError(deps.log));
  return createServer({ keepAliveTimeout: 65_000 }, app);
}

/** Kept as it was sent where its sender signs it. */
function keepSigned(req: IncomingMessage, _res: ServerResponse, posted: Buffer): void {
  if (req.headers['webhook-signature'] !== undefined) Object.assign(req, { posted });
}

/** The screens are one page; whatever is no file of theirs is a place in it. */
function serveScreens(app: Express): void {
  const folder = join(rootDir, 'dist', 'web');
  app.use('/assets', packed(join(folder, 'assets')));
  app.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }));
  app.use(packed(folder));
  app.use(express.static(folder, { index: false, maxAge: '1h' }));
  app.get(/^\/(?!api\/|socket\.io\/).*/, (req, res, next) => {
    if (!req.accepts('html')) return next();
    const to = signInFirst(req);
    if (to !== null) return res.redirect(302, to);
    res.sendFile(join(folder, 'index.html'), { headers: { 'Cache-Control': 'no-cache' } }, (error) => {
      if (error !== undefined && error !== null) next();
    });
  });
}

/** Places for people who are not signed in, as web/inbox/routes/signedOut.ts names them. */
const forAnybody = /^\/(sign-in|invite|start|reset|wall|rate)(\/|$)/;

/** Where a browser without any session goes before it asks what it would be refused; null when it may come in. */
function signInFirst({ path, originalUrl, headers }: express.Request): string | null {
  const browser = headers.accept?.includes('text/html') === true;
  if (!browser || forAnybody.test(path) || headers.cookie?.includes('parley.session_token=') === true) return null;
  return originalUrl === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ to: originalUrl })}`;
}

function security(publicUrl: string) {
  const secure = publicUrl.startsWith('https:');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        // A letter's own frame asks for less, and for pictures from elsewhere only when its reader says so; it cannot ask for more than this.
        imgSrc: ["'self'", 'data:', 'blob:', 'https:', 'http:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", publicUrl.replace(/^http/, 'ws')],
        mediaSrc: ["'self'", 'blob:'],
        frameSrc: ["'self'", 'blob:', 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: secure,
    crossOriginEmbedderPolicy: false,
  });
}

/** The session cookie works from our own pages only; programs with a key name no origin. */
function refuseForeignOrigins(config: Deps['config']): express.RequestHandler {
  const trusted = new Set(trustedOrigins(config));
  return (req, res, next) => {
    const { origin, cookie } = req.headers;
    if (origin !== undefined && cookie !== undefined && !trusted.has(origin))
      return sendProblem(res, 403, 'origin.foreign', 'This page may not use Parley in your name.');
    next();
  };
}
