-- tenants() --
-- Every organization that has a log.
SELECT tenant_id FROM es.tenant_head ORDER BY tenant_id

-- ends() --
-- The oldest of them and the newest.
(SELECT tenant_id FROM es.tenant_head ORDER BY tenant_id LIMIT 1) UNION (SELECT tenant_id FROM es.tenant_head ORDER BY tenant_id DESC LIMIT 1)

-- some_tenants() --
-- The same, for a role that sees one organization at a time.
SELECT tenant_id FROM directory.some_tenants() AS found (tenant_id)
