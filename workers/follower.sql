-- introduced(follower) --
-- Since when it follows; no row for a follower that no migration introduced.
SELECT started_at FROM jobs.follower WHERE follower = $1

-- head_at(tenant, at) --
SELECT es.position_at($1, $2)

-- begin(tenant_id, projection, generation, position) --
-- Fails without a position: then nobody knows where the follower begins.
INSERT INTO es.checkpoint (tenant_id, projection, generation, position) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING

-- steps(tenant, after, limit) --
SELECT stream_id, version, position, type, imported FROM es.steps_since($1, $2, $3)
