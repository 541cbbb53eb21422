import { z } from 'zod';
import { byId, endpoint } from '../http/endpoint.ts';
import { propose, rewrite, summarise, translateMessage } from './help.ts';
import * as shapes from './schema.ts';

const into = z.object({ to: z.string().min(2).max(20).optional() });

export const translate = endpoint({
  summary: "A message in the reader's language, beside the original",
  params: byId,
  body: into,
  answer: shapes.translation,
  run: (deps, { params, body, viewer, user }) => translateMessage(deps, viewer, params.id, body.to ?? user.locale),
});

export const reword = endpoint({
  summary: 'A draft in other words; a proposal',
  params: byId,
  body: shapes.rewriting,
  answer: shapes.reworded,
  run: (deps, { params, body, viewer }) => rewrite(deps, viewer, params.id, body),
});

export const summary = endpoint({
  summary: 'What a thread is about and where it stands',
  params: byId,
  body: into,
  answer: shapes.summary,
  run: (deps, { params, body, viewer, user }) => summarise(deps, viewer, params.id, body.to ?? user.locale),
});

export const proposals = endpoint({
  summary: 'Tags and the reason for contact that would fit',
  params: byId,
  answer: shapes.proposals,
  run: (deps, { params, viewer }) => propose(deps, viewer, params.id),
});
