-- held(tenant_id, streams) --
SELECT stream_id, kind, key FROM es.claim WHERE tenant_id = $1 AND stream_id = ANY ($2::uuid[])
