-- How many requests a key, or an organization, has sent in the present minute, for all processes together: each takes some ahead,
-- and asks again when it has used them. Not written to the write-ahead log: what a crash forgets begins anew, as every minute does.
CREATE UNLOGGED TABLE IF NOT EXISTS directory.request_count (
  holder  uuid PRIMARY KEY,                                 -- a key's id, or an organization's
  ends_at timestamptz NOT NULL,                             -- of the time that is counted
  taken   int NOT NULL
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
--;
ALTER TABLE directory.request_count OWNER TO throughline_owner;
--;
GRANT SELECT, INSERT, UPDATE (ends_at, taken), DELETE ON directory.request_count TO throughline_writer;
--;
-- Takes as many requests as are needed at least, and a sixteenth of what is left: so the last ones are taken one by one, and none
-- is kept by a process that does not use it. Takes none where fewer are left. An organization may have a number of its own.
CREATE OR REPLACE FUNCTION directory.take_requests(of_holder uuid, most int, needed int, seconds int,
  OUT quota int, OUT granted int, OUT remaining int, OUT seconds_left double precision)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  c      directory.request_count;
  now_at timestamptz;
BEGIN
  quota := coalesce((SELECT o.requests_per_minute FROM directory.organization o WHERE o.tenant_id = of_holder), most);
  INSERT INTO directory.request_count (holder, ends_at, taken) VALUES (of_holder, '-infinity', 0) ON CONFLICT DO NOTHING;
  SELECT r.* INTO STRICT c FROM directory.request_count r WHERE r.holder = of_holder FOR UPDATE;
  now_at := clock_timestamp();              -- after whoever was before has ended
  IF c.ends_at <= now_at THEN
    c.ends_at := to_timestamp((floor(extract(epoch FROM now_at) / seconds) + 1) * seconds);
    c.taken := 0;
  END IF;
  remaining := greatest(quota - c.taken, 0);
  granted := CASE WHEN remaining < needed THEN 0 ELSE greatest(needed, remaining / 16) END;
  remaining := remaining - granted;
  seconds_left := extract(epoch FROM c.ends_at - now_at);
  UPDATE directory.request_count r SET ends_at = c.ends_at, taken = c.taken + granted WHERE r.holder = of_holder;
END$$;
--;
-- Forgets who sent nothing for a day. Returns how many.
CREATE OR REPLACE FUNCTION directory.forget_request_counts() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  n bigint;
BEGIN
  DELETE FROM directory.request_count r WHERE r.ends_at < clock_timestamp() - interval '1 day';
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END$$;
--;
REVOKE ALL ON FUNCTION directory.take_requests, directory.forget_request_counts FROM PUBLIC;
--;
GRANT CREATE ON SCHEMA directory TO throughline_writer;
--;
ALTER FUNCTION directory.take_requests OWNER TO throughline_writer;
--;
ALTER FUNCTION directory.forget_request_counts OWNER TO throughline_writer;
--;
REVOKE CREATE ON SCHEMA directory FROM throughline_writer;
--;
GRANT EXECUTE ON FUNCTION directory.take_requests TO throughline_app;
--;
GRANT EXECUTE ON FUNCTION directory.forget_request_counts TO throughline_worker;
