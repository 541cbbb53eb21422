-- A letter may arrive after the one that answers it. No pending list: searching it would cost every arriving letter.
CREATE INDEX "message_references_idx" ON "message" USING gin ("references") WITH (fastupdate = off);
