-- AlterTable
ALTER TABLE "attachment" ADD COLUMN     "digest" TEXT;
