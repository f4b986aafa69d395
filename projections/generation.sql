-- as_owner() --
SET ROLE throughline_owner

-- as_before() --
RESET ROLE

-- older(projections, generations) --
SELECT p.projection, p.generation
  FROM es.projection p
  JOIN unnest($1::text[], $2::int[]) AS o (projection, generation) ON o.projection = p.projection AND p.generation < o.generation
  JOIN es.projection own ON own.projection = o.projection AND own.generation = o.generation AND own.state <> 'building'
 ORDER BY p.projection, p.generation

-- followed(projection, generation) --
SELECT tenant_id FROM es.checkpoint WHERE projection = $1 AND generation = $2

-- forget(tenant_id, projection, generation) --
DELETE FROM es.checkpoint WHERE tenant_id = $1 AND projection = $2 AND generation = $3

-- unregister(projection, generation) --
DELETE FROM es.projection WHERE projection = $1 AND generation = $2
