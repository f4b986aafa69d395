-- begin(tenant_id, projection, generation) --
-- Fails for a follower that no migration introduced: then nobody knows where it begins.
INSERT INTO es.checkpoint (tenant_id, projection, generation, position)
VALUES ($1, $2, $3, (SELECT es.position_at($1, f.started_at) FROM jobs.follower f WHERE f.follower = $2))
ON CONFLICT DO NOTHING

-- steps(tenant, after, limit) --
SELECT stream_id, version, position, type, imported FROM es.steps_since($1, $2, $3)
