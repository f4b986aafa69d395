-- export() --
-- The name by which other transactions see what this one sees, until it ends.
-- On a cluster there is none, for no snapshot spans its nodes: each of them shows its own moment.
SELECT CASE WHEN current_setting('citus.propagate_set_commands', true) IS NULL THEN pg_export_snapshot() END

-- tenants() --
-- Every organization with a log, or with a trace of one that nobody ended: ids only.
SELECT tenant_id FROM es.checkpoint EXCEPT SELECT tenant_id FROM directory.ended UNION SELECT tenant_id FROM es.tenant_head ORDER BY tenant_id
