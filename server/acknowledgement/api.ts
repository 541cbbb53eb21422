import { endpoint } from '../http/endpoint.ts';
import { readAcknowledgement, saveAcknowledgement } from './acknowledge.ts';
import { acknowledgement } from './schema.ts';

export const read = endpoint({
  summary: 'What clients hear outside of working hours',
  answer: acknowledgement,
  run: ({ db }) => readAcknowledgement(db),
});

export const save = endpoint({
  summary: 'Changes what clients hear outside of working hours',
  body: acknowledgement,
  answer: acknowledgement,
  run: ({ db }, { body, now }) => saveAcknowledgement(db, body, now),
});
