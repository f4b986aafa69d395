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

-- begin(projection, generation, afresh) --
UPDATE es.projection SET rebuild_began_at = now()
 WHERE projection = $1 AND generation = $2 AND ($3 OR rebuild_began_at IS NULL)

-- began(projection, generation) --
SELECT rebuild_began_at FROM es.projection WHERE projection = $1 AND generation = $2

-- waiting(projection, generation, since) --
-- The longest first: what is left at the end is short, and no process waits long for the others.
SELECT h.tenant_id, h.position
  FROM es.tenant_head h
  LEFT JOIN es.checkpoint c ON c.tenant_id = h.tenant_id AND c.projection = $1 AND c.generation = $2
 WHERE c.rebuilt_at IS NULL OR c.rebuilt_at < $3
 ORDER BY h.position DESC, h.tenant_id

-- end(projection, generation, began_at) --
UPDATE es.projection SET rebuild_began_at = NULL WHERE projection = $1 AND generation = $2 AND rebuild_began_at = $3

-- head(tenant_id) --
SELECT position FROM es.tenant_head WHERE tenant_id = $1
