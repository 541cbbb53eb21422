-- CreateTable
CREATE TABLE "report_mark" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "upTo" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "report_mark_pkey" PRIMARY KEY ("id")
);

-- What was sealed may lack what open transactions wrote meanwhile: it is sealed anew in the background, the newest first.
TRUNCATE "report_day", "report_touched";

-- The triggers ask the mark, which is raised before a quarter-hour is sealed, not what is sealed. (The semicolons of the
-- functions are written \x3b: a script is split at every other one.)

CREATE OR REPLACE FUNCTION report_touch() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  INSERT INTO report_touched (matter, since)
  SELECT DISTINCT ON (1) coalesce(fact ->> ''threadId'', fact ->> ''id'')::uuid, told.at
  FROM (VALUES (CASE WHEN TG_OP <> ''INSERT'' THEN to_jsonb(OLD) END), (CASE WHEN TG_OP <> ''DELETE'' THEN to_jsonb(NEW) END)) AS both_rows(fact),
    LATERAL (SELECT min((fact ->> name)::timestamptz) AS at FROM unnest(TG_ARGV) AS name) AS told
  WHERE told.at < (SELECT "upTo" FROM report_mark)
  ORDER BY 1, 2\x3b
  RETURN NULL\x3b
END';

CREATE OR REPLACE FUNCTION report_touch_message() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  IF TG_OP <> ''INSERT'' THEN
    INSERT INTO report_touched (matter, since) SELECT OLD."threadId", OLD."receivedAt" WHERE OLD."receivedAt" < (SELECT "upTo" FROM report_mark)\x3b
  END IF\x3b
  IF TG_OP <> ''DELETE'' THEN
    INSERT INTO report_touched (matter, since) SELECT NEW."threadId", NEW."receivedAt" WHERE NEW."receivedAt" < (SELECT "upTo" FROM report_mark)\x3b
  END IF\x3b
  RETURN NULL\x3b
END';

-- A thread that came, moved or went takes along all that happened in it. A call, a promise or a question may be older than its thread.
CREATE OR REPLACE FUNCTION report_touch_thread() RETURNS trigger LANGUAGE plpgsql AS E'
DECLARE
  thread_id uuid := CASE WHEN TG_OP = ''DELETE'' THEN OLD.id ELSE NEW.id END\x3b
  since timestamptz := (SELECT min(at) FROM (VALUES
    (CASE WHEN TG_OP <> ''INSERT'' THEN OLD."createdAt" END), (CASE WHEN TG_OP <> ''DELETE'' THEN NEW."createdAt" END),
    ((SELECT min("receivedAt") FROM message WHERE "threadId" = thread_id)), ((SELECT min("startedAt") FROM call WHERE "threadId" = thread_id)),
    ((SELECT min("createdAt") FROM consult WHERE "threadId" = thread_id)), ((SELECT min("settledAt") FROM promise WHERE "threadId" = thread_id))) AS all_times(at))\x3b
BEGIN
  INSERT INTO report_touched (matter, since) SELECT thread_id, since WHERE since < (SELECT "upTo" FROM report_mark)\x3b
  RETURN NULL\x3b
END';

-- A client of another level takes along all threads, and the calls and promises, whose level is their own client's.
CREATE OR REPLACE FUNCTION report_touch_client() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  INSERT INTO report_touched (matter, since)
  SELECT matter, min(at) FROM (
    SELECT t.id AS matter, least(t."createdAt", (SELECT min("receivedAt") FROM message WHERE "threadId" = t.id), (SELECT min("startedAt") FROM call WHERE "threadId" = t.id), (SELECT min("createdAt") FROM consult WHERE "threadId" = t.id)) AS at FROM thread t WHERE t."clientId" = OLD.id
    UNION ALL SELECT coalesce("threadId", id), "settledAt" FROM promise WHERE "clientId" = OLD.id
    UNION ALL SELECT coalesce("threadId", id), "startedAt" FROM call WHERE "clientId" = OLD.id) AS facts
  WHERE at < (SELECT "upTo" FROM report_mark) GROUP BY matter\x3b
  RETURN NULL\x3b
