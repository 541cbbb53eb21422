-- AlterTable
ALTER TABLE "attachment" ADD COLUMN     "remote" JSONB;
