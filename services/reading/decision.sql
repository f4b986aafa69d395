-- stand_at(tenant_id, streams) --
-- At which version each of these streams is at this moment, 0 before its first event.
SELECT one.stream_id, coalesce((SELECT max(version) FROM es.event WHERE tenant_id = $1 AND stream_id = one.stream_id), 0) AS version
  FROM unnest($2::uuid[]) AS one (stream_id)
