-- Whether an account was signed in to from a network before: such a network stays open when strangers try many passwords.
CREATE INDEX sessions_by_network ON sessions (tenant_id, user_id, network);

-- A key of a request that must not be done twice: which request holds it, and whether its work is done (its answer may be lost).
ALTER TABLE idempotency_keys ADD COLUMN claim TEXT NOT NULL DEFAULT '';
ALTER TABLE idempotency_keys ADD COLUMN done INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER guard_repeated INSTEAD OF INSERT ON guards WHEN NEW.rule = 'repeated' AND NEW.holds IS NOT 1
BEGIN SELECT RAISE(ABORT, 'guard:repeated'); END;
