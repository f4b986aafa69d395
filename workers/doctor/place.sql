-- clock() --
-- The server's time, and the latest that an event of any organization bears.
SELECT clock_timestamp() AS now, (SELECT max(h.recorded_at) FROM es.tenant_head h) AS last
