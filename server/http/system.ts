import { z } from 'zod';
import { meaning } from '../errors.ts';
import { TestClock } from '../lib/clock.ts';
import { endpoint } from './endpoint.ts';
import { describeApi } from './openApi.ts';

export const openApi = endpoint({
  summary: 'This document',
  run: async ({ config }) => describeApi(config.publicUrl),
});

export const moveClock = endpoint({
  summary: 'Moves the test clock; what is due by then happens',
  body: z.union([z.object({ now: z.iso.datetime() }), z.object({ advanceMs: z.number() })]),
  answer: z.object({ now: z.string() }),
  run: async ({ clock, schedule }, { body }) => {
    if (!(clock instanceof TestClock)) throw meaning('clock.real', 'This Parley runs on the real clock.');
    if ('now' in body) clock.set(new Date(body.now));
    else clock.advance(body.advanceMs);
    await schedule.runAll();
    return { now: clock.now().toISOString() };
  },
});
