import { z } from 'zod';
import { byId, endpoint } from '../http/endpoint.ts';
import { shortList } from '../http/shortList.ts';
import { id } from '../lib/wire.ts';
import { readWay } from './history.ts';
import * as shapes from './schema.ts';
import { listProfiles, readRouting, saveProfile, saveRouting } from './settings.ts';

export const settings = endpoint({
  summary: 'How threads find somebody',
  answer: shapes.routingSettings,
  run: ({ db }) => readRouting(db),
});

export const saveSettings = endpoint({
  summary: 'Changes how threads find somebody',
  body: shapes.routingSettings,
  answer: shapes.routingSettings,
  run: ({ db }, { body, now }) => saveRouting(db, body, now),
});

export const profiles = shortList({
  summary: 'Skills and room for work of everybody',
  item: shapes.profileOf,
  run: ({ db }) => listProfiles(db),
});

export const saveProfileOf = endpoint({
  summary: 'Changes somebody’s skills and room for work',
  params: z.object({ userId: id }),
  body: shapes.routingProfile,
  answer: shapes.profileOf,
  run: ({ db }, { params, body }) => saveProfile(db, params.userId, body),
});

export const way = shortList({
  summary: 'Where a thread went and why, newest first',
  params: byId,
  item: shapes.threadStep,
  run: ({ db }, { viewer, params }) => readWay(db, viewer, params.id),
});
