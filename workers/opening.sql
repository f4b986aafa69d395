-- tenants() --
-- Every organization that has a log.
SELECT tenant_id FROM es.tenant_head ORDER BY tenant_id
