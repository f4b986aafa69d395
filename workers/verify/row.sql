-- made(tenant_id) --
-- Every generation that was made, read or not, and how far it has come; 0 before its first event.
SELECT p.projection, p.generation, coalesce(c.position, 0) AS position
  FROM es.projection p
  LEFT JOIN es.checkpoint c ON c.tenant_id = $1 AND c.projection = p.projection AND c.generation = p.generation
