import { z } from 'zod';
import { byId, endpoint, RawAnswer } from '../http/endpoint.ts';
import { shortList } from '../http/shortList.ts';
import { listWallLinks, makeWallLink, needWall, readWall, revokeWallLink } from './links.ts';
import * as shapes from './schema.ts';
import { streamWall } from './stream.ts';

const byToken = z.object({ token: z.string().min(20).max(100) });

export const list = shortList({
  summary: 'The walls that show the live figures without a sign-in',
  item: shapes.wallLink,
  run: ({ db }) => listWallLinks(db),
});

export const make = endpoint({
  summary: 'Makes a link for a wall; it is shown once',
  body: shapes.newWallLink,
  answer: shapes.wallLink,
  status: 201,
  run: ({ db, config }, { user, body, now }) => makeWallLink(db, config, user.id, body, now),
});

export const revoke = endpoint({
  summary: 'Takes a wall’s link back: its screen goes dark at once',
  params: byId,
  run: ({ db }, { params, now }) => revokeWallLink(db, params.id, now),
});

export const read = endpoint({
  summary: 'What a wall shows now',
  params: byToken,
  answer: shapes.wall,
  run: async ({ db }, { params, now }) => readWall(db, await needWall(db, params.token, now), now),
});

export const stream = endpoint({
  summary: 'What a wall shows, pushed as server-sent events whenever it changes',
  params: byToken,
  run: async (deps, { params, now }) => {
    const link = await needWall(deps.db, params.token, now);
    return new RawAnswer(streamWall(deps, link), 'text/event-stream', {
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
  },
});
