-- snapshots(tenant_id, streams) --
SELECT stream_id, shape, version, state FROM es.snapshot WHERE tenant_id = $1 AND stream_id = ANY ($2::uuid[])
