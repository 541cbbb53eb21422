-- AlterTable
ALTER TABLE "response" ALTER COLUMN "userId" DROP NOT NULL;
