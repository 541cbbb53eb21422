-- What was opened again in a period is counted by when: without this every report of work read all matters that were ever solved.
CREATE INDEX "resolution_reopened_idx" ON "resolution" ("reopenedAt") WHERE "reopenedAt" IS NOT NULL;
