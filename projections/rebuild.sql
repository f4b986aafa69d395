-- as_owner() --
SET ROLE throughline_owner

-- as_before() --
RESET ROLE

-- register(projection, generation) --
-- The first generation is read at once; a later one is built first.
INSERT INTO es.projection (projection, generation, state)
SELECT $1, $2, CASE WHEN EXISTS (SELECT FROM es.projection WHERE projection = $1 AND state = 'live') THEN 'building' ELSE 'live' END
ON CONFLICT DO NOTHING

-- go_live(projection, generation) --
UPDATE es.projection SET state = CASE WHEN generation = $2 THEN 'live' ELSE 'retired' END WHERE projection = $1

-- generations(projection) --
SELECT generation FROM es.projection WHERE projection = $1 ORDER BY generation

-- tenants() --
SELECT tenant_id FROM es.tenant_head ORDER BY tenant_id
