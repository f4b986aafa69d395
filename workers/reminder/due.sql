-- holders(tenant_id, kind, keys) --
SELECT key, stream_id FROM es.claim WHERE tenant_id = $1 AND kind = $2 AND key = ANY ($3::bytea[])
