-- Whether an account was signed in to from a network before: such a network stays open when strangers try many passwords.
CREATE INDEX sessions_by_network ON sessions (tenant_id, user_id, network);
