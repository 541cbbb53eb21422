-- Words that are everywhere are looked for from the newest message back.
CREATE INDEX "message_received_idx" ON "message" ("receivedAt" DESC);
-- People by the beginning of any word of their name.
CREATE INDEX "client_words_idx" ON "client" USING gin (to_tsvector('simple', "name"));
