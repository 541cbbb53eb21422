-- AlterTable
ALTER TABLE "identity" ADD COLUMN     "contactEmail" TEXT;
