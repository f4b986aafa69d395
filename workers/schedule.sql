-- tenants() --
SELECT tenant_id FROM es.tenant_head
