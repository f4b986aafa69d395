-- Jobs: what workers have to do, when, and what failed for good. About the installation as a whole, so without row
-- security; a job names things by their ids and holds no personal data.
CREATE SCHEMA IF NOT EXISTS jobs AUTHORIZATION throughline_owner;
--;
-- The queue of the PostgreSQL broker, the outbox of every other one, and the dead letters of all. Rows come and go quickly.
CREATE TABLE IF NOT EXISTS jobs.job (
  id           uuid PRIMARY KEY,
  queue        text COLLATE "C" NOT NULL,
  state        text NOT NULL CHECK (state IN ('ready', 'leased', 'dead')),
  available_at timestamptz NOT NULL,                        -- ready: from when on; leased: when the lease ends; dead: since when
  claim        uuid,                                        -- who holds the lease: made anew by each claim, never twice the same
  attempts     int NOT NULL DEFAULT 0,                      -- how often it was claimed
  message      bytea NOT NULL,                              -- dramatiq's JSON: actor, ids, options
  error        text,                                        -- of a dead one: a class of error; never content
  enqueued_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK ((state = 'leased') = (claim IS NOT NULL)),
  CHECK ((state = 'dead') = (error IS NOT NULL))
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
--;
CREATE INDEX IF NOT EXISTS job_due ON jobs.job (queue, available_at) WHERE state <> 'dead';
--;
-- When each entry of the schedule is due next. Its row's lock is the lease of whoever starts it.
CREATE TABLE IF NOT EXISTS jobs.schedule (
  entry   text COLLATE "C" PRIMARY KEY,
  next_at timestamptz NOT NULL
);
--;
-- Since when a follower follows. What was recorded before causes nothing: a new follower starts at the head of each log.
CREATE TABLE IF NOT EXISTS jobs.follower (
  follower   text COLLATE "C" PRIMARY KEY,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
--;
INSERT INTO jobs.follower (follower) VALUES ('reactions') ON CONFLICT DO NOTHING;
--;
-- The steps of a tenant's log after a position, in order: what happened to which stream, and nothing of what was said.
CREATE OR REPLACE FUNCTION es.steps(tenant uuid, after bigint, up_to int)
RETURNS TABLE (stream_id uuid, version int, "position" bigint, type text)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY SELECT e.stream_id, e.version, e.position, e.type FROM es.event e
   WHERE e.tenant_id = tenant AND e.position > after AND e.position <= after + up_to ORDER BY e.position;
END$$;
--;
-- Forgets the keys that expired or were revoked before that time: each sign-in to the pages leaves one. Returns how many.
CREATE OR REPLACE FUNCTION directory.forget_keys(before timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  n bigint;
BEGIN
  DELETE FROM directory.api_key k WHERE k.expires_at < before OR k.revoked_at < before;
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END$$;
--;
DO $$
DECLARE
  t regclass;
BEGIN
  FOR t IN SELECT c.oid FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'jobs'::regnamespace LOOP
    EXECUTE format('ALTER TABLE %s OWNER TO throughline_owner', t);
  END LOOP;
END$$;
--;
ALTER FUNCTION es.steps OWNER TO throughline_owner;
--;
GRANT CREATE ON SCHEMA directory TO throughline_writer;
--;
ALTER FUNCTION directory.forget_keys OWNER TO throughline_writer;
--;
REVOKE CREATE ON SCHEMA directory FROM throughline_writer;
--;
GRANT DELETE ON directory.api_key TO throughline_writer;
--;
GRANT USAGE ON SCHEMA jobs, directory TO throughline_worker;
--;
GRANT SELECT, INSERT, UPDATE, DELETE ON jobs.job TO throughline_worker;
--;
GRANT SELECT, INSERT, UPDATE ON jobs.schedule TO throughline_worker;
--;
GRANT SELECT ON jobs.follower TO throughline_worker;
--;
GRANT INSERT, UPDATE ON es.checkpoint TO throughline_worker;
--;
GRANT SELECT (tenant_id, stream_id, version, position, type, recorded_at) ON es.event TO throughline_worker;
--;
REVOKE ALL ON FUNCTION es.steps, directory.forget_keys FROM PUBLIC;
--;
GRANT EXECUTE ON FUNCTION es.steps, es.position_at, directory.forget_keys TO throughline_worker;
