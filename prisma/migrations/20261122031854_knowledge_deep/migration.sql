-- AlterTable
ALTER TABLE "promise" ADD COLUMN     "confirmBy" TIMESTAMPTZ(3),
ADD COLUMN     "confirmMs" DOUBLE PRECISION,
ADD COLUMN     "confirmedAt" TIMESTAMPTZ(3),
ADD COLUMN     "confirmedById" UUID,
ADD COLUMN     "contact" TEXT,
ADD COLUMN     "language" TEXT;

-- AlterTable
ALTER TABLE "consult" ADD COLUMN     "gapClosedAt" TIMESTAMPTZ(3),
ADD COLUMN     "intent" TEXT NOT NULL DEFAULT 'other',
ADD COLUMN     "lastedMs" INTEGER,
ADD COLUMN     "offeredIds" UUID[] DEFAULT ARRAY[]::UUID[],
ADD COLUMN     "outOfStock" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "productIds" UUID[] DEFAULT ARRAY[]::UUID[],
ADD COLUMN     "rejectedAt" TIMESTAMPTZ(3),
ADD COLUMN     "sentMessageId" UUID;

-- AlterTable
ALTER TABLE "article" ADD COLUMN     "flaggedAt" TIMESTAMPTZ(3),
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "bot_flow" (
    "threadId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "slots" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bot_flow_pkey" PRIMARY KEY ("threadId")
);

-- CreateTable
CREATE TABLE "wrong_answer" (
    "id" UUID NOT NULL,
    "messageId" UUID NOT NULL,
    "threadId" UUID NOT NULL,
    "question" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "citations" JSONB NOT NULL,
    "articleIds" UUID[],
    "correction" TEXT,
    "reportedById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "resolvedAt" TIMESTAMPTZ(3),
    "resolvedById" UUID,
    "resolution" TEXT,

    CONSTRAINT "wrong_answer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "article_version" (
    "id" UUID NOT NULL,
    "articleId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "internal" BOOLEAN NOT NULL,
    "byUserId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "article_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "article_image" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "sizeBytes" INTEGER NOT NULL,
    "fileKey" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "article_image_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_job" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "fileKey" TEXT NOT NULL,
    "options" JSONB NOT NULL DEFAULT '{}',
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "report" JSONB,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "import_job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "good_answer" (
    "messageId" UUID NOT NULL,
    "threadId" UUID NOT NULL,
    "question" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "good_answer_pkey" PRIMARY KEY ("messageId")
);

-- CreateTable
CREATE TABLE "old_price" (
    "id" UUID NOT NULL,
    "productId" UUID NOT NULL,
    "storeId" UUID NOT NULL,
    "price" DECIMAL(14,2) NOT NULL,
    "currency" TEXT NOT NULL,
    "asOf" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "old_price_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "catalogue_feed" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "storeId" UUID,
    "everyMs" INTEGER NOT NULL,
    "allowPrivate" BOOLEAN NOT NULL DEFAULT false,
    "nextAt" TIMESTAMPTZ(3),
    "lastAt" TIMESTAMPTZ(3),
    "lastState" TEXT,
    "lastError" TEXT,
    "lastReport" JSONB,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "removedAt" TIMESTAMPTZ(3),

    CONSTRAINT "catalogue_feed_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "wrong_answer_messageId_key" ON "wrong_answer"("messageId");

-- CreateIndex
CREATE INDEX "wrong_answer_createdAt_idx" ON "wrong_answer"("createdAt");

-- CreateIndex
CREATE INDEX "wrong_answer_threadId_idx" ON "wrong_answer"("threadId");

-- CreateIndex
CREATE UNIQUE INDEX "article_version_articleId_version_key" ON "article_version"("articleId", "version");

-- CreateIndex
CREATE UNIQUE INDEX "article_image_digest_key" ON "article_image"("digest");

-- CreateIndex
CREATE INDEX "import_job_createdAt_idx" ON "import_job"("createdAt");

-- CreateIndex
CREATE INDEX "good_answer_createdAt_idx" ON "good_answer"("createdAt");

-- CreateIndex
CREATE INDEX "old_price_productId_until_idx" ON "old_price"("productId", "until");

-- CreateIndex
CREATE INDEX "promise_storeId_state_idx" ON "promise"("storeId", "state");
