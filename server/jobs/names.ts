/** Every job there is; jobs/handlers.ts says what each does. */
export const jobNames = [
  'event',
  'deliver',
  'followUp',
  'fetchFile',
  'answerByBot',
  'suggest',
  'callWebhook',
  'carryAlert',
  'importArticles',
  'fillVectors',
  'mailReport',
] as const;
export type JobName = (typeof jobNames)[number];
