-- How often something was tried of late, for all processes together: keys that open nothing, and asking for a link to sign in.
-- No personal data: what is counted is named by hashes, those of networks with a salt that is thrown away every day.
CREATE TABLE IF NOT EXISTS directory.attempt (
  kind     text COLLATE "C" NOT NULL,
  key      bytea NOT NULL CHECK (length(key) = 32),
  level    double precision NOT NULL,                       -- how many are remembered, at that time
  at       timestamptz NOT NULL,                            -- of the last one that was let through
  until_at timestamptz NOT NULL,                            -- none is let through before
  PRIMARY KEY (kind, key)
);
--;
CREATE TABLE IF NOT EXISTS directory.salt (
  day  date PRIMARY KEY,
  salt bytea NOT NULL CHECK (length(salt) = 32)
);
--;
ALTER TABLE directory.attempt OWNER TO throughline_owner;
--;
ALTER TABLE directory.salt OWNER TO throughline_owner;
--;
GRANT SELECT, INSERT, UPDATE (level, at, until_at), DELETE ON directory.attempt TO throughline_writer;
--;
GRANT SELECT, INSERT, DELETE ON directory.salt TO throughline_writer;
--;
-- Lets a try through and counts it, or answers for how many seconds it has to wait. So many are free, and one of them is
-- forgotten every so many seconds; who goes on beyond them waits after each try twice as long as after the one before, from the
-- shortest wait to the longest. What was not let through is not counted: nobody keeps somebody else out by going on.
CREATE OR REPLACE FUNCTION directory.attempt(of_kind text, of_key bytea, free int, every double precision, shortest double precision,
                                             longest double precision) RETURNS double precision
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  was    directory.attempt;
  now_at timestamptz;
  above  double precision;
BEGIN
  INSERT INTO directory.attempt (kind, key, level, at, until_at) VALUES (of_kind, of_key, 0, clock_timestamp(), '-infinity')
  ON CONFLICT DO NOTHING;
  SELECT a.* INTO STRICT was FROM directory.attempt a WHERE a.kind = of_kind AND a.key = of_key FOR UPDATE;
  now_at := clock_timestamp();              -- after whoever was before has ended
  IF was.until_at > now_at THEN
    RETURN extract(epoch FROM was.until_at - now_at);
  END IF;
  was.level := greatest(0, was.level - extract(epoch FROM now_at - was.at) / every) + 1;
  above := ceil(was.level) - free;
  UPDATE directory.attempt a
     SET level = was.level, at = now_at,
         until_at = CASE WHEN above > 0 THEN now_at + make_interval(secs => least(longest, shortest * power(2, above - 1))) ELSE now_at END
   WHERE a.kind = of_kind AND a.key = of_key;
  RETURN 0;
END$$;
--;
-- The salt of a day: the one that was offered first.
CREATE OR REPLACE FUNCTION directory.salt_of(wanted date, offered bytea) RETURNS bytea
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO directory.salt (day, salt) VALUES (wanted, offered) ON CONFLICT DO NOTHING;
  RETURN (SELECT s.salt FROM directory.salt s WHERE s.day = wanted);
END$$;
--;
-- Forgets what nobody tried for a day, and the salts of days before yesterday. Returns how many tries.
CREATE OR REPLACE FUNCTION directory.forget_attempts() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  n bigint;
BEGIN
  DELETE FROM directory.salt s WHERE s.day < (clock_timestamp() AT TIME ZONE 'UTC')::date - 1;
  DELETE FROM directory.attempt a WHERE a.at < clock_timestamp() - interval '1 day' AND a.until_at < clock_timestamp();
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END$$;
--;
REVOKE ALL ON FUNCTION directory.attempt, directory.salt_of, directory.forget_attempts FROM PUBLIC;
--;
GRANT CREATE ON SCHEMA directory TO throughline_writer;
--;
ALTER FUNCTION directory.attempt OWNER TO throughline_writer;
--;
ALTER FUNCTION directory.salt_of OWNER TO throughline_writer;
--;
ALTER FUNCTION directory.forget_attempts OWNER TO throughline_writer;
--;
REVOKE CREATE ON SCHEMA directory FROM throughline_writer;
--;
GRANT EXECUTE ON FUNCTION directory.attempt, directory.salt_of TO throughline_app;
--;
GRANT EXECUTE ON FUNCTION directory.forget_attempts TO throughline_worker;
