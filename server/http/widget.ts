import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import { type Chat, findChat } from '../channels/chat/find.ts';
import { launcherOf, pageOf } from '../channels/chat/launcher.ts';
import { addressBytesLimit, Limiter, Room, uploadLimit, uploadRoom } from '../channels/chat/limit.ts';
import { originsOf } from '../channels/chat/origins.ts';
import { fileAddress, isFileSignature, readVisitor } from '../channels/chat/token.ts';
import type { Deps } from '../deps.ts';
import { AppError, forbidden, notFound } from '../errors.ts';
import { isId } from '../lib/id.ts';
import { callerNetwork } from '../lib/proxies.ts';
import { rootDir } from '../lib/root.ts';
import { readShop } from '../shop/settings.ts';
import { loadHours } from '../targets/rules.ts';
import { answerFile, upload } from '../threads/uploads.ts';
import { maxFileBytes, type VisitorAttachment } from '../visitors/schema.ts';
import { sendRaw } from './endpoint.ts';
import { fileOf, oneFile } from './oneFile.ts';
import { packed } from './packed.ts';

type Tools = Pick<Deps, 'db' | 'box' | 'config' | 'files' | 'clock'>;

const built = join(rootDir, 'dist', 'widget');
/** The loader is fetched on every page of a shop; a new one is everywhere within this time, in s. */
const loaderKeptS = 300;

/** What a shop's page and the chat's frame load: the loader, the page, its files and uploads. Nobody signs in for them. */
export function widgetPages(tools: Tools): Router {
  const router = Router();
  const limits = {
    uploads: new Limiter(uploadLimit),
    bytes: new Limiter(addressBytesLimit),
    room: new Room(uploadRoom),
  };
  router.use(['/widget.js', '/widget'], plainHeaders);
  router.get('/widget.js', loader);
  router.get('/widget/launcher.json', launcher(tools));
  router.get('/widget/chat.html', page(tools));
  router.use(
    '/widget/assets',
    packed(join(built, 'assets')),
    express.static(join(built, 'assets'), { immutable: true, maxAge: '1y', index: false, redirect: false }),
  );
  router.post('/widget/uploads', admitUpload(tools, limits), oneFile(maxFileBytes), storeFile(tools));
  router.get('/widget/files/:id/:signature', sendFile(tools));
  return router;
}

const plainHeaders: RequestHandler = (_req, res, next) => {
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('Referrer-Policy', 'strict-origin-when-cross-origin');
  next();
};

const loader: RequestHandler = async (_req, res) => {
  res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  res.setHeader('Access-Control-Allow-Origin', '*');
  res.setHeader('Cache-Control', `public, max-age=${loaderKeptS}`);
  res.type('js').send(await readFile(join(built, 'widget.js'), 'utf8'));
};

function launcher(tools: Tools): RequestHandler {
  return async (req, res) => {
    const chat = await chatOf(tools, req.query.channel);
    const { origin } = req.headers;
    res.vary('Origin');
    res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    if (origin !== undefined) {
      // Readable from anywhere: what it says is public, and a refusal must reach the shop's developer.
      res.setHeader('Access-Control-Allow-Origin', origin);
      if (!originsOf(chat.config.allowedOrigins, tools.config.publicUrl).includes(origin)) {
        throw forbidden(`This chat may not stand on pages of ${origin}; add it to the chat's allowed origins.`);
      }
    }
    res.setHeader('Cache-Control', 'private, max-age=60');
    res.json(launcherOf(chat, await readShop(tools.db)));
  };
}

function page(tools: Tools): RequestHandler {
  return async (req, res) => {
    const chat = await chatOf(tools, req.query.channel);
    res.setHeader('Content-Security-Policy', policyOf(chat, tools.config.publicUrl));
    res.setHeader('Cache-Control', 'no-cache');
    const html = await readFile(join(built, 'chat.html'), 'utf8');
    res.type('html').send(pageOf(html, chat, await readShop(tools.db), await zoneOf(tools.db, chat.storeId)));
  };
}

/** The zone in which answers by this chat name times: of its store, else the company's. */
async function zoneOf(db: Tools['db'], storeId: string | null): Promise<string> {
  const store = storeId === null ? null : await db.store.findUnique({ where: { id: storeId } });
  return store?.timezone ?? (await loadHours(db)).timezone;
}

/** `frame-ancestors` is what keeps other sites out: a socket in the frame carries our origin, not theirs. */
function policyOf(chat: Chat, publicUrl: string): string {
  const sockets = new URL(publicUrl).host;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    // Named for browsers in which 'self' does not cover sockets.
    `connect-src 'self' ws://${sockets} wss://${sockets}`,
    "form-action 'none'",
    "base-uri 'none'",
    // A policy has no word for an IPv6 address, and browsers complain of one.
    `frame-ancestors 'self' ${originsOf(chat.config.allowedOrigins, publicUrl)
      .filter((origin) => !origin.includes('['))
      .join(' ')}`,
  ].join('; ');
}

/** Who uploads is known before a byte of the file is read. */
function admitUpload(tools: Tools, limits: { uploads: Limiter; bytes: Limiter; room: Room }): RequestHandler {
  return async (req, res, next) => {
    const chat = await chatOf(tools, req.query.channel);
    const token = /^Bearer\s+(.+)$/i.exec(req.headers.authorization ?? '')?.[1] ?? '';
    const visitor = readVisitor(tools.box, chat.id, token);
    if (visitor === null) throw new AppError('unauthenticated', 'visitor.unknown', 'Connect to the chat first.');
    const now = tools.clock.now().getTime();
    const network = callerNetwork(req.ip ?? '');
    // No more than this is read, whatever is announced.
    const bytes = Math.min(maxFileBytes, Number(req.headers['content-length'] ?? maxFileBytes) || 1);
    const waitMs = limits.uploads.take(visitor.id, now) || limits.bytes.take(network, now, bytes);
    if (waitMs > 0) throw tooManyFiles(waitMs);
    const leave = limits.room.enter(network, bytes);
    if (leave === null) throw tooManyFiles(5_000);
    res.once('close', leave);
    res.locals.visitor = visitor.id;
    next();
  };
}

function tooManyFiles(waitMs: number): AppError {
  return new AppError('tooMany', 'visitor.tooFast', 'Too many files at once; try again soon.', {
    extra: { retryAfterS: Math.ceil(waitMs / 1000) },
  });
}

function storeFile(tools: Tools): RequestHandler {
  return async (req, res) => {
    const by = { visitor: res.locals.visitor as string };
    const { id, name, type, sizeBytes } = await upload(tools, by, fileOf(req), tools.clock.now());
    const answer: VisitorAttachment = { id, name, type, sizeBytes, url: fileAddress(tools.box, id) };
    res.status(201).json(answer);
  };
}

function sendFile(tools: Tools): RequestHandler {
  return async (req, res) => {
    const { id, signature } = req.params;
    if (typeof signature !== 'string' || !isId(id) || !isFileSignature(tools.box, id, signature)) {
      throw notFound('attachment');
    }
    const row = await tools.db.attachment.findUnique({ where: { id } });
    if (row === null) throw notFound('attachment');
    await sendRaw(res, await answerFile(tools.files, row, false));
  };
}

async function chatOf({ db, box }: Tools, key: unknown): Promise<Chat> {
  const chat = typeof key === 'string' && key !== '' ? await findChat(db, box, key) : null;
  if (chat === null) throw notFound('chat');
  return chat;
}
