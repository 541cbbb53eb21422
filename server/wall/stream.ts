import { PassThrough } from 'node:stream';
import type { Deps } from '../deps.ts';
import { readWall } from './links.ts';

/** Changes in a burst are told together, at most so often, ms. */
const togetherMs = 250;
/** A comment keeps proxies from cutting a silent line, and finds a revoked link, ms. */
const beatMs = 15_000;

/** What changes a figure of a wall. */
const changes =
  /^(message\.(received|sent|released)|delivery\.(undone|changed)|thread\.(?!read)|target\.|channel\.|promise\.|presence\.|absence\.|user\.|request\.)/;

/** Server-sent events: the whole wall now, and again whenever something changed it; ends when the link is revoked. */
export function streamWall(
  { db, feed, clock, log }: Pick<Deps, 'db' | 'feed' | 'clock' | 'log'>,
  link: { id: string; storeId: string | null },
): PassThrough {
  const out = new PassThrough();
  let timer: NodeJS.Timeout | null = null;
  const tell = async () => {
    timer = null;
    const row = await db.wallLink.findUnique({ where: { id: link.id }, select: { revokedAt: true } });
    if (row === null || row.revokedAt !== null) return end();
    out.write(`data: ${JSON.stringify(await readWall(db, link, clock.now()))}\n\n`);
  };
  const soon = () => {
    timer ??= setTimeout(
      () => void tell().catch((error) => log.warn({ error: String(error) }, 'a wall could not be told; it asks again')),
      togetherMs,
    );
  };
  const forget = feed.onEvent(({ event }) => {
    if (changes.test(event.type)) soon();
  });
  const beat = setInterval(() => {
    out.write(': here\n\n');
    soon();
  }, beatMs);
  const end = () => {
    if (!out.writableEnded) out.end('event: gone\ndata: {}\n\n');
  };
  out.once('close', () => {
    forget();
    clearInterval(beat);
    if (timer !== null) clearTimeout(timer);
  });
  soon();
  return out;
}
