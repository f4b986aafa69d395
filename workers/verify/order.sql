-- head(tenant_id) --
-- Where the log ends, when a command was answered last that is still remembered, and what time it is.
SELECT h.position, h.recorded_at, now() AS now, (SELECT max(c.recorded_at) FROM es.command c WHERE c.tenant_id = $1) AS answered_at
  FROM es.tenant_head h
 WHERE h.tenant_id = $1

-- disorder(tenant_id, after, up_to, differ) --
-- The events of a stretch that do not follow the one before them, or are ahead of the clock by more than clocks may differ; and
-- the last of them all, with how many there are. The event at `after` only says what time it was. Without an end: to the last
-- event, wherever the head says that the log ends.
SELECT *
  FROM (SELECT e.position, e.stream_id, e.version, e.recorded_at,
               greatest(lag(e.position) OVER line, $2) AS before, lag(e.recorded_at) OVER line AS since,
               now() AS now, e.recorded_at > now() + $4 AS is_ahead,
               lead(e.position) OVER line IS NULL AS is_last, count(*) FILTER (WHERE e.position > $2) OVER line AS number
          FROM es.event e
         WHERE e.tenant_id = $1 AND e.position >= $2 AND ($3::bigint IS NULL OR e.position <= $3)
        WINDOW line AS (ORDER BY e.position)) l
 WHERE l.is_last OR l.is_ahead OR l.position > $2 AND (l.position <> l.before + 1 OR l.recorded_at < l.since)
 ORDER BY l.position

-- homeless(tenant_id) --
-- The first event of each stream that has no row.
SELECT DISTINCT ON (e.stream_id) e.stream_id, e.version, e.position
  FROM es.event e
 WHERE e.tenant_id = $1 AND NOT EXISTS (SELECT FROM es.stream s WHERE s.tenant_id = $1 AND s.stream_id = e.stream_id)
 ORDER BY e.stream_id, e.position
