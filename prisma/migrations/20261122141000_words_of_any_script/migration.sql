-- The words of a text for the search, whatever the server's locale makes of signs: quotes and dashes of any script part
-- words, Persian and Arabic letters and digits have one form, and each character of Chinese and Japanese is a word.
CREATE FUNCTION plain_words(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT regexp_replace(
    translate(
      normalize(said, NFKC),
      'يىكة۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩ёЁ«»“”„‟‹›‘’‚…–—―‐‑·•。、，！？：；（）「」『』【】〈〉《》؟،؛' || U&'\200b\200c\200d\200e\200f\00ad\feff',
      'ییکه01234567890123456789еЕ' || repeat(' ', 60)
    ),
    '([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])', ' \1 ', 'g')
$$;

DROP INDEX "message_search_idx";
ALTER TABLE "message" DROP COLUMN "search";
ALTER TABLE "message" ADD COLUMN "search" tsvector
  GENERATED ALWAYS AS (to_tsvector('simple', plain_words(left(coalesce("subject", '') || ' ' || "text", 100000)))) STORED;
CREATE INDEX "message_search_idx" ON "message" USING gin ("search");

DROP INDEX "client_words_idx";
CREATE INDEX "client_words_idx" ON "client" USING gin (to_tsvector('simple', plain_words("name")));
