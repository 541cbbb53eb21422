-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('consultant', 'manager', 'supervisor', 'admin');

-- CreateEnum
CREATE TYPE "ClientLevel" AS ENUM ('key', 'vip', 'usual');

-- CreateEnum
CREATE TYPE "IdentityKind" AS ENUM ('email', 'phone', 'telegram', 'visitor', 'shopUser');

-- CreateEnum
CREATE TYPE "ChannelKind" AS ENUM ('email', 'telegram', 'chat');

-- CreateEnum
CREATE TYPE "ThreadStatus" AS ENUM ('open', 'snoozed', 'closed');

-- CreateEnum
CREATE TYPE "BotState" AS ENUM ('off', 'bot', 'waiting', 'person');

-- CreateEnum
CREATE TYPE "Direction" AS ENUM ('inbound', 'outbound', 'note');

-- CreateEnum
CREATE TYPE "AuthorKind" AS ENUM ('client', 'user', 'bot', 'system');

-- CreateEnum
CREATE TYPE "DeliveryState" AS ENUM ('pending', 'sending', 'sent', 'retry', 'failed', 'delivered', 'read');

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "emailVerified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "role" "Role" NOT NULL DEFAULT 'consultant',
    "locale" TEXT NOT NULL DEFAULT 'en',
    "deactivatedAt" TIMESTAMPTZ(3),
    "preferences" JSONB NOT NULL DEFAULT '{}',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "userId" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "ipAddress" TEXT,
    "userAgent" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "accountId" TEXT NOT NULL,
    "providerId" TEXT NOT NULL,
    "userId" UUID NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "idToken" TEXT,
    "accessTokenExpiresAt" TIMESTAMPTZ(3),
    "refreshTokenExpiresAt" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "email" TEXT,
    "name" TEXT NOT NULL DEFAULT '',
    "role" "Role" NOT NULL,
    "storeIds" UUID[],
    "tokenHash" TEXT NOT NULL,
    "invitedById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "acceptedAt" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team_member" (
    "teamId" UUID NOT NULL,
    "userId" UUID NOT NULL,

    CONSTRAINT "team_member_pkey" PRIMARY KEY ("teamId","userId")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "store" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL DEFAULT '',
    "city" TEXT NOT NULL DEFAULT '',
    "lat" DOUBLE PRECISION,
    "lon" DOUBLE PRECISION,
    "phone" TEXT NOT NULL DEFAULT '',
    "timezone" TEXT NOT NULL DEFAULT 'UTC',
    "hours" TEXT NOT NULL DEFAULT '',
    "holidays" TEXT[],
    "services" TEXT[],
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "store_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_store" (
    "userId" UUID NOT NULL,
    "storeId" UUID NOT NULL,
    "main" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "user_store_pkey" PRIMARY KEY ("userId","storeId")
);

-- CreateTable
CREATE TABLE "company" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "company_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "client" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "level" "ClientLevel" NOT NULL DEFAULT 'usual',
    "ownerId" UUID,
    "companyId" UUID,
    "language" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "mergedIntoId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "client_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identity" (
    "id" UUID NOT NULL,
    "clientId" UUID NOT NULL,
    "kind" "IdentityKind" NOT NULL,
    "value" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "verifiedAt" TIMESTAMPTZ(3),
    "flaggedAt" TIMESTAMPTZ(3),
    "flagReason" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "identity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "client_merge" (
    "id" UUID NOT NULL,
    "clientId" UUID NOT NULL,
    "otherId" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "moved" JSONB NOT NULL DEFAULT '{}',
    "byUserId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "doneAt" TIMESTAMPTZ(3),
    "undoneAt" TIMESTAMPTZ(3),

    CONSTRAINT "client_merge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel" (
    "id" UUID NOT NULL,
    "kind" "ChannelKind" NOT NULL,
    "name" TEXT NOT NULL,
    "config" JSONB NOT NULL,
    "secrets" BYTEA,
    "key" TEXT,
    "pausedAt" TIMESTAMPTZ(3),
    "connectedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removedAt" TIMESTAMPTZ(3),
    "targetMs" INTEGER,
    "teamId" UUID,
    "storeId" UUID,
    "botMode" TEXT NOT NULL DEFAULT 'off',
    "botThreshold" DOUBLE PRECISION NOT NULL DEFAULT 0.6,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel_health" (
    "channelId" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'connecting',
    "lastReceivedAt" TIMESTAMPTZ(3),
    "lastCheckedAt" TIMESTAMPTZ(3),
    "remoteCount" INTEGER,
    "failingSince" TIMESTAMPTZ(3),
    "error" TEXT,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "channel_health_pkey" PRIMARY KEY ("channelId")
);

-- CreateTable
CREATE TABLE "channel_cursor" (
    "channelId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" JSONB NOT NULL,
    "storedCount" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "channel_cursor_pkey" PRIMARY KEY ("channelId","name")
);

-- CreateTable
CREATE TABLE "receipt" (
    "channelId" UUID NOT NULL,
    "externalId" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "messageId" UUID,
    "threadId" UUID,
    "reason" TEXT,
    "rawKey" TEXT,
    "digest" TEXT,
    "arrivedAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "receipt_pkey" PRIMARY KEY ("channelId","externalId")
);

-- CreateTable
CREATE TABLE "lease" (
    "name" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '[]',
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lease_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "thread" (
    "id" UUID NOT NULL,
    "clientId" UUID NOT NULL,
    "subject" TEXT NOT NULL DEFAULT '',
    "normalSubject" TEXT NOT NULL DEFAULT '',
    "status" "ThreadStatus" NOT NULL DEFAULT 'open',
    "assigneeId" UUID,
    "teamId" UUID,
    "storeId" UUID,
    "channelId" UUID NOT NULL,
    "channelKind" "ChannelKind" NOT NULL,
    "botState" "BotState" NOT NULL DEFAULT 'off',
    "botReason" TEXT,
    "token" TEXT NOT NULL,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "messageCount" INTEGER NOT NULL DEFAULT 0,
    "lastMessageId" UUID,
    "lastMessageAt" TIMESTAMPTZ(3) NOT NULL,
    "lastDirection" "Direction" NOT NULL DEFAULT 'inbound',
    "preview" TEXT NOT NULL DEFAULT '',
    "lastInboundAt" TIMESTAMPTZ(3),
    "waitingSince" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "firstInboundAt" TIMESTAMPTZ(3),
    "firstResponseAt" TIMESTAMPTZ(3),
    "snoozedUntil" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),
    "closedById" UUID,
    "historical" BOOLEAN NOT NULL DEFAULT false,
    "mergedIntoId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "thread_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message" (
    "id" UUID NOT NULL,
    "threadId" UUID NOT NULL,
    "channelId" UUID,
    "channelKind" "ChannelKind",
    "direction" "Direction" NOT NULL,
    "authorKind" "AuthorKind" NOT NULL,
    "authorUserId" UUID,
    "authorName" TEXT NOT NULL DEFAULT '',
    "authorAddress" TEXT,
    "subject" TEXT,
    "text" TEXT NOT NULL,
    "rest" TEXT,
    "html" TEXT,
    "classification" TEXT NOT NULL DEFAULT 'person',
    "detail" JSONB,
    "externalId" TEXT,
    "references" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "participants" JSONB,
    "authentication" JSONB,
    "citations" JSONB,
    "rawKey" TEXT,
    "sentAt" TIMESTAMPTZ(3) NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "editedAt" TIMESTAMPTZ(3),
    "readAt" TIMESTAMPTZ(3),

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attachment" (
    "id" UUID NOT NULL,
    "messageId" UUID,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "sizeBytes" INTEGER NOT NULL,
    "fileKey" TEXT NOT NULL,
    "contentId" TEXT,
    "inline" BOOLEAN NOT NULL DEFAULT false,
    "uploadedById" UUID,
    "uploadedByVisitor" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "repeat_key" (
    "actor" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "resultId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "repeat_key_pkey" PRIMARY KEY ("actor","key")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" UUID NOT NULL,
    "messageId" UUID NOT NULL,
    "threadId" UUID NOT NULL,
    "channelId" UUID NOT NULL,
    "state" "DeliveryState" NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "claimedBy" TEXT,
    "claimedAt" TIMESTAMPTZ(3),
    "error" TEXT,
    "externalId" TEXT,
    "recipients" JSONB NOT NULL,
    "repeated" BOOLEAN NOT NULL DEFAULT false,
    "sentAt" TIMESTAMPTZ(3),
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "draft" (
    "threadId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'reply',
    "text" TEXT NOT NULL,
    "channelId" UUID,
    "attachmentIds" UUID[] DEFAULT ARRAY[]::UUID[],
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("threadId","userId")
);

-- CreateTable
CREATE TABLE "thread_read" (
    "threadId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "readAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "thread_read_pkey" PRIMARY KEY ("threadId","userId")
);

-- CreateTable
CREATE TABLE "thread_move" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "threadId" UUID NOT NULL,
    "otherId" UUID NOT NULL,
    "messageIds" UUID[],
    "before" JSONB NOT NULL,
    "byUserId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undoneAt" TIMESTAMPTZ(3),

    CONSTRAINT "thread_move_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "automatic_budget" (
    "address" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "automatic_budget_pkey" PRIMARY KEY ("address","hour")
);

-- CreateTable
CREATE TABLE "promise" (
    "id" UUID NOT NULL,
    "clientId" UUID NOT NULL,
    "threadId" UUID,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "ownerId" UUID,
    "storeId" UUID,
    "productId" UUID,
    "dueAt" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL DEFAULT 'open',
    "outcome" TEXT,
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settledAt" TIMESTAMPTZ(3),
    "settledById" UUID,

    CONSTRAINT "promise_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request" (
    "id" UUID NOT NULL,
    "threadId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "askedById" UUID NOT NULL,
    "toUserId" UUID,
    "toTeamId" UUID,
    "toStoreId" UUID,
    "dueAt" TIMESTAMPTZ(3),
    "answer" TEXT,
    "answeredById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answeredAt" TIMESTAMPTZ(3),

    CONSTRAINT "request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consult" (
    "id" UUID NOT NULL,
    "userId" UUID,
    "by" TEXT NOT NULL DEFAULT 'user',
    "storeId" UUID,
    "threadId" UUID,
    "question" TEXT NOT NULL,
    "locale" TEXT,
    "answer" JSONB NOT NULL,
    "abstained" BOOLEAN NOT NULL,
    "tookMs" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "consult_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "article" (
    "id" UUID NOT NULL,
    "externalId" TEXT,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "path" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT 'published',
    "internal" BOOLEAN NOT NULL DEFAULT false,
    "ownerId" UUID,
    "reviewBy" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "article_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "passage" (
    "id" UUID NOT NULL,
    "articleId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "section" TEXT[],
    "text" TEXT NOT NULL,

    CONSTRAINT "passage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "suggestion" (
    "id" UUID NOT NULL,
    "threadId" UUID NOT NULL,
    "messageId" UUID NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "answer" JSONB NOT NULL,
    "outcome" TEXT,
    "outcomeById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "outcomeAt" TIMESTAMPTZ(3),

    CONSTRAINT "suggestion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product" (
    "id" UUID NOT NULL,
    "sku" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "brand" TEXT NOT NULL DEFAULT '',
    "category" TEXT NOT NULL DEFAULT '',
    "gtin" TEXT,
    "groupSku" TEXT,
    "description" TEXT NOT NULL DEFAULT '',
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "offer" (
    "id" UUID NOT NULL,
    "productId" UUID NOT NULL,
    "storeId" UUID NOT NULL,
    "price" DECIMAL(14,2),
    "currency" TEXT NOT NULL DEFAULT '',
    "stock" INTEGER,
    "onDisplay" BOOLEAN NOT NULL DEFAULT false,
    "validUntil" TIMESTAMPTZ(3),
    "asOf" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "offer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "appliesTo" JSONB NOT NULL DEFAULT '{}',
    "value" JSONB NOT NULL,
    "text" TEXT NOT NULL,
    "jurisdiction" TEXT NOT NULL DEFAULT '',
    "validFrom" TIMESTAMPTZ(3) NOT NULL,
    "validUntil" TIMESTAMPTZ(3),
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lookup" (
    "kind" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "secret" BYTEA NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lookup_pkey" PRIMARY KEY ("kind")
);

-- CreateTable
CREATE TABLE "event" (
    "id" BIGSERIAL NOT NULL,
    "seq" BIGINT,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "threadId" UUID,
    "clientId" UUID,
    "actorId" UUID,
    "ids" JSONB NOT NULL DEFAULT '{}',
    "patch" JSONB NOT NULL DEFAULT '{}',
    "scope" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_userId_idx" ON "session"("userId");

-- CreateIndex
CREATE INDEX "account_userId_idx" ON "account"("userId");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE INDEX "api_key_userId_idx" ON "api_key"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_tokenHash_key" ON "invitation"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "team_name_key" ON "team"("name");

-- CreateIndex
CREATE INDEX "team_member_userId_idx" ON "team_member"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "store_code_key" ON "store"("code");

-- CreateIndex
CREATE INDEX "user_store_storeId_idx" ON "user_store"("storeId");

-- CreateIndex
CREATE INDEX "client_ownerId_idx" ON "client"("ownerId");

-- CreateIndex
CREATE INDEX "client_companyId_idx" ON "client"("companyId");

-- CreateIndex
CREATE INDEX "identity_clientId_idx" ON "identity"("clientId");

-- CreateIndex
CREATE UNIQUE INDEX "identity_kind_value_key" ON "identity"("kind", "value");

-- CreateIndex
CREATE INDEX "client_merge_clientId_idx" ON "client_merge"("clientId");

-- CreateIndex
CREATE INDEX "client_merge_otherId_idx" ON "client_merge"("otherId");

-- CreateIndex
CREATE UNIQUE INDEX "channel_key_key" ON "channel"("key");

-- CreateIndex
CREATE INDEX "receipt_channelId_digest_idx" ON "receipt"("channelId", "digest");

-- CreateIndex
CREATE INDEX "receipt_messageId_idx" ON "receipt"("messageId");

-- CreateIndex
CREATE UNIQUE INDEX "thread_token_key" ON "thread"("token");

-- CreateIndex
CREATE INDEX "thread_clientId_lastMessageAt_idx" ON "thread"("clientId", "lastMessageAt" DESC);

-- CreateIndex
CREATE INDEX "message_threadId_receivedAt_id_idx" ON "message"("threadId", "receivedAt", "id");

-- CreateIndex
CREATE INDEX "attachment_messageId_idx" ON "attachment"("messageId");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_messageId_key" ON "delivery"("messageId");

-- CreateIndex
CREATE INDEX "delivery_externalId_idx" ON "delivery"("externalId");

-- CreateIndex
CREATE INDEX "delivery_threadId_idx" ON "delivery"("threadId");

-- CreateIndex
CREATE INDEX "thread_move_threadId_idx" ON "thread_move"("threadId");

-- CreateIndex
CREATE INDEX "thread_move_otherId_idx" ON "thread_move"("otherId");

-- CreateIndex
CREATE INDEX "promise_clientId_idx" ON "promise"("clientId");

-- CreateIndex
CREATE INDEX "promise_threadId_idx" ON "promise"("threadId");

-- CreateIndex
CREATE INDEX "request_threadId_idx" ON "request"("threadId");

-- CreateIndex
CREATE INDEX "consult_createdAt_idx" ON "consult"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "article_externalId_key" ON "article"("externalId");

-- CreateIndex
CREATE INDEX "article_path_idx" ON "article"("path");

-- CreateIndex
CREATE INDEX "passage_articleId_idx" ON "passage"("articleId");

-- CreateIndex
CREATE INDEX "suggestion_threadId_idx" ON "suggestion"("threadId");

-- CreateIndex
CREATE UNIQUE INDEX "suggestion_messageId_position_key" ON "suggestion"("messageId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "product_sku_key" ON "product"("sku");

-- CreateIndex
CREATE INDEX "product_category_idx" ON "product"("category");

-- CreateIndex
CREATE INDEX "product_groupSku_idx" ON "product"("groupSku");

-- CreateIndex
CREATE INDEX "offer_storeId_idx" ON "offer"("storeId");

-- CreateIndex
CREATE UNIQUE INDEX "offer_productId_storeId_key" ON "offer"("productId", "storeId");

-- CreateIndex
CREATE INDEX "rule_kind_idx" ON "rule"("kind");

-- CreateIndex
CREATE UNIQUE INDEX "event_seq_key" ON "event"("seq");

-- CreateIndex
CREATE INDEX "event_threadId_id_idx" ON "event"("threadId", "id");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_store" ADD CONSTRAINT "user_store_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_store" ADD CONSTRAINT "user_store_storeId_fkey" FOREIGN KEY ("storeId") REFERENCES "store"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client" ADD CONSTRAINT "client_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "company"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_health" ADD CONSTRAINT "channel_health_channelId_fkey" FOREIGN KEY ("channelId") REFERENCES "channel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_cursor" ADD CONSTRAINT "channel_cursor_channelId_fkey" FOREIGN KEY ("channelId") REFERENCES "channel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "thread" ADD CONSTRAINT "thread_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES "client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_threadId_fkey" FOREIGN KEY ("threadId") REFERENCES "thread"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_messageId_fkey" FOREIGN KEY ("messageId") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_messageId_fkey" FOREIGN KEY ("messageId") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "passage" ADD CONSTRAINT "passage_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offer" ADD CONSTRAINT "offer_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offer" ADD CONSTRAINT "offer_storeId_fkey" FOREIGN KEY ("storeId") REFERENCES "store"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the datamodel cannot say.

-- Full text of what people wrote, without a language because a store's clients write in many.
ALTER TABLE "message" ADD COLUMN "search" tsvector
  GENERATED ALWAYS AS (to_tsvector('simple', left(coalesce("subject", '') || ' ' || "text", 100000))) STORED;
CREATE INDEX "message_search_idx" ON "message" USING gin ("search");
CREATE INDEX "message_externalId_idx" ON "message" ("externalId") WHERE "externalId" IS NOT NULL;
CREATE INDEX "message_answers_idx" ON "message" ("sentAt") WHERE "direction" = 'outbound' AND "authorKind" = 'user';

-- The inbox: every list is one of these, read backwards by keyset. A merged thread is in none.
CREATE INDEX "thread_status_idx" ON "thread" ("status", "lastMessageAt" DESC, "id" DESC) WHERE "mergedIntoId" IS NULL;
CREATE INDEX "thread_all_idx" ON "thread" ("lastMessageAt" DESC, "id" DESC) WHERE "mergedIntoId" IS NULL;
CREATE INDEX "thread_assignee_idx" ON "thread" ("assigneeId", "status", "lastMessageAt" DESC, "id" DESC) WHERE "mergedIntoId" IS NULL;
CREATE INDEX "thread_channel_idx" ON "thread" ("channelId", "status", "lastMessageAt" DESC, "id" DESC) WHERE "mergedIntoId" IS NULL;
CREATE INDEX "thread_team_idx" ON "thread" ("teamId", "status", "lastMessageAt" DESC, "id" DESC) WHERE "mergedIntoId" IS NULL AND "teamId" IS NOT NULL;
CREATE INDEX "thread_store_idx" ON "thread" ("storeId", "status", "lastMessageAt" DESC, "id" DESC) WHERE "mergedIntoId" IS NULL AND "storeId" IS NOT NULL;
CREATE INDEX "thread_tags_idx" ON "thread" USING gin ("tags");
CREATE INDEX "thread_waiting_idx" ON "thread" ("waitingSince", "id") WHERE "waitingSince" IS NOT NULL AND "mergedIntoId" IS NULL;
CREATE INDEX "thread_due_idx" ON "thread" ("dueAt") WHERE "dueAt" IS NOT NULL;
CREATE INDEX "thread_snoozed_idx" ON "thread" ("snoozedUntil") WHERE "status" = 'snoozed';
CREATE INDEX "thread_subject_idx" ON "thread" ("clientId", "normalSubject") WHERE "status" <> 'closed' AND "normalSubject" <> '';

-- The outbox and the sequencer look only at what is not done.
CREATE INDEX "delivery_due_idx" ON "delivery" ("dueAt") WHERE "state" IN ('pending', 'retry');
CREATE INDEX "delivery_sending_idx" ON "delivery" ("claimedBy") WHERE "state" = 'sending';
CREATE INDEX "event_unsequenced_idx" ON "event" ("id") WHERE "seq" IS NULL;
CREATE INDEX "receipt_quarantined_idx" ON "receipt" ("channelId", "createdAt") WHERE "outcome" = 'quarantined';
CREATE INDEX "attachment_loose_idx" ON "attachment" ("createdAt") WHERE "messageId" IS NULL;
CREATE UNIQUE INDEX "client_merge_proposed_idx" ON "client_merge" (least("clientId", "otherId"), greatest("clientId", "otherId")) WHERE "state" = 'proposed';

-- Finding people by a part of their name or address.
CREATE INDEX "client_name_idx" ON "client" (lower("name") text_pattern_ops);
CREATE INDEX "identity_value_idx" ON "identity" (lower("value") text_pattern_ops);
