-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "written" JSONB;

-- AlterTable
ALTER TABLE "draft" ADD COLUMN     "suggestionId" UUID;
