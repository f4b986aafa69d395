-- as_owner() --
SET ROLE throughline_owner

-- as_before() --
RESET ROLE

-- missing(tables) --
SELECT wanted.name
  FROM unnest($1::text[]) AS wanted (name)
 WHERE NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'rm' AND c.relname = wanted.name)
 ORDER BY 1

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
