-- AlterTable
ALTER TABLE "identity" ADD COLUMN     "ratingsStoppedAt" TIMESTAMPTZ(3);
