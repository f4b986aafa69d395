-- stands_at(tenant_id, stream) --
-- At which version a stream is at this moment.
SELECT max(version) FROM es.event WHERE tenant_id = $1 AND stream_id = $2
