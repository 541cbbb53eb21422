-- AlterEnum
ALTER TYPE "ChannelKind" ADD VALUE 'phone';

-- CreateTable
CREATE TABLE "moment_count" (
    "day" DATE NOT NULL,
    "what" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "moment_count_pkey" PRIMARY KEY ("day","what","at")
);

-- CreateTable
CREATE TABLE "report_schedule" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "report" TEXT NOT NULL,
    "question" JSONB NOT NULL DEFAULT '{}',
    "every" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "recipients" TEXT[],
    "nextAt" TIMESTAMPTZ(3) NOT NULL,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "removedAt" TIMESTAMPTZ(3),

    CONSTRAINT "report_schedule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report_mail" (
    "id" UUID NOT NULL,
    "scheduleId" UUID NOT NULL,
    "fromAt" TIMESTAMPTZ(3) NOT NULL,
    "toAt" TIMESTAMPTZ(3) NOT NULL,
    "recipient" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "sentAt" TIMESTAMPTZ(3),

    CONSTRAINT "report_mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "call" (
    "id" UUID NOT NULL,
    "channelId" UUID,
    "externalId" TEXT,
    "direction" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "phone" TEXT NOT NULL DEFAULT '',
    "clientId" UUID,
    "threadId" UUID,
    "messageId" UUID,
    "userId" UUID,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "answeredAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "note" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "call_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "moment_count_at_idx" ON "moment_count"("at");

-- CreateIndex
CREATE INDEX "report_schedule_nextAt_idx" ON "report_schedule"("nextAt");

-- CreateIndex
CREATE UNIQUE INDEX "report_mail_scheduleId_fromAt_recipient_key" ON "report_mail"("scheduleId", "fromAt", "recipient");

-- CreateIndex
CREATE INDEX "call_startedAt_idx" ON "call"("startedAt");

-- CreateIndex
CREATE INDEX "call_clientId_idx" ON "call"("clientId");

-- CreateIndex
CREATE INDEX "call_threadId_idx" ON "call"("threadId");

-- CreateIndex
CREATE UNIQUE INDEX "call_channelId_externalId_key" ON "call"("channelId", "externalId");
