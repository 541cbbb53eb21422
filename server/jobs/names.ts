/**
 * Every job there is (jobs/handlers.ts says what each does), and what comes first when all workers are busy: lower is sooner.
 * An answer that is written waits for nothing that is only prepared.
 */
export const urgency = {
  deliver: -20,
  carryAlert: -10,
  answerByBot: -10,
  event: 0,
  followUp: 0,
  callWebhook: 0,
  fetchFile: 10,
  suggest: 10,
  keepCopy: 10,
  importArticles: 20,
  fillVectors: 20,
  mailReport: 20,
} as const;
export type JobName = keyof typeof urgency;
