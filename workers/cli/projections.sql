-- models() --
-- How far the generations are behind the log, over all organizations: as `doctor` asks, and those that are not read, too.
SELECT p.projection, p.generation, p.state, count(h.tenant_id) FILTER (WHERE h.position > coalesce(c.position, 0)) AS behind,
       coalesce(max(h.position - coalesce(c.position, 0)), 0) AS events
  FROM es.projection p
  LEFT JOIN es.tenant_head h ON true
  LEFT JOIN es.checkpoint c ON c.tenant_id = h.tenant_id AND c.projection = p.projection AND c.generation = p.generation
 GROUP BY p.projection, p.generation, p.state
 ORDER BY p.projection, p.generation

-- failing() --
-- Whose next page failed, of whatever follows the log.
SELECT tenant_id, projection, generation, position, failures, retry_at = 'infinity' AS parked, last_error
  FROM es.checkpoint
 WHERE retry_at IS NOT NULL
 ORDER BY tenant_id, projection, generation
