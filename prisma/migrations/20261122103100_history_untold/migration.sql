-- Letters older than their channel's connection are history, and no report counts them: a mailbox that is read for the first time must
-- not name each of its threads. (As in report_days, semicolons within a function are written \x3b.)
CREATE OR REPLACE FUNCTION report_touch_message() RETURNS trigger LANGUAGE plpgsql AS E'
DECLARE
  sealed timestamptz := (SELECT max("upTo") + interval ''15 minutes'' FROM report_day)\x3b
BEGIN
  IF TG_OP <> ''INSERT'' AND OLD."receivedAt" < sealed THEN
    INSERT INTO report_touched (matter, since) SELECT id, OLD."receivedAt" FROM thread WHERE id = OLD."threadId" AND NOT historical\x3b
  END IF\x3b
  IF TG_OP <> ''DELETE'' AND NEW."receivedAt" < sealed THEN
    INSERT INTO report_touched (matter, since) SELECT id, NEW."receivedAt" FROM thread WHERE id = NEW."threadId" AND NOT historical\x3b
  END IF\x3b
  RETURN NULL\x3b
END';
