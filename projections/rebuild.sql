-- as_owner() --
SET ROLE throughline_owner

-- as_before() --
RESET ROLE

-- registered() --
SELECT EXISTS (SELECT FROM es.projection)

-- register(projection, generation, state) --
INSERT INTO es.projection (projection, generation, state) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING

-- generations(projection) --
SELECT generation FROM es.projection WHERE projection = $1 ORDER BY generation

-- tenants() --
SELECT tenant_id FROM es.tenant_head ORDER BY tenant_id

-- head(tenant_id) --
SELECT position FROM es.tenant_head WHERE tenant_id = $1
