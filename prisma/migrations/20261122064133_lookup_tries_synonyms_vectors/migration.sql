-- CreateTable
CREATE TABLE "lookup_tries" (
    "asker" TEXT NOT NULL,
    "tried" TEXT[],
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lookup_tries_pkey" PRIMARY KEY ("asker")
);

-- CreateTable
CREATE TABLE "synonym" (
    "id" UUID NOT NULL,
    "words" TEXT[],
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "synonym_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "passage_vector" (
    "passageId" UUID NOT NULL,
    "model" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "vector" BYTEA NOT NULL,

    CONSTRAINT "passage_vector_pkey" PRIMARY KEY ("passageId")
);

-- CreateIndex
CREATE INDEX "passage_vector_digest_model_idx" ON "passage_vector"("digest", "model");
