-- CreateTable
CREATE TABLE "repeat_answer" (
    "actor" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "call" TEXT NOT NULL,
    "answer" BYTEA,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "repeat_answer_pkey" PRIMARY KEY ("actor","key")
);

-- CreateIndex
CREATE INDEX "repeat_answer_createdAt_idx" ON "repeat_answer"("createdAt");
