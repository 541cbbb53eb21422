import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { pageOf } from '../lib/wire.ts';
import { readRatingSettings, saveRatingSettings } from './ask.ts';
import { giveRating, listRatings, readRating } from './rate.ts';
import * as shapes from './schema.ts';

const byToken = z.object({ token: z.string().min(10).max(100) });

export const read = endpoint({
  summary: 'What a client is asked about',
  params: byToken,
  answer: shapes.ratingPage,
  run: ({ db }, { params }) => readRating(db, params.token),
});

export const rate = endpoint({
  summary: 'A client says how it was, 1 to 5',
  params: byToken,
  body: shapes.givenRating,
  run: ({ db }, { params, body, now }) => giveRating(db, params.token, body, now),
});

export const list = endpoint({
  summary: 'What clients said, newest first',
  query: shapes.ratingQuery,
  answer: pageOf(shapes.rating),
  run: ({ db }, { query }) => listRatings(db, query),
});

export const settings = endpoint({
  summary: 'Whether clients are asked how it was',
  answer: shapes.ratingSettings,
  run: ({ db }) => readRatingSettings(db),
});

export const saveSettings = endpoint({
  summary: 'Changes whether clients are asked how it was',
  body: shapes.ratingSettings,
  answer: shapes.ratingSettings,
  run: ({ db }, { body }) => saveRatingSettings(db, body),
});
