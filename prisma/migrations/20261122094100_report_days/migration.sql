-- Sealed days are made anew from the rows they were counted from, in the background and the newest first. Until then reports read the rows.

-- DropTable
DROP TABLE "response_histogram";

-- DropTable
DROP TABLE "sealed_day";

-- DropTable
DROP TABLE "day_count";

-- DropTable
DROP TABLE "moment_count";

-- CreateTable
CREATE TABLE "report_day" (
    "day" DATE NOT NULL,
    "version" UUID NOT NULL,
    "upTo" TIMESTAMPTZ(3) NOT NULL,
    "waits" BYTEA NOT NULL,
    "deeds" BYTEA NOT NULL,

    CONSTRAINT "report_day_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "report_touched" (
    "id" BIGSERIAL NOT NULL,
    "matter" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "report_touched_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "report_day_upTo_idx" ON "report_day"("upTo");

-- CreateIndex
CREATE INDEX "consult_threadId_idx" ON "consult"("threadId");

-- Packed bytes are small already, to compress them only costs time.
ALTER TABLE "report_day" ALTER COLUMN "waits" SET STORAGE EXTERNAL, ALTER COLUMN "deeds" SET STORAGE EXTERNAL;

-- A figure must be right whichever statement changed what it counts. So the database itself keeps the list of what
-- changed behind a sealed day. (The semicolons of the functions are written \x3b: a script is split at every other one.)

-- A fact with its times as arguments: told of when it came, changed or went behind a sealed quarter-hour, or the one that may be
-- being sealed right now.
CREATE FUNCTION report_touch() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  INSERT INTO report_touched (matter, since)
  SELECT DISTINCT ON (1) coalesce(fact ->> ''threadId'', fact ->> ''id'')::uuid, told.at
  FROM (VALUES (CASE WHEN TG_OP <> ''INSERT'' THEN to_jsonb(OLD) END), (CASE WHEN TG_OP <> ''DELETE'' THEN to_jsonb(NEW) END)) AS both_rows(fact),
    LATERAL (SELECT min((fact ->> name)::timestamptz) AS at FROM unnest(TG_ARGV) AS name) AS told
  WHERE told.at < (SELECT max("upTo") + interval ''15 minutes'' FROM report_day)
  ORDER BY 1, 2\x3b
  RETURN NULL\x3b
END';

-- The same for messages, without their texts.
CREATE FUNCTION report_touch_message() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  IF TG_OP <> ''INSERT'' THEN
    INSERT INTO report_touched (matter, since) SELECT OLD."threadId", OLD."receivedAt" WHERE OLD."receivedAt" < (SELECT max("upTo") + interval ''15 minutes'' FROM report_day)\x3b
  END IF\x3b
  IF TG_OP <> ''DELETE'' THEN
    INSERT INTO report_touched (matter, since) SELECT NEW."threadId", NEW."receivedAt" WHERE NEW."receivedAt" < (SELECT max("upTo") + interval ''15 minutes'' FROM report_day)\x3b
  END IF\x3b
  RETURN NULL\x3b
END';

-- A thread that moved takes along all that happened in it. A call or a question may be older than its thread.
CREATE FUNCTION report_touch_thread() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  INSERT INTO report_touched (matter, since)
  VALUES (NEW.id, least(OLD."createdAt", NEW."createdAt", (SELECT min("receivedAt") FROM message WHERE "threadId" = NEW.id), (SELECT min("startedAt") FROM call WHERE "threadId" = NEW.id), (SELECT min("createdAt") FROM consult WHERE "threadId" = NEW.id)))\x3b
  RETURN NULL\x3b
END';

-- A client of another level takes along all threads, and what has none.
CREATE FUNCTION report_touch_client() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  INSERT INTO report_touched (matter, since)
  SELECT t.id, least(t."createdAt", (SELECT min("receivedAt") FROM message WHERE "threadId" = t.id), (SELECT min("startedAt") FROM call WHERE "threadId" = t.id), (SELECT min("createdAt") FROM consult WHERE "threadId" = t.id)) FROM thread t WHERE t."clientId" = NEW.id
  UNION ALL SELECT id, "settledAt" FROM promise WHERE "clientId" = NEW.id AND "threadId" IS NULL AND "settledAt" IS NOT NULL
  UNION ALL SELECT id, "startedAt" FROM call WHERE "clientId" = NEW.id AND "threadId" IS NULL\x3b
  RETURN NULL\x3b
END';

CREATE TRIGGER report_touch_insert AFTER INSERT OR DELETE ON "message" FOR EACH ROW EXECUTE FUNCTION report_touch_message();
CREATE TRIGGER report_touch_update AFTER UPDATE OF "threadId", "receivedAt", "direction", "classification", "authorUserId", "authorKind" ON "message" FOR EACH ROW EXECUTE FUNCTION report_touch_message();
CREATE TRIGGER report_touch AFTER UPDATE OF "assigneeId", "teamId", "storeId", "channelId", "tags", "historical", "clientId", "createdAt" ON "thread" FOR EACH ROW
  WHEN ((OLD."assigneeId", OLD."teamId", OLD."storeId", OLD."channelId", OLD."tags", OLD."historical", OLD."clientId", OLD."createdAt") IS DISTINCT FROM (NEW."assigneeId", NEW."teamId", NEW."storeId", NEW."channelId", NEW."tags", NEW."historical", NEW."clientId", NEW."createdAt"))
  EXECUTE FUNCTION report_touch_thread();
CREATE TRIGGER report_touch AFTER UPDATE OF "level" ON "client" FOR EACH ROW WHEN (OLD."level" IS DISTINCT FROM NEW."level") EXECUTE FUNCTION report_touch_client();
CREATE TRIGGER report_touch AFTER INSERT OR UPDATE OR DELETE ON "response" FOR EACH ROW EXECUTE FUNCTION report_touch('answeredAt');
CREATE TRIGGER report_touch AFTER INSERT OR UPDATE OR DELETE ON "resolution" FOR EACH ROW EXECUTE FUNCTION report_touch('closedAt', 'reopenedAt');
CREATE TRIGGER report_touch AFTER INSERT OR UPDATE OR DELETE ON "rating" FOR EACH ROW EXECUTE FUNCTION report_touch('answeredAt');
CREATE TRIGGER report_touch AFTER INSERT OR UPDATE OR DELETE ON "call" FOR EACH ROW EXECUTE FUNCTION report_touch('startedAt');
CREATE TRIGGER report_touch AFTER INSERT OR UPDATE OF "threadId", "storeId", "userId", "by", "createdAt" OR DELETE ON "consult" FOR EACH ROW EXECUTE FUNCTION report_touch('createdAt');
CREATE TRIGGER report_touch AFTER INSERT OR UPDATE OF "threadId", "storeId", "state", "settledAt", "settledById" OR DELETE ON "promise" FOR EACH ROW EXECUTE FUNCTION report_touch('settledAt');
CREATE TRIGGER report_touch AFTER INSERT OR UPDATE OF "outcome", "outcomeAt", "outcomeById" OR DELETE ON "suggestion" FOR EACH ROW EXECUTE FUNCTION report_touch('outcomeAt');
