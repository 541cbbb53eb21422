-- CreateTable
CREATE TABLE "greylist" (
    "key" TEXT NOT NULL,
    "firstAt" TIMESTAMPTZ(3) NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "greylist_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "greylist_lastAt_idx" ON "greylist"("lastAt");
