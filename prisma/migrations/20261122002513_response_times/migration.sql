-- AlterTable
ALTER TABLE "thread" ADD COLUMN     "clockFor" TIMESTAMPTZ(3),
ADD COLUMN     "policyId" UUID,
ADD COLUMN     "targetMs" DOUBLE PRECISION,
ADD COLUMN     "timerAt" TIMESTAMPTZ(3),
ADD COLUMN     "timerStep" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "promise" ADD COLUMN     "handedFromId" UUID,
ADD COLUMN     "lateSince" TIMESTAMPTZ(3),
ADD COLUMN     "remindAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "request" ADD COLUMN     "cancelledAt" TIMESTAMPTZ(3),
ADD COLUMN     "lateSince" TIMESTAMPTZ(3),
ADD COLUMN     "noteId" UUID;

-- CreateTable
CREATE TABLE "calendar" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "holderKind" TEXT NOT NULL,
    "holderId" UUID,
    "timezone" TEXT NOT NULL DEFAULT 'UTC',
    "week" JSONB NOT NULL,
    "holidays" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "exceptions" JSONB NOT NULL DEFAULT '[]',
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "calendar_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "target_policy" (
    "id" UUID NOT NULL,
    "seriesId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "channelKind" "ChannelKind",
    "channelId" UUID,
    "level" "ClientLevel",
    "teamId" UUID,
    "storeId" UUID,
    "tag" TEXT,
    "firstMs" DOUBLE PRECISION,
    "nextMs" DOUBLE PRECISION,
    "resolutionMs" DOUBLE PRECISION,
    "time" TEXT NOT NULL DEFAULT 'working',
    "warnShare" DOUBLE PRECISION NOT NULL DEFAULT 0.8,
    "pauseForClient" BOOLEAN NOT NULL DEFAULT true,
    "escalations" JSONB NOT NULL DEFAULT '[]',
    "validFrom" TIMESTAMPTZ(3) NOT NULL,
    "validUntil" TIMESTAMPTZ(3),
    "createdById" UUID,

    CONSTRAINT "target_policy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "response" (
    "id" UUID NOT NULL,
    "threadId" UUID NOT NULL,
    "clientId" UUID NOT NULL,
    "messageId" UUID NOT NULL,
    "measure" TEXT NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "answeredAt" TIMESTAMPTZ(3) NOT NULL,
    "userId" UUID NOT NULL,
    "forUserId" UUID,
    "storeId" UUID,
    "teamId" UUID,
    "channelId" UUID NOT NULL,
    "channelKind" "ChannelKind" NOT NULL,
    "level" "ClientLevel" NOT NULL,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "askedHour" SMALLINT NOT NULL,
    "askedWeekday" SMALLINT NOT NULL,
    "clockMs" DOUBLE PRECISION NOT NULL,
    "workingMs" DOUBLE PRECISION NOT NULL,
    "policyId" UUID,
    "targetMs" DOUBLE PRECISION,
    "lateMs" DOUBLE PRECISION,

    CONSTRAINT "response_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "response_histogram" (
    "day" DATE NOT NULL,
    "by" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "time" TEXT NOT NULL,
    "seconds" INTEGER[],
    "counts" INTEGER[],
    "targeted" INTEGER NOT NULL DEFAULT 0,
    "within" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "response_histogram_pkey" PRIMARY KEY ("day","by","measure","time","key")
);

-- CreateTable
CREATE TABLE "sealed_day" (
    "day" DATE NOT NULL,
    "sealedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sealed_day_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "resolution" (
    "id" UUID NOT NULL,
    "threadId" UUID NOT NULL,
    "clientId" UUID NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3) NOT NULL,
    "userId" UUID,
    "storeId" UUID,
    "teamId" UUID,
    "channelId" UUID NOT NULL,
    "level" "ClientLevel" NOT NULL,
    "clockMs" DOUBLE PRECISION NOT NULL,
    "workingMs" DOUBLE PRECISION NOT NULL,
    "targetMs" DOUBLE PRECISION,
    "lateMs" DOUBLE PRECISION,
    "reopenedAt" TIMESTAMPTZ(3),

    CONSTRAINT "resolution_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "absence" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "fromAt" TIMESTAMPTZ(3) NOT NULL,
    "untilAt" TIMESTAMPTZ(3),
    "reason" TEXT NOT NULL DEFAULT 'leave',
    "substituteId" UUID,
    "groups" JSONB NOT NULL DEFAULT '[]',
    "note" TEXT NOT NULL DEFAULT '',
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "handedOver" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "absence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "presence_span" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "fromAt" TIMESTAMPTZ(3) NOT NULL,
    "toAt" TIMESTAMPTZ(3),

    CONSTRAINT "presence_span_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "routing_profile" (
    "userId" UUID NOT NULL,
    "skills" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "capacity" INTEGER NOT NULL DEFAULT 10,
    "weights" JSONB NOT NULL DEFAULT '{}',
    "lastGivenAt" TIMESTAMPTZ(3),

    CONSTRAINT "routing_profile_pkey" PRIMARY KEY ("userId")
);

