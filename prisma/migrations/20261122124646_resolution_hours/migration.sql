-- Hours and weekdays are meant where the company is: where it says so with its hours, else where most of its stores are.
ALTER TABLE "resolution" ADD COLUMN "startedHour" SMALLINT, ADD COLUMN "startedWeekday" SMALLINT;

-- All days are sealed anew in the background, the newest first: their rows need not be told one by one.
ALTER TABLE "resolution" DISABLE TRIGGER USER;
ALTER TABLE "response" DISABLE TRIGGER USER;

UPDATE "resolution" SET "startedHour" = extract(hour FROM "startedAt" AT TIME ZONE shop.zone), "startedWeekday" = extract(isodow FROM "startedAt" AT TIME ZONE shop.zone)
FROM (SELECT coalesce((SELECT "timezone" FROM "calendar" WHERE "holderKind" = 'company'), (SELECT "timezone" FROM "store" GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1), 'UTC') AS zone) AS shop;

UPDATE "response" SET "askedHour" = extract(hour FROM "askedAt" AT TIME ZONE shop.zone), "askedWeekday" = extract(isodow FROM "askedAt" AT TIME ZONE shop.zone)
FROM (SELECT "timezone" AS zone FROM "store" GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1) AS shop
WHERE NOT EXISTS (SELECT 1 FROM "calendar" WHERE "holderKind" = 'company') AND shop.zone <> 'UTC';

ALTER TABLE "resolution" ENABLE TRIGGER USER;
ALTER TABLE "response" ENABLE TRIGGER USER;

ALTER TABLE "resolution" ALTER COLUMN "startedHour" SET NOT NULL, ALTER COLUMN "startedWeekday" SET NOT NULL;

TRUNCATE "report_day", "report_touched";
