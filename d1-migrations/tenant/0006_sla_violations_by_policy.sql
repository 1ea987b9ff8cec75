-- The list of violations can be narrowed to one policy.
CREATE INDEX sla_violations_by_policy ON sla_violations (tenant_id, policy_id, due_at, ticket_id, clock);
