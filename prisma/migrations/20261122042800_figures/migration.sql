-- AlterTable
ALTER TABLE "thread" ADD COLUMN     "resolveDueAt" TIMESTAMPTZ(3),
ADD COLUMN     "resolvePolicyId" UUID,
ADD COLUMN     "resolveStep" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "resolveTimerAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "resolution" ADD COLUMN     "channelKind" "ChannelKind" NOT NULL DEFAULT 'email',
ADD COLUMN     "policyId" UUID,
ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "notification" ADD COLUMN     "mailedAt" TIMESTAMPTZ(3),
ADD COLUMN     "messagedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "rating" (
    "id" UUID NOT NULL,
    "threadId" UUID NOT NULL,
    "clientId" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "score" SMALLINT,
    "comment" TEXT NOT NULL DEFAULT '',
    "answeredAt" TIMESTAMPTZ(3),
    "userId" UUID,
    "teamId" UUID,
    "storeId" UUID,
    "channelId" UUID NOT NULL,
    "level" "ClientLevel" NOT NULL,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "promiseId" UUID,

    CONSTRAINT "rating_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reason" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "words" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "position" INTEGER NOT NULL DEFAULT 0,
    "retiredAt" TIMESTAMPTZ(3),

    CONSTRAINT "reason_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "thread_reason" (
    "threadId" UUID NOT NULL,
    "reasonId" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "productId" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "byUserId" UUID,

    CONSTRAINT "thread_reason_pkey" PRIMARY KEY ("threadId","reasonId")
);

-- CreateTable
CREATE TABLE "wall_link" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "storeId" UUID,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "wall_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "day_count" (
    "day" DATE NOT NULL,
    "by" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "day_count_pkey" PRIMARY KEY ("day","by","what","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "rating_token_key" ON "rating"("token");

-- CreateIndex
CREATE INDEX "rating_threadId_idx" ON "rating"("threadId");

-- CreateIndex
CREATE INDEX "rating_answeredAt_idx" ON "rating"("answeredAt");

-- CreateIndex
CREATE INDEX "thread_reason_reasonId_at_idx" ON "thread_reason"("reasonId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "wall_link_tokenHash_key" ON "wall_link"("tokenHash");

CREATE INDEX "thread_resolve_idx" ON "thread" ("resolveTimerAt") WHERE "resolveTimerAt" IS NOT NULL;
CREATE INDEX "message_said_idx" ON "message" ("receivedAt") WHERE "direction" <> 'note';
CREATE INDEX "event_moves_idx" ON "event" ("at") WHERE "type" IN ('thread.assigned', 'thread.reopened', 'thread.botChanged');
CREATE INDEX "thread_opened_idx" ON "thread" ("createdAt") WHERE NOT "historical";
CREATE INDEX "suggestion_outcome_idx" ON "suggestion" ("outcomeAt") WHERE "outcomeAt" IS NOT NULL;
CREATE INDEX "promise_settled_idx" ON "promise" ("settledAt") WHERE "settledAt" IS NOT NULL;