END';

-- A call that no thread gives a store is of its channel's.
CREATE FUNCTION report_touch_channel() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  INSERT INTO report_touched (matter, since)
  SELECT coalesce(k."threadId", k.id), min(k."startedAt") FROM call k LEFT JOIN thread t ON t.id = k."threadId"
  WHERE k."channelId" = OLD.id AND t."storeId" IS NULL AND k."startedAt" < (SELECT "upTo" FROM report_mark) GROUP BY 1\x3b
  RETURN NULL\x3b
END';

-- Transfers and hand-overs are counted from their events.
CREATE FUNCTION report_touch_event() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  IF TG_OP <> ''INSERT'' THEN
    INSERT INTO report_touched (matter, since) SELECT OLD."threadId", OLD.at WHERE OLD."threadId" IS NOT NULL AND OLD.at < (SELECT "upTo" FROM report_mark)\x3b
  END IF\x3b
  IF TG_OP <> ''DELETE'' THEN
    INSERT INTO report_touched (matter, since) SELECT NEW."threadId", NEW.at WHERE NEW."threadId" IS NOT NULL AND NEW.at < (SELECT "upTo" FROM report_mark)\x3b
  END IF\x3b
  RETURN NULL\x3b
END';

DROP TRIGGER report_touch_update ON "message";
DROP TRIGGER report_touch ON "promise";
DROP TRIGGER report_touch ON "suggestion";
CREATE TRIGGER report_touch_update AFTER UPDATE OF "threadId", "receivedAt", "direction", "classification", "authorUserId", "authorKind", "channelKind" ON "message" FOR EACH ROW EXECUTE FUNCTION report_touch_message();
CREATE TRIGGER report_touch AFTER INSERT OR UPDATE OF "clientId", "threadId", "storeId", "state", "dueAt", "settledAt", "settledById" OR DELETE ON "promise" FOR EACH ROW EXECUTE FUNCTION report_touch('settledAt');
CREATE TRIGGER report_touch AFTER INSERT OR UPDATE OF "threadId", "outcome", "outcomeAt", "outcomeById" OR DELETE ON "suggestion" FOR EACH ROW EXECUTE FUNCTION report_touch('outcomeAt');
CREATE TRIGGER report_touch_insert AFTER INSERT OR DELETE ON "thread" FOR EACH ROW EXECUTE FUNCTION report_touch_thread();
CREATE TRIGGER report_touch_delete AFTER DELETE ON "client" FOR EACH ROW EXECUTE FUNCTION report_touch_client();
CREATE TRIGGER report_touch AFTER UPDATE OF "storeId" ON "channel" FOR EACH ROW WHEN (OLD."storeId" IS DISTINCT FROM NEW."storeId") EXECUTE FUNCTION report_touch_channel();
CREATE TRIGGER report_touch_delete AFTER DELETE ON "channel" FOR EACH ROW EXECUTE FUNCTION report_touch_channel();
CREATE TRIGGER report_touch_insert AFTER INSERT ON "event" FOR EACH ROW WHEN (NEW.type IN ('thread.assigned', 'thread.botChanged')) EXECUTE FUNCTION report_touch_event();
CREATE TRIGGER report_touch_update AFTER UPDATE OF "type", "at", "threadId", "patch", "scope" ON "event" FOR EACH ROW WHEN (OLD.type IN ('thread.assigned', 'thread.botChanged') OR NEW.type IN ('thread.assigned', 'thread.botChanged')) EXECUTE FUNCTION report_touch_event();
CREATE TRIGGER report_touch_delete AFTER DELETE ON "event" FOR EACH ROW WHEN (OLD.type IN ('thread.assigned', 'thread.botChanged')) EXECUTE FUNCTION report_touch_event();
