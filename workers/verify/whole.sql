-- export() --
-- The name by which other transactions see what this one sees, until it ends.
SELECT pg_export_snapshot()

-- tenants() --
-- Every organization with a log, or with a trace of one that nobody ended: ids only.
SELECT tenant_id FROM es.checkpoint EXCEPT SELECT tenant_id FROM directory.ended UNION SELECT tenant_id FROM es.tenant_head ORDER BY tenant_id
