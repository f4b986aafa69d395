-- end(tenant_id, position) --
UPDATE es.tenant_head SET position = $2 WHERE tenant_id = $1

-- settle() --
VACUUM (ANALYZE) es.tenant_head, es.stream, es.event
