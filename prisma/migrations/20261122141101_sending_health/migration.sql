-- AlterTable
ALTER TABLE "channel_health" ADD COLUMN     "sendError" TEXT,
ADD COLUMN     "sendFailingSince" TIMESTAMPTZ(3);
