-- Who leads a department, its version, and where the open tickets of an archived one go, at whose word, until all are there. Who belongs to
-- it stays `users.department_id`; a lead who leaves it leads it no more, which is a matter of reading. No index is added: a desk has 200
-- departments at most, and the statistics of both are in 0014.
ALTER TABLE departments ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE departments ADD COLUMN lead_id TEXT;
ALTER TABLE departments ADD COLUMN moves_to TEXT;
ALTER TABLE departments ADD COLUMN moves_by TEXT;
