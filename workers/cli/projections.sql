-- models() --
-- How far the generations are behind the log, over all organizations: as `doctor` asks, and those that are not read, too.
WITH own AS MATERIALIZED (
  SELECT p.projection, p.generation, count(*) FILTER (WHERE h.position > coalesce(c.position, 0)) AS behind,
         max(h.position - coalesce(c.position, 0)) AS events
    FROM es.projection p
   CROSS JOIN es.tenant_head h
    LEFT JOIN es.checkpoint c ON c.tenant_id = h.tenant_id AND c.projection = p.projection AND c.generation = p.generation
   GROUP BY p.projection, p.generation)
SELECT projection, generation, p.state, coalesce(own.behind, 0) AS behind, coalesce(own.events, 0) AS events
  FROM es.projection p
  LEFT JOIN own USING (projection, generation)
 ORDER BY projection, generation

-- failing() --
-- Whose next page failed, of whatever follows the log.
SELECT tenant_id, projection, generation, position, failures, retry_at = 'infinity' AS parked, last_error
  FROM es.checkpoint
 WHERE retry_at IS NOT NULL
 ORDER BY tenant_id, projection, generation
