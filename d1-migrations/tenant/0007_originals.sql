-- What was put aside of a mail that became a ticket's description, and whether a mail was longer than what is stored of it.
ALTER TABLE inbound_mails ADD COLUMN quoted TEXT;
ALTER TABLE inbound_mails ADD COLUMN truncated INTEGER NOT NULL DEFAULT 0;
