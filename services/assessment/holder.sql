-- holder(tenant_id, kind, key) --
SELECT stream_id FROM es.claim WHERE tenant_id = $1 AND kind = $2 AND key = $3
