import { readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import type { RequestHandler } from 'express';

/** What the build leaves beside a file, best first. */
const packings = [
  { encoding: 'br', ending: '.br' },
  { encoding: 'gzip', ending: '.gz' },
] as const;

/**
 * Stands before a static handler of `folder`: a browser that takes packed files gets the one that the build left beside the
 * file it asks for. Files are looked for once; one that the build did not pack is served as it is.
 */
export function packed(folder: string): RequestHandler {
  const there = new Set(filesOf(folder));
  return (req, res, next) => {
    const { pathname } = new URL(req.url, 'http://here');
    if (!packings.some(({ ending }) => there.has(pathname + ending))) return next();
    res.vary('Accept-Encoding');
    const chosen = packings.find(
      ({ encoding, ending }) => req.acceptsEncodings(encoding) === encoding && there.has(pathname + ending),
    );
    if (chosen === undefined) return next();
    res.setHeader('Content-Encoding', chosen.encoding);
    res.type(extname(pathname));
    req.url = pathname + chosen.ending;
    next();
  };
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `/${relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')}`);
  } catch (error) {
    // Before the first build there are no screens: what is asked for is then not found.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