-- CreateTable
CREATE TABLE "thread_offer" (
    "id" UUID NOT NULL,
    "threadId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "why" TEXT NOT NULL,
    "offeredAt" TIMESTAMPTZ(3) NOT NULL,
    "takeBy" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "thread_offer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "threadId" UUID,
    "data" JSONB NOT NULL DEFAULT '{}',
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "showAt" TIMESTAMPTZ(3) NOT NULL,
    "toldAt" TIMESTAMPTZ(3),
    "readAt" TIMESTAMPTZ(3),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "target_policy_seriesId_validFrom_idx" ON "target_policy"("seriesId", "validFrom");

-- CreateIndex
CREATE UNIQUE INDEX "response_messageId_key" ON "response"("messageId");

-- CreateIndex
CREATE INDEX "response_answeredAt_idx" ON "response"("answeredAt");

-- CreateIndex
CREATE INDEX "response_threadId_idx" ON "response"("threadId");

-- CreateIndex
CREATE INDEX "response_userId_answeredAt_idx" ON "response"("userId", "answeredAt");

-- CreateIndex
CREATE INDEX "resolution_closedAt_idx" ON "resolution"("closedAt");

-- CreateIndex
CREATE INDEX "resolution_threadId_idx" ON "resolution"("threadId");

-- CreateIndex
CREATE INDEX "absence_userId_fromAt_idx" ON "absence"("userId", "fromAt");

-- CreateIndex
CREATE INDEX "absence_substituteId_idx" ON "absence"("substituteId");

-- CreateIndex
CREATE INDEX "presence_span_userId_fromAt_idx" ON "presence_span"("userId", "fromAt");

-- CreateIndex
CREATE INDEX "thread_offer_threadId_idx" ON "thread_offer"("threadId");

-- CreateIndex
CREATE INDEX "notification_userId_showAt_idx" ON "notification"("userId", "showAt");

-- CreateIndex
CREATE UNIQUE INDEX "notification_userId_cause_key" ON "notification"("userId", "cause");

-- CreateIndex
CREATE INDEX "promise_ownerId_state_dueAt_idx" ON "promise"("ownerId", "state", "dueAt");

-- One calendar a holder, one of the company.
CREATE UNIQUE INDEX "calendar_holder_idx" ON "calendar" ("holderKind", coalesce("holderId", '00000000-0000-0000-0000-000000000000'::uuid));
-- Rows that something is due for, nothing else.
CREATE INDEX "thread_timer_idx" ON "thread" ("timerAt") WHERE "timerAt" IS NOT NULL;
CREATE INDEX "thread_unset_clock_idx" ON "thread" ("id") WHERE "waitingSince" IS NOT NULL AND "clockFor" IS DISTINCT FROM "waitingSince";
CREATE INDEX "promise_remind_idx" ON "promise" ("remindAt") WHERE "remindAt" IS NOT NULL AND "state" = 'open';
CREATE INDEX "promise_open_due_idx" ON "promise" ("dueAt") WHERE "state" = 'open' AND "lateSince" IS NULL AND "dueAt" IS NOT NULL;
CREATE INDEX "request_open_due_idx" ON "request" ("dueAt") WHERE "answeredAt" IS NULL AND "cancelledAt" IS NULL AND "lateSince" IS NULL AND "dueAt" IS NOT NULL;
CREATE INDEX "absence_open_idx" ON "absence" ("fromAt") WHERE "endedAt" IS NULL;
CREATE UNIQUE INDEX "presence_span_now_idx" ON "presence_span" ("userId") WHERE "toAt" IS NULL;
CREATE INDEX "thread_offer_open_idx" ON "thread_offer" ("takeBy") WHERE "outcome" IS NULL;
CREATE INDEX "notification_untold_idx" ON "notification" ("showAt") WHERE "toldAt" IS NULL;
